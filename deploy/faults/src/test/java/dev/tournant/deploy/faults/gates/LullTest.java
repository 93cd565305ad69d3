package dev.tournant.deploy.faults.gates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LullTest {
    private final Lull lull = new Lull();

    @Test
    void isTheLongestTimeWithoutACallOfSomePool() {
        see(100, 5, 7);
        see(110, 6, 7);
        see(120, 7, 7);
        see(130, 8, 8);
        see(140, 9, 9);

        assertThat(lull.longest()).hasNanos(30);
    }

    @Test
    void isAsLongAsWhatHasNotEndedYet() {
        see(100, 5, 7);
        see(190, 5, 7);

        assertThat(lull.longest()).hasNanos(90);
        assertThat(lull.isOverSince(99)).isTrue();
        assertThat(lull.isOverSince(100)).isFalse();
    }

    @Test
    void isOverWhenEveryPoolHasGoneOn() {
        see(100, 5, 7);
        see(110, 6, 7);
        assertThat(lull.isOverSince(105)).isFalse();
        see(120, 6, 8);
        assertThat(lull.isOverSince(105)).isTrue();
    }

    private void see(long nanos, int first, int second) {
        lull.see(Map.of("first", first, "second", second), nanos);
    }
}
