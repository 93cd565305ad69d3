package dev.tournant.cluster.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RhythmTest {
    private static final double HOUR = 3600;

    /** Changes by day, from 8 to 20, and none at night. */
    private static Rhythm learnt() {
        Rhythm rhythm = new Rhythm();
        SplittableRandom random = new SplittableRandom(1);
        double rate = 10 / HOUR;
        for (int hour = 0; hour < 24 * 14; hour++) {
            double at = hour * HOUR;
            rhythm.heard(at, at + HOUR, rate);
            boolean isDay = hour % 24 >= 8 && hour % 24 < 20;
            for (int i = 0; i < 20 && isDay; i++) {
                rhythm.signalled(at + HOUR * random.nextDouble());
            }
        }
        rhythm.refit();
        return rhythm;
    }

    @Test
    void learnsTheHoursOfTheDayWithinBounds() {
        Rhythm rhythm = learnt();

        assertThat(rhythm.factor(12)).isCloseTo(1.7, within(0.3));
        assertThat(rhythm.factor(3)).isBetween(0.1, 0.6);
    }

    @Test
    void aDayIsADay() {
        assertThat(learnt().elapsed(5 * HOUR, 29 * HOUR)).isCloseTo(24 * HOUR, within(1.0));
    }

    @Test
    void findsTheTimeByWhichSoMuchHasPassed() {
        Rhythm rhythm = learnt();
        for (double from = 0; from < 48 * HOUR; from += 5000) {
            for (double seconds = 100; seconds < 40 * HOUR; seconds *= 3) {
                assertThat(rhythm.elapsed(from, rhythm.after(from, seconds))).isCloseTo(seconds, within(1e-3));
            }
        }
    }

    @Test
    void isFlatUntilADayWasSeen() {
        Rhythm rhythm = new Rhythm();
        for (int i = 0; i < 10_000; i++) {
            rhythm.signalled(12 * HOUR);
        }

        assertThat(rhythm.elapsed(0, 13 * HOUR)).isEqualTo(13 * HOUR);
    }
}
