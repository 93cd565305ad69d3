package dev.tournant.adapters.doordash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.model.Hours;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class OpenHoursTest {
    private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);

    private static Hours.Span span(DayOfWeek day, String from, String to) {
        return new Hours.Span(day, LocalTime.parse(from), LocalTime.parse(to));
    }

    @Test
    void splitsAtMidnightAndJoinsWhatMeets() {
        Hours told = OpenHours.all(List.of(Hours.weekly(
                span(DayOfWeek.FRIDAY, "18:00", "02:00"),
                span(DayOfWeek.SATURDAY, "01:30", "03:00"),
                span(DayOfWeek.SUNDAY, "00:00", "00:00"))));
        assertThat(told.week())
                .containsExactly(
                        span(DayOfWeek.FRIDAY, "18:00", "23:59"),
                        span(DayOfWeek.SATURDAY, "00:00", "03:00"),
                        span(DayOfWeek.SUNDAY, "00:00", "23:59"));
    }

    @Test
    void makesASpecialDayOfTheNextOneOnWhichTheNightIsMissing() {
        Hours told = OpenHours.all(List.of(new Hours(
                null,
                List.of(span(DayOfWeek.MONDAY, "18:00", "02:00"), span(DayOfWeek.TUESDAY, "12:00", "14:00")),
                List.of(
                        new Hours.SpecialDay(MONDAY, List.of()),
                        new Hours.SpecialDay(MONDAY.plusDays(3), List.of())))));
        assertThat(told.special())
                .as("the Tuesday without the night; nothing is new about a closed Thursday")
                .containsExactly(
                        new Hours.SpecialDay(MONDAY, List.of()),
                        new Hours.SpecialDay(
                                MONDAY.plusDays(1),
                                List.of(new Hours.Times(LocalTime.of(12, 0), LocalTime.of(14, 0)))));
    }

    @Provide
    Arbitrary<Hours> hours() {
        Arbitrary<LocalTime> time = Arbitraries.of(0, 1, 60, 719, 720, 1380, 1438, 1439)
                .map(minute -> LocalTime.ofSecondOfDay(minute * 60L));
        Arbitrary<Hours.Times> times = Combinators.combine(time, time).as(Hours.Times::new);
        Arbitrary<Hours.Span> span = Combinators.combine(Arbitraries.of(DayOfWeek.class), times)
                .as((day, each) -> new Hours.Span(day, each.from(), each.to()));
        Arbitrary<Hours.SpecialDay> special = Combinators.combine(
                        Arbitraries.integers().between(0, 6), times.list().ofMaxSize(2))
                .as((day, open) -> new Hours.SpecialDay(MONDAY.plusDays(day), open));
        return Combinators.combine(span.list().ofMaxSize(8), special.list().ofMaxSize(3))
                .as((week, days) -> {
                    Map<LocalDate, Hours.SpecialDay> once = new HashMap<>();
                    days.forEach(each -> once.put(each.date(), each));
                    return new Hours(null, week, new ArrayList<>(once.values()));
                });
    }

    /** The last minute of a day cannot be told. */
    @Property(tries = 300)
    void isOpenJustWhenAllAre(@ForAll("hours") Hours one, @ForAll("hours") Hours other) {
        Hours told = OpenHours.all(List.of(one, other));
        for (int day = -7; day < 14; day++) {
            for (int minute : new int[] {0, 1, 59, 60, 61, 718, 719, 720, 721, 1379, 1380, 1437, 1438}) {
                var at = MONDAY.plusDays(day).atTime(minute / 60, minute % 60).toInstant(ZoneOffset.UTC);
                boolean open = one.isOpen(at, ZoneOffset.UTC) && other.isOpen(at, ZoneOffset.UTC);
                assertThat(told.isOpen(at, ZoneOffset.UTC)).as("%s", at).isEqualTo(open);
            }
        }
        told.week().forEach(span -> assertThat(span.from()).isBefore(span.to()));
        assertThat(OpenHours.all(List.of(told))).as("it is told as it was told").isEqualTo(told);
    }
}
