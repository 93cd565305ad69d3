package dev.tournant.model;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When something is open, by the wall clock on its own wall. A span that ends at or before its start runs past
 * midnight into the next day; {@code 00:00-00:00} is the whole day. A special day replaces the week's spans that
 * <em>start</em> on that date; with no spans it is closed. The order in which spans and days are given says nothing:
 * they are kept in order of the calendar.
 *
 * @param zone the wall clock's zone; null where the store's zone counts
 * @param week at most {@value #SPANS_MAX} spans
 * @param special at most {@value #SPECIAL_DAYS_MAX} days, each date once
 */
public record Hours(@Nullable ZoneId zone, List<Span> week, List<SpecialDay> special) {
    public static final int SPANS_MAX = 70;
    public static final int SPECIAL_DAYS_MAX = 400;

    /**
     * JSON: {@code {"zone": "America/New_York", "week": [{"day": "friday", "from": "18:00", "to": "02:00"}],
     * "special": [{"date": "2026-12-25", "open": []}]}}.
     */
    public static final Codec<Hours> CODEC = Codec.of(Hours::read, Hours::write);

    public Hours {
        week = week.stream()
                .sorted(Comparator.comparing(Span::day)
                        .thenComparing(Span::from)
                        .thenComparing(Span::to))
                .toList();
        special =
                special.stream().sorted(Comparator.comparing(SpecialDay::date)).toList();
        if (week.size() > SPANS_MAX || special.size() > SPECIAL_DAYS_MAX) {
            throw new InvalidValue(
                    "has too many spans; at most " + SPANS_MAX + " a week and " + SPECIAL_DAYS_MAX + " special days");
        }
        if (special.stream().map(SpecialDay::date).distinct().count() != special.size()) {
            throw new InvalidValue("a date stands there twice; give each date once").under("special");
        }
    }

    public static Hours weekly(Span... spans) {
        return new Hours(null, List.of(spans), List.of());
    }

    /** One opening in the week: {@code from} inclusive, {@code to} exclusive. */
    public record Span(DayOfWeek day, LocalTime from, LocalTime to) {}

    /** What happens on one date instead of its week day. */
    public record SpecialDay(LocalDate date, List<Times> open) {
        public SpecialDay {
            open = List.copyOf(open);
            if (open.size() > 10) {
                throw new InvalidValue("has " + open.size() + " spans; send at most 10 a day").under("open");
            }
        }
    }

    /** A span of one day. */
    public record Times(LocalTime from, LocalTime to) {
        boolean pastMidnight() {
            return !to.isAfter(from);
        }
    }

    /** Whether the wall clock is inside a span at this instant; {@code storeZone} counts where no own zone is set. */
    public boolean isOpen(Instant instant, ZoneId storeZone) {
        return isOpen(LocalDateTime.ofInstant(instant, zone == null ? storeZone : zone));
    }

    boolean isOpen(LocalDateTime wall) {
        LocalTime time = wall.toLocalTime();
        for (Times span : startingOn(wall.toLocalDate())) {
            if (!time.isBefore(span.from()) && (span.pastMidnight() || time.isBefore(span.to()))) {
                return true;
            }
        }
        for (Times span : startingOn(wall.toLocalDate().minusDays(1))) {
            if (span.pastMidnight() && time.isBefore(span.to())) {
                return true;
            }
        }
        return false;
    }

    private List<Times> startingOn(LocalDate date) {
        Optional<SpecialDay> instead =
                special.stream().filter(day -> day.date().equals(date)).findFirst();
        return instead.map(SpecialDay::open)
                .orElseGet(() -> week.stream()
                        .filter(span -> span.day() == date.getDayOfWeek())
                        .map(span -> new Times(span.from(), span.to()))
                        .toList());
    }

    private static final Codec<Span> SPAN = Codec.of(
            json -> {
                Members in = Members.of(json, "day", "from", "to");
                return new Span(
                        in.need("day", Codecs.oneOf(DayOfWeek.class)),
                        in.need("from", Codecs.TIME),
                        in.need("to", Codecs.TIME));
            },
            span -> Members.out()
                    .put("day", Codecs.oneOf(DayOfWeek.class), span.day())
                    .put("from", Codecs.TIME, span.from())
                    .put("to", Codecs.TIME, span.to())
                    .map());

    private static final Codec<Times> TIMES = Codec.of(
            json -> {
                Members in = Members.of(json, "from", "to");
                return new Times(in.need("from", Codecs.TIME), in.need("to", Codecs.TIME));
            },
            times -> Members.out()
                    .put("from", Codecs.TIME, times.from())
                    .put("to", Codecs.TIME, times.to())
                    .map());

    private static final Codec<SpecialDay> SPECIAL_DAY = Codec.of(
            json -> {
                Members in = Members.of(json, "date", "open");
                return new SpecialDay(in.need("date", Codecs.DATE), in.need("open", Codecs.list(TIMES, 10)));
            },
            day -> Members.out()
                    .put("date", Codecs.DATE, day.date())
                    .put("open", Codecs.list(TIMES, 10), day.open())
                    .map());

    private static Hours read(Object json) {
        Members in = Members.of(json, "zone", "week", "special");
        return new Hours(
                in.get("zone", Codecs.ZONE),
                in.get("week", Codecs.list(SPAN, SPANS_MAX), List.of()),
                in.get("special", Codecs.list(SPECIAL_DAY, SPECIAL_DAYS_MAX), List.of()));
    }

    private static Object write(Hours hours) {
        return Members.out()
                .put("zone", Codecs.ZONE, hours.zone)
                .put("week", Codecs.list(SPAN, SPANS_MAX), hours.week)
                .put("special", Codecs.list(SPECIAL_DAY, SPECIAL_DAYS_MAX), hours.special, List.of())
                .map();
    }
}
