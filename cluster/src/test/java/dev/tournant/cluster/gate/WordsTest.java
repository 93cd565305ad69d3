package dev.tournant.cluster.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.News;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When what a partner said is worth a write. */
class WordsTest {
    private static final Rule RULE = new Rule.Window(800, Duration.ofDays(1));
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final long HOUR = Duration.ofHours(1).toNanos();
    private static final Words NOTHING = new Words(0, 0, List.of(), List.of());

    private static Words said(int limit, Duration reset, long at) {
        Kept kept = new Kept(RULE, 0);
        kept.told(new News(false, Duration.ZERO, limit, null, reset), 0, 0);
        return Words.of(at, 0, new Kept[] {kept}, 0);
    }

    private static Words stopped(long nanos, long at) {
        return new Words(at, nanos, List.of(), List.of());
    }

    private static Words said(int limit) {
        return said(limit, Duration.ofHours(2), 0);
    }

    @Test
    void nothingIsToldOfALimitAsDeclared() {
        assertThat(said(800).counts()).isEmpty();
        assertThat(said(900).tellMore(NOTHING, 0)).isFalse();
    }

    @Test
    void aLowerLimitIsToldOnce() {
        assertThat(said(700).tellMore(NOTHING, 0)).isTrue();
        assertThat(said(700).tellMore(said(700), 0)).isFalse();
    }

    @Test
    void aLittleLowerIsNotWorthAWrite() {
        assertThat(said(600).tellMore(said(700), 0)).isFalse();
        assertThat(said(599).tellMore(said(700), 0)).isTrue();
        assertThat(said(750).tellMore(said(700), 0)).as("what is higher").isFalse();
    }

    @Test
    void norIsALittleLonger() {
        Duration twoHours = Duration.ofHours(2);
        assertThat(said(700, twoHours, MINUTE).tellMore(said(700), 0)).isFalse();
        assertThat(said(700, twoHours, MINUTE + 1).tellMore(said(700), 0)).isTrue();
        assertThat(stopped(HOUR, MINUTE).tellMore(stopped(HOUR, 0), 0)).isFalse();
        assertThat(stopped(HOUR, MINUTE + 1).tellMore(stopped(HOUR, 0), 0)).isTrue();
    }

    @Test
    void norWhatEndsWhileTheNextHolderWaitsAnyway() {
        assertThat(said(700).tellMore(NOTHING, 2 * HOUR - MINUTE)).isFalse();
        assertThat(said(700).tellMore(NOTHING, 2 * HOUR - MINUTE - 1)).isTrue();
        assertThat(said(700, Duration.ofSeconds(60), 0).tellMore(NOTHING, 0)).isFalse();
    }

    @Test
    void oneReasonDoesNotStandForAnother() {
        Kept kept = new Kept(RULE, 0);
        kept.refused(0);
        Words refused = Words.of(0, 0, new Kept[] {kept}, 0);
        assertThat(refused.each()).singleElement().satisfies(word -> {
            assertThat(word.limit()).isEqualTo(400);
            assertThat(word.why()).isEqualTo(Words.Why.REFUSED);
            assertThat(word.nanosLeft()).isEqualTo(16 * MINUTE);
        });
        assertThat(refused.tellMore(said(300), 0)).isTrue();
    }
}
