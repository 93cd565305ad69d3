package dev.tournant.adapters.doordash;

import dev.tournant.model.Hours;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Hours as DoorDash takes them: by calendar day, to the minute, no span past midnight and none that overlaps another. What
 * runs past midnight is told of both days; so a special day may make one of the day after it, on which it would have run
 * on.
 */
final class OpenHours {
    /** Midnight at the end of a day has no name there, so its last minute cannot be told. */
    private static final int DAY_MINUTES = 24 * 60 - 1;

    /** What is said beyond is a mistake. */
    private static final int YEAR_MAX = 9998;

    private OpenHours() {}

    /** When all of them are open; zones are not looked at. {@code InvalidValue} where that makes too many spans. */
    static Hours all(List<Hours> hours) {
        List<Hours.Span> week = new ArrayList<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            for (Hours.Times each : spans(week(hours, day))) {
                week.add(new Hours.Span(day, each.from(), each.to()));
            }
        }
        List<Hours.SpecialDay> special = new ArrayList<>();
        for (LocalDate date : dates(hours)) {
            BitSet minutes = date(hours, date);
            if (!minutes.equals(week(hours, date.getDayOfWeek()))) {
                special.add(new Hours.SpecialDay(date, spans(minutes)));
            }
        }
        return new Hours(null, week, special);
    }

    private static Set<LocalDate> dates(List<Hours> hours) {
        Set<LocalDate> dates = new TreeSet<>();
        for (Hours each : hours) {
            for (Hours.SpecialDay day : each.special()) {
                if (day.date().getYear() >= 1 && day.date().getYear() <= YEAR_MAX) {
                    dates.add(day.date());
                    dates.add(day.date().plusDays(1));
                }
            }
        }
        return dates;
    }

    private static BitSet week(List<Hours> hours, DayOfWeek day) {
        BitSet all = wholeDay();
        hours.forEach(each -> all.and(minutes(starting(each, day.minus(1)), starting(each, day))));
        return all;
    }

    private static BitSet date(List<Hours> hours, LocalDate date) {
        BitSet all = wholeDay();
        hours.forEach(each -> all.and(minutes(starting(each, date.minusDays(1)), starting(each, date))));
        return all;
    }

    private static BitSet wholeDay() {
        BitSet minutes = new BitSet(DAY_MINUTES);
        minutes.set(0, DAY_MINUTES);
        return minutes;
    }

    private static List<Hours.Times> starting(Hours hours, DayOfWeek day) {
        return hours.week().stream()
                .filter(span -> span.day() == day)
                .map(span -> new Hours.Times(span.from(), span.to()))
                .toList();
    }

    private static List<Hours.Times> starting(Hours hours, LocalDate date) {
        return hours.special().stream()
                .filter(day -> day.date().equals(date))
                .findFirst()
                .map(Hours.SpecialDay::open)
                .orElseGet(() -> starting(hours, date.getDayOfWeek()));
    }

    /** The minutes of a day in which something is open that starts on it or started the day before. */
    private static BitSet minutes(List<Hours.Times> dayBefore, List<Hours.Times> day) {
        BitSet minutes = new BitSet(DAY_MINUTES);
        for (Hours.Times each : dayBefore) {
            if (runsOn(each)) {
                minutes.set(0, minute(each.to()));
            }
        }
        for (Hours.Times each : day) {
            int to = runsOn(each) ? DAY_MINUTES : minute(each.to());
            minutes.set(minute(each.from()), to);
        }
        return minutes;
    }

    private static boolean runsOn(Hours.Times times) {
        return !times.to().isAfter(times.from());
    }

    private static int minute(LocalTime time) {
        return time.getHour() * 60 + time.getMinute();
    }

    private static List<Hours.Times> spans(BitSet minutes) {
        List<Hours.Times> spans = new ArrayList<>();
        int from = minutes.nextSetBit(0);
        while (from >= 0) {
            int to = minutes.nextClearBit(from);
            LocalTime start = LocalTime.ofSecondOfDay(from * 60L);
            spans.add(new Hours.Times(start, LocalTime.ofSecondOfDay(to * 60L)));
            from = minutes.nextSetBit(to);
        }
        return spans;
    }
}
