package dev.tournant.deploy.standins.square;

import java.time.Duration;

/** Turns a rate into whole steps at each beat. Called by one thread at a time; the rate may be set by any. */
final class Pace {
    static final double EDITS_PER_SECOND_MAX = 10_000;
    static final Duration BEAT = Duration.ofMillis(20);

    private volatile double perSecond;
    private double owed;

    Pace(double perSecond) {
        this.perSecond = perSecond;
    }

    double perSecond() {
        return perSecond;
    }

    void set(double rate) {
        if (!(rate >= 0 && rate <= EDITS_PER_SECOND_MAX)) {
            throw new IllegalArgumentException("editsPerSecond is from 0 to " + EDITS_PER_SECOND_MAX + ", not " + rate);
        }
        perSecond = rate;
    }

    /** Steps due now. What does not fill a step is carried to the next beat. */
    synchronized int due() {
        owed += perSecond * BEAT.toMillis() / 1_000.0;
        int steps = (int) owed;
        owed -= steps;
        return steps;
    }
}
