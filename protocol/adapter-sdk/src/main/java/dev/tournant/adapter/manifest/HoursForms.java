package dev.tournant.adapter.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.lens.Lens;
import dev.tournant.adapter.lens.Lenses;
import dev.tournant.adapter.lens.Schedules;
import dev.tournant.adapter.lens.Times;
import dev.tournant.model.Codecs;
import dev.tournant.model.Hours;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the form {@code hours}: a list of spans with a day each, or of groups of days with spans; and special days where
 * the partner has them.
 */
final class HoursForms {
    private static final Lens<LocalDate> DATE = Lenses.text(Codecs.DATE::read, LocalDate::toString);

    /** Where the partner has no special days: none are seen, and none can be told. */
    private static final Lens<List<Hours.SpecialDay>> NO_SPECIAL_DAYS = new Lens<>() {
        @Override
        public @Nullable List<Hours.SpecialDay> get(JsonNode node) {
            return null;
        }

        @Override
        public JsonNode put(JsonNode node, @Nullable List<Hours.SpecialDay> days) {
            if (days != null && !days.isEmpty()) {
                throw new dev.tournant.model.InvalidValue("special days cannot be told to this partner");
            }
            return node;
        }
    };

    private HoursForms() {}

    static Lens<Hours> read(Yaml form) {
        form.only("week", "special");
        return Schedules.hours(
                week(form.need("week")),
                form.get("special").map(HoursForms::special).orElse(NO_SPECIAL_DAYS));
    }

    private static Lens<List<Hours.Span>> week(Yaml part) {
        part.only("path", "day", "days", "named", "ranges", "from", "to", "clock");
        Lens<DayOfWeek> day = day(part.need("named"));
        return part.get("days")
                .map(days -> at(
                        part,
                        Schedules.dayGroups(
                                days.text(), day, part.need("ranges").text(), times(part))))
                .orElseGet(() -> at(
                        part,
                        Schedules.week(Schedules.span(
                                Lenses.at(day, names(part.need("day"))), time(part, "from"), time(part, "to")))));
    }

    private static Lens<List<Hours.SpecialDay>> special(Yaml part) {
        part.only("path", "date", "closed", "from", "to", "clock");
        Lens<Boolean> closed = Lenses.at(Lenses.orElse(Lenses.BOOL, false), names(part.need("closed")));
        return at(part, Schedules.specialDays(Lenses.at(DATE, names(part.need("date"))), closed, times(part)));
    }

    /** The part's path; without one, the value is there already. */
    private static <T> Lens<T> at(Yaml part, Lens<T> lens) {
        return part.get("path").map(path -> Lenses.at(lens, names(path))).orElse(lens);
    }

    private static String[] names(Yaml path) {
        return Forms.names(path);
    }

    private static Lens<Hours.Times> times(Yaml part) {
        return Schedules.times(time(part, "from"), time(part, "to"));
    }

    private static Lens<LocalTime> time(Yaml part, String name) {
        boolean seconds = part.get("clock")
                .map(clock -> clock.oneOf(Map.of("seconds", true, "minutes", false)))
                .orElse(false);
        return Lenses.at(Times.clock(seconds), names(part.need(name)));
    }

    /** {@code {letters: 3}}, {@code {monday: 1}} or seven names from Monday on. */
    private static Lens<DayOfWeek> day(Yaml form) {
        if (form.isList()) {
            List<String> names = form.texts();
            if (names.size() != DayOfWeek.values().length) {
                throw form.wrong("must be seven names, from Monday to Sunday");
            }
            Map<String, DayOfWeek> days = new LinkedHashMap<>();
            for (DayOfWeek day : DayOfWeek.values()) {
                days.put(names.get(day.getValue() - 1), day);
            }
            return Lenses.words(days);
        }
        form.only("letters", "monday");
        return form.get("letters")
                .map(letters -> Schedules.dayName(letters.whole(2, 9)))
                .orElseGet(() -> Schedules.dayNumber(form.need("monday").whole(0, 2)));
    }
}
