package dev.tournant.model;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SATURDAY;
import static java.time.DayOfWeek.SUNDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class HoursTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final Hours FRIDAY_NIGHT =
            Hours.weekly(new Hours.Span(FRIDAY, LocalTime.of(18, 0), LocalTime.of(2, 0)));

    @Example
    void opensAtTheStartAndIsClosedAtTheEnd() {
        Hours lunch = Hours.weekly(new Hours.Span(MONDAY, LocalTime.of(11, 30), LocalTime.of(14, 0)));
        assertThat(lunch.isOpen(LocalDateTime.parse("2026-11-23T11:29:59.999"))).isFalse();
        assertThat(lunch.isOpen(LocalDateTime.parse("2026-11-23T11:30"))).isTrue();
        assertThat(lunch.isOpen(LocalDateTime.parse("2026-11-23T13:59:59.999"))).isTrue();
        assertThat(lunch.isOpen(LocalDateTime.parse("2026-11-23T14:00"))).isFalse();
        assertThat(lunch.isOpen(LocalDateTime.parse("2026-11-24T12:00"))).isFalse();
    }

    @Example
    void runsPastMidnightIntoTheNextDay() {
        assertThat(FRIDAY_NIGHT.isOpen(LocalDateTime.parse("2026-11-27T17:59"))).isFalse();
        assertThat(FRIDAY_NIGHT.isOpen(LocalDateTime.parse("2026-11-27T23:59"))).isTrue();
        assertThat(FRIDAY_NIGHT.isOpen(LocalDateTime.parse("2026-11-28T00:00"))).isTrue();
        assertThat(FRIDAY_NIGHT.isOpen(LocalDateTime.parse("2026-11-28T01:59"))).isTrue();
        assertThat(FRIDAY_NIGHT.isOpen(LocalDateTime.parse("2026-11-28T02:00"))).isFalse();
        assertThat(FRIDAY_NIGHT.isOpen(LocalDateTime.parse("2026-11-27T01:00"))).isFalse();
    }

    @Example
    void readsMidnightToMidnightAsTheWholeDayAndNoMore() {
        Hours sunday = Hours.weekly(new Hours.Span(SUNDAY, LocalTime.MIDNIGHT, LocalTime.MIDNIGHT));
        assertThat(sunday.isOpen(LocalDateTime.parse("2026-11-28T23:59:59.999999999")))
                .isFalse();
        assertThat(sunday.isOpen(LocalDateTime.parse("2026-11-29T00:00"))).isTrue();
        assertThat(sunday.isOpen(LocalDateTime.parse("2026-11-29T23:59:59.999999999")))
                .isTrue();
        assertThat(sunday.isOpen(LocalDateTime.parse("2026-11-30T00:00"))).isFalse();
    }

    @Example
    void replacesTheWeekOnASpecialDay() {
        Hours hours = new Hours(
                null,
                List.of(new Hours.Span(FRIDAY, LocalTime.of(9, 0), LocalTime.of(17, 0))),
                List.of(
                        new Hours.SpecialDay(LocalDate.parse("2026-12-25"), List.of()),
                        new Hours.SpecialDay(
                                LocalDate.parse("2026-11-27"),
                                List.of(new Hours.Times(LocalTime.of(20, 0), LocalTime.of(1, 0))))));
        assertThat(hours.isOpen(LocalDateTime.parse("2026-12-25T12:00"))).isFalse();
        assertThat(hours.isOpen(LocalDateTime.parse("2026-12-18T12:00"))).isTrue();
        assertThat(hours.isOpen(LocalDateTime.parse("2026-11-27T12:00"))).isFalse();
        assertThat(hours.isOpen(LocalDateTime.parse("2026-11-27T21:00"))).isTrue();
        assertThat(hours.isOpen(LocalDateTime.parse("2026-11-28T00:30"))).isTrue();
    }

    @Example
    void letsTheSpanOfTheDayBeforeReachIntoASpecialDayThatIsClosed() {
        Hours closedSaturday = new Hours(
                null, FRIDAY_NIGHT.week(), List.of(new Hours.SpecialDay(LocalDate.parse("2026-11-28"), List.of())));
        assertThat(closedSaturday.isOpen(LocalDateTime.parse("2026-11-28T01:00")))
                .isTrue();
        assertThat(closedSaturday.isOpen(LocalDateTime.parse("2026-11-28T03:00")))
                .isFalse();
    }

    @Example
    void followsTheWallClockWhenItIsPutForward() {
        // On 2026-03-08 the clock of New York jumps from 02:00 to 03:00: a span inside the gap never comes.
        Hours inTheGap = Hours.weekly(new Hours.Span(SUNDAY, LocalTime.of(2, 15), LocalTime.of(2, 45)));
        assertThat(everyMinuteOf("2026-03-08")
                        .filter(at -> inTheGap.isOpen(at, NEW_YORK))
                        .count())
                .isZero();
        Hours acrossTheGap = Hours.weekly(new Hours.Span(SUNDAY, LocalTime.of(1, 30), LocalTime.of(3, 30)));
        assertThat(everyMinuteOf("2026-03-08")
                        .filter(at -> acrossTheGap.isOpen(at, NEW_YORK))
                        .count())
                .isEqualTo(60);
    }

    @Example
    void followsTheWallClockWhenItIsPutBack() {
        // On 2026-11-01 the hour from 01:00 comes twice.
        Hours twice = Hours.weekly(new Hours.Span(SUNDAY, LocalTime.of(1, 0), LocalTime.of(2, 0)));
        assertThat(everyMinuteOf("2026-11-01")
                        .filter(at -> twice.isOpen(at, NEW_YORK))
                        .count())
                .isEqualTo(120);
        Hours saturdayNight = Hours.weekly(new Hours.Span(SATURDAY, LocalTime.of(22, 0), LocalTime.of(1, 30)));
        assertThat(saturdayNight.isOpen(Instant.parse("2026-11-01T05:10:00Z"), NEW_YORK))
                .isTrue();
        assertThat(saturdayNight.isOpen(Instant.parse("2026-11-01T06:10:00Z"), NEW_YORK))
                .isTrue();
        assertThat(saturdayNight.isOpen(Instant.parse("2026-11-01T06:40:00Z"), NEW_YORK))
                .isFalse();
    }

    private static Stream<Instant> everyMinuteOf(String date) {
        Instant from = LocalDate.parse(date).atStartOfDay(NEW_YORK).toInstant();
        Instant to = LocalDate.parse(date).plusDays(1).atStartOfDay(NEW_YORK).toInstant();
        return Stream.iterate(from, at -> at.isBefore(to), at -> at.plusSeconds(60));
    }

    @Example
    void prefersItsOwnZoneToTheStores() {
        Hours berlin = new Hours(
                ZoneId.of("Europe/Berlin"),
                List.of(new Hours.Span(MONDAY, LocalTime.of(9, 0), LocalTime.of(10, 0))),
                List.of());
        assertThat(berlin.isOpen(Instant.parse("2026-11-23T08:30:00Z"), NEW_YORK))
                .isTrue();
    }

    @Property(tries = 200)
    void isOpenEveryMinuteOfAWeekThatIsOpenDayByDay(@ForAll("walls") LocalDateTime wall) {
        Hours always = Hours.weekly(Stream.of(java.time.DayOfWeek.values())
                .map(day -> new Hours.Span(day, LocalTime.MIDNIGHT, LocalTime.MIDNIGHT))
                .toArray(Hours.Span[]::new));
        assertThat(always.isOpen(wall)).isTrue();
        assertThat(Hours.weekly().isOpen(wall)).isFalse();
    }

    @Example
    void refusesADateTwiceAndTooManySpans() {
        Hours.SpecialDay day = new Hours.SpecialDay(LocalDate.EPOCH, List.of());
        assertThatThrownBy(() -> new Hours(null, List.of(), List.of(day, day)))
                .hasMessage("special: a date stands there twice; give each date once");
        List<Hours.Span> spans =
                java.util.Collections.nCopies(71, new Hours.Span(MONDAY, LocalTime.MIDNIGHT, LocalTime.NOON));
        assertThatThrownBy(() -> new Hours(null, spans, List.of())).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> Store.HOURS.read(
                        Map.of("week", List.of(Map.of("day", "funday", "from", "09:00", "to", "17:00")))))
                .hasMessageStartingWith("hours.week[0].day: \"funday\" is unknown; use one of monday, tuesday");
        assertThatThrownBy(() -> Store.HOURS.read(
                        Map.of("week", List.of(Map.of("day", "monday", "from", "24:00", "to", "17:00")))))
                .hasMessage("hours.week[0].from: \"24:00\" is not a wall-clock time such as 09:30");
    }

    @Provide
    Arbitrary<LocalDateTime> walls() {
        return Arbitraries.longs()
                .between(0, 4_000_000_000L)
                .map(s -> LocalDateTime.ofEpochSecond(s, 0, java.time.ZoneOffset.UTC));
    }
}
