package dev.tournant.deploy.standins.core;

import java.time.Duration;

/**
 * Turns a rate into whole steps by the time that has passed, so that a late beat makes up for it; but for no more than a
 * second, lest a pause end in a burst. Safe for threads.
 */
public final class Pace {
    public static final double EDITS_PER_SECOND_MAX = 10_000;
    public static final Duration BEAT = Duration.ofMillis(20);

    private static final double CATCH_UP_SECONDS_MAX = 1;
    private static final double NANOS_A_SECOND = 1e9;

    private volatile double perSecond;
    private double owed;
    private long lastNanos;

    public Pace(double perSecond, long nowNanos) {
        this.perSecond = perSecond;
        this.lastNanos = nowNanos;
    }

    public double perSecond() {
        return perSecond;
    }

    public void set(double rate) {
        if (!(rate >= 0 && rate <= EDITS_PER_SECOND_MAX)) {
            throw new IllegalArgumentException("editsPerSecond is from 0 to " + EDITS_PER_SECOND_MAX + ", not " + rate);
        }
        perSecond = rate;
    }

    /** Steps due now. What does not fill a step is carried to the next beat. */
    public synchronized int due(long nowNanos) {
        owed += perSecond * Math.min(CATCH_UP_SECONDS_MAX, (nowNanos - lastNanos) / NANOS_A_SECOND);
        lastNanos = nowNanos;
        int steps = (int) owed;
        owed -= steps;
        return steps;
    }
}
