package dev.tournant.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The JDK's own parser and printer are the judges. */
class InstantsTest {
    @Provide
    static Arbitrary<Instant> instants() {
        Arbitrary<Long> seconds =
                Arbitraries.longs().between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond());
        Arbitrary<Long> ours = Arbitraries.longs().between(-70_000_000_000L, 260_000_000_000L);
        Arbitrary<Integer> nanos = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 999_999_999),
                Arbitraries.integers().between(0, 999_999).map(micros -> micros * 1_000),
                Arbitraries.integers().between(0, 999).map(millis -> millis * 1_000_000));
        return Combinators.combine(Arbitraries.oneOf(seconds, ours), nanos).as(Instant::ofEpochSecond);
    }

    @Property
    void printsAsTheJdkDoes(@ForAll("instants") Instant instant) {
        assertThat(Instants.print(instant)).isEqualTo(instant.toString());
    }

    @Property
    void readsWhatItPrinted(@ForAll("instants") Instant instant) {
        assertThat(Instants.parse(Instants.print(instant))).isEqualTo(instant);
    }

    /** Digits and marks thrown about at random, around what an instant looks like. */
    @Provide
    static Arbitrary<String> almost() {
        Arbitrary<String> text = Arbitraries.of(
                "2026-01-31T12:00:00Z",
                "2026-02-29T23:59:60Z",
                "2024-02-29T24:00:00.1Z",
                "0000-01-01T00:00:00.123456789Z",
                "2026-13-01T00:00:00Z",
                "2026-01-31T12:00:00.1234567890Z",
                "2026-01-31T12:00:00+02:00");
        return Combinators.combine(
                        text,
                        Arbitraries.integers().between(0, 19),
                        Arbitraries.of('0', '9', '5', '.', 'Z', '-', ':', 'T', 'é', ' '))
                .as((base, at, mark) -> base.substring(0, at) + mark + base.substring(at + 1));
    }

    @Property
    void readsWhatTheJdkReadsAndNothingElse(@ForAll("almost") String text) {
        Instant judged = null;
        try {
            judged = Instant.parse(text);
        } catch (DateTimeException e) {
            assertThatThrownBy(() -> Instants.parse(text)).isInstanceOf(DateTimeException.class);
        }
        if (judged != null) {
            assertThat(Instants.parse(text)).isEqualTo(judged);
        }
    }

    @Example
    void readsZonesAndShortForms() {
        assertThat(Instants.parse("2026-01-31T14:00:00+02:00")).isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));
        assertThat(Instants.parse("2026-01-31T12:00:00.5Z")).isEqualTo(Instant.parse("2026-01-31T12:00:00.500Z"));
        assertThatThrownBy(() -> Instants.parse("yesterday")).isInstanceOf(DateTimeException.class);
    }
}
