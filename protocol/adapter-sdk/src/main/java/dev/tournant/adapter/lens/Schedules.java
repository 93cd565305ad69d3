package dev.tournant.adapter.lens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.tournant.model.Hours;
import dev.tournant.model.InvalidValue;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Opening hours in the forms that partners give them. Two lists that say the same hours in another order are one value,
 * and a document that says it already is left as it is.
 */
public final class Schedules {
    private Schedules() {}

    /** Names of days, by how many letters of the English name the partner writes: 3 is MON. */
    public static Lens<DayOfWeek> dayName(int letters) {
        Map<String, DayOfWeek> days = new LinkedHashMap<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            days.put(day.name().substring(0, Math.min(letters, day.name().length())), day);
        }
        return Lenses.words(days);
    }

    /** Numbers of days; {@code monday} is the number of Monday, and the last number before wrapping is Sunday's. */
    public static Lens<DayOfWeek> dayNumber(int monday) {
        return Lenses.map(
                Lenses.LONG,
                number -> {
                    if (number < Math.min(monday, 0) || number > 7) {
                        throw new InvalidValue("must be the number of a day, not " + number);
                    }
                    return DayOfWeek.MONDAY.plus(number - monday);
                },
                day -> (long) monday + day.getValue() - 1);
    }

    /** A span of a week as one object. */
    public static Lens<Hours.Span> span(Lens<DayOfWeek> day, Lens<LocalTime> from, Lens<LocalTime> to) {
        return new Lens<>() {
            @Override
            public Hours.@Nullable Span get(JsonNode node) {
                return Lenses.isAbsent(node)
                        ? null
                        : new Hours.Span(need(day, node, "day"), need(from, node, "start"), need(to, node, "end"));
            }

            @Override
            public JsonNode put(JsonNode node, Hours.@Nullable Span span) {
                return span == null
                        ? Lenses.MISSING
                        : to.put(from.put(day.put(node, span.day()), span.from()), span.to());
            }
        };
    }

    /** A span of one day as one object. */
    public static Lens<Hours.Times> times(Lens<LocalTime> from, Lens<LocalTime> to) {
        return new Lens<>() {
            @Override
            public Hours.@Nullable Times get(JsonNode node) {
                return Lenses.isAbsent(node) ? null : new Hours.Times(need(from, node, "start"), need(to, node, "end"));
            }

            @Override
            public JsonNode put(JsonNode node, Hours.@Nullable Times times) {
                return times == null ? Lenses.MISSING : to.put(from.put(node, times.from()), times.to());
            }
        };
    }

    /** A list of spans, each with its day: Square's periods, DoorDash's open hours. */
    public static Lens<List<Hours.Span>> week(Lens<Hours.Span> span) {
        return unordered(Lists.each(span));
    }

    /**
     * A list of objects that hold several days and the spans of each of them: {@code [{days: [MON, TUE], ranges:
     * [{start, end}]}]}. Days with the same spans are written as one object.
     */
    public static Lens<List<Hours.Span>> dayGroups(
            String days, Lens<DayOfWeek> day, String ranges, Lens<Hours.Times> range) {
        Lens<List<DayOfWeek>> daysLens = Lenses.at(Lists.each(day), days);
        Lens<List<Hours.Times>> rangesLens = Lenses.at(Lists.each(range), ranges);
        return unordered(new Lens<>() {
            @Override
            public @Nullable List<Hours.Span> get(JsonNode node) {
                if (Lenses.isAbsent(node)) {
                    return null;
                }
                ArrayNode groups = node instanceof ArrayNode array ? array : Lenses.fail("must be a list", node);
                List<Hours.Span> spans = new ArrayList<>();
                for (int i = 0; i < groups.size(); i++) {
                    try {
                        spans.addAll(group(groups.get(i)));
                    } catch (InvalidValue e) {
                        throw e.under("[" + i + "]");
                    }
                }
                return spans;
            }

            private List<Hours.Span> group(JsonNode group) {
                List<Hours.Span> spans = new ArrayList<>();
                for (DayOfWeek each : need(daysLens, group, days)) {
                    for (Hours.Times times : need(rangesLens, group, ranges)) {
                        spans.add(new Hours.Span(each, times.from(), times.to()));
                    }
                }
                return spans;
            }

            @Override
            public JsonNode put(JsonNode node, @Nullable List<Hours.Span> spans) {
                if (spans == null) {
                    return Lenses.isAbsent(node) ? node : Lenses.MISSING;
                }
                Map<List<Hours.Times>, List<DayOfWeek>> groups = new LinkedHashMap<>();
                byDay(spans)
                        .forEach((each, times) -> groups.computeIfAbsent(times, key -> new ArrayList<>())
                                .add(each));
                ArrayNode array = Lenses.JSON.arrayNode();
                groups.forEach((times, each) -> array.add(rangesLens.put(daysLens.put(Lenses.MISSING, each), times)));
                return array;
            }
        });
    }

    private static Map<DayOfWeek, List<Hours.Times>> byDay(List<Hours.Span> spans) {
        Map<DayOfWeek, List<Hours.Times>> byDay = new TreeMap<>();
        for (Hours.Span span : spans) {
            byDay.computeIfAbsent(span.day(), day -> new ArrayList<>()).add(new Hours.Times(span.from(), span.to()));
        }
        return byDay;
    }

    /**
     * A list of objects with a date, and a span or a mark that the day is closed: {@code [{date, closed: true}, {date,
     * start, end}]}. Several spans of one date are several objects.
     */
    public static Lens<List<Hours.SpecialDay>> specialDays(
            Lens<LocalDate> date, Lens<Boolean> closed, Lens<Hours.Times> times) {
        return new Lens<>() {
            @Override
            public @Nullable List<Hours.SpecialDay> get(JsonNode node) {
                if (Lenses.isAbsent(node)) {
                    return null;
                }
                ArrayNode days = node instanceof ArrayNode array ? array : Lenses.fail("must be a list", node);
                Map<LocalDate, List<Hours.Times>> byDate = new TreeMap<>();
                for (int i = 0; i < days.size(); i++) {
                    try {
                        JsonNode day = days.get(i);
                        List<Hours.Times> open =
                                byDate.computeIfAbsent(need(date, day, "date"), key -> new ArrayList<>());
                        if (!Boolean.TRUE.equals(closed.get(day))) {
                            open.add(need(times, day, "start"));
                        }
                    } catch (InvalidValue e) {
                        throw e.under("[" + i + "]");
                    }
                }
                List<Hours.SpecialDay> all = new ArrayList<>();
                byDate.forEach((each, open) -> all.add(new Hours.SpecialDay(each, open)));
                return all;
            }

            @Override
            public JsonNode put(JsonNode node, @Nullable List<Hours.SpecialDay> days) {
                if (days == null) {
                    return Lenses.isAbsent(node) ? node : Lenses.MISSING;
                }
                if (!Lenses.isAbsent(node) && Objects.equals(get(node), days)) {
                    return node;
                }
                ArrayNode array = Lenses.JSON.arrayNode();
                for (Hours.SpecialDay day : days) {
                    JsonNode dated = date.put(Lenses.MISSING, day.date());
                    if (day.open().isEmpty()) {
                        array.add(closed.put(dated, true));
                    }
                    for (Hours.Times open : day.open()) {
                        array.add(times.put(closed.put(dated, false), open));
                    }
                }
                return array;
            }
        };
    }

    /** Hours of a document that says the week in one place and special days in another. */
    public static Lens<Hours> hours(Lens<List<Hours.Span>> week, Lens<List<Hours.SpecialDay>> special) {
        return new Lens<>() {
            @Override
            public @Nullable Hours get(JsonNode node) {
                List<Hours.Span> spans = week.get(node);
                List<Hours.SpecialDay> days = special.get(node);
                return spans == null && days == null
                        ? null
                        : new Hours(null, spans == null ? List.of() : spans, days == null ? List.of() : days);
            }

            @Override
            public JsonNode put(JsonNode node, @Nullable Hours hours) {
                if (Objects.equals(get(node), hours)) {
                    return node;
                }
                if (hours == null) {
                    return special.put(week.put(node, null), null);
                }
                if (hours.zone() != null) {
                    throw new InvalidValue("hours of a zone of their own cannot be told to this partner");
                }
                JsonNode with = week.put(node, hours.week());
                boolean silent = hours.special().isEmpty() && special.get(node) == null;
                return silent ? with : special.put(with, hours.special());
            }
        };
    }

    /** Reads spans in the order of the week. */
    private static Lens<List<Hours.Span>> unordered(Lens<List<Hours.Span>> inner) {
        return Lenses.map(inner, spans -> new Hours(null, spans, List.of()).week(), spans -> spans);
    }

    static <T> T need(Lens<T> lens, JsonNode node, String name) {
        T value = lens.get(node);
        if (value == null) {
            throw new InvalidValue("is missing").under(name);
        }
        return value;
    }
}
