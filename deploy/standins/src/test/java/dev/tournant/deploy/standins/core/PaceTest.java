package dev.tournant.deploy.standins.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long MILLI = 1_000_000;

    @Test
    void carriesWhatDoesNotFillAStep() {
        Pace pace = new Pace(2.5, 0);

        int steps = 0;
        for (int at = 1; at <= 200; at++) {
            steps += pace.due(at * 20 * MILLI);
        }

        assertThat(steps).isBetween(9, 10);
    }

    @Test
    void makesUpForALateBeatButNotForAPause() {
        Pace pace = new Pace(100, 0);

        assertThat(pace.due(500 * MILLI)).isEqualTo(50);
        assertThat(pace.due(60_000 * MILLI)).isEqualTo(100);
    }
}
