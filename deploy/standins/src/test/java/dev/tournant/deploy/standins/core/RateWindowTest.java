package dev.tournant.deploy.standins.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateWindowTest {
    private final RateWindow window = new RateWindow(Duration.ofNanos(100));

    @Test
    void forgetsRequestsThatAreOlderThanTheWindow() {
        assertThat(window.admits("a", 2, 0)).isTrue();
        assertThat(window.admits("a", 2, 60)).isTrue();
        assertThat(window.admits("a", 2, 99)).isFalse();
        assertThat(window.wait("a", 2, 99)).isEqualTo(Duration.ofNanos(1));
        assertThat(window.admits("a", 2, 100)).isTrue();
        assertThat(window.admits("a", 2, 101)).isFalse();
    }

    @Test
    void countsEachKeyByItselfAndByTheLimitOfNow() {
        assertThat(window.admits("a", 1, 0)).isTrue();
        assertThat(window.admits("a", 1, 1)).isFalse();
        assertThat(window.admits("b", 1, 1)).isTrue();
        assertThat(window.wait("a", 2, 2)).isZero();
        assertThat(window.admits("a", 2, 2)).isTrue();
    }
}
