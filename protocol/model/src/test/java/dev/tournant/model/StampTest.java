package dev.tournant.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StampTest {
    @Property(tries = 200)
    void countsUpWhateverTheWallClockDoes(@ForAll("walls") List<Instant> walls) {
        Stamp last = Stamp.ZERO;
        for (Instant wall : walls) {
            Stamp next = last.next(wall);
            assertThat(next).isGreaterThan(last);
            assertThat(next.instant()).isAfterOrEqualTo(wall.truncatedTo(java.time.temporal.ChronoUnit.MILLIS));
            last = next;
        }
    }

    @Property(tries = 200)
    void readsItsOwnText(@ForAll("stamps") Stamp stamp) {
        assertThat(Stamp.parse(stamp.toString())).isEqualTo(stamp);
    }

    @Property(tries = 200)
    void ordersByTimeAndThenByCount(@ForAll("stamps") Stamp a, @ForAll("stamps") Stamp b) {
        int byTime = Long.compare(a.epochMillis(), b.epochMillis());
        int expected = byTime != 0 ? byTime : Integer.compare(a.counter(), b.counter());
        assertThat(Integer.signum(a.compareTo(b))).isEqualTo(Integer.signum(expected));
    }

    @Example
    void goesOnAfterTheGreatestCount() {
        Stamp full = new Stamp(7, Integer.MAX_VALUE);
        assertThat(full.next(Instant.EPOCH)).isEqualTo(new Stamp(8, 0)).isGreaterThan(full);
    }

    @Example
    void refusesWhatIsNoTimeOfOurCalendar() {
        for (String text : List.of(
                "",
                "/",
                "now/0",
                "2026-01-31T12:00:00Z/-1",
                "2026-01-31T12:00:00Z/x",
                "1969-12-31T23:59:59Z/0",
                "+1000000000-12-31T23:59:59Z",
                "+1000000000-12-31T23:59:59Z/0",
                "-1000000000-01-01T00:00:00Z",
                "+10000-01-01T00:00:00Z/0")) {
            assertThatThrownBy(() -> Stamp.parse(text)).as(text).isInstanceOf(InvalidValue.class);
        }
        assertThatThrownBy(() -> Stamp.at(Instant.MAX)).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> Stamp.at(Instant.MIN)).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> Stamp.ZERO.next(Instant.MAX)).isInstanceOf(InvalidValue.class);
    }

    @Example
    void readsAPlainInstantAndTakesTimesBefore1970For1970() {
        assertThat(Stamp.parse("2026-01-31T12:00:00.1239Z")).isEqualTo(new Stamp(1_769_860_800_123L, 0));
        assertThat(Stamp.at(Instant.parse("1950-01-01T00:00:00Z"))).isEqualTo(Stamp.ZERO);
    }

    @Provide
    Arbitrary<Stamp> stamps() {
        return GeneratedRecords.stamp();
    }

    @Provide
    Arbitrary<List<Instant>> walls() {
        return Arbitraries.longs()
                .between(-5, 20)
                .map(Instant::ofEpochMilli)
                .list()
                .ofMaxSize(30);
    }
}
