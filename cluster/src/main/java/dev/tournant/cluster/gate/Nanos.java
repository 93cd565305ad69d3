package dev.tournant.cluster.gate;

import java.time.Duration;

/** Sums of nanoseconds that stay at {@link #NEVER} instead of going round. Operands are 0 or more unless it says otherwise. */
final class Nanos {
    static final long NEVER = Long.MAX_VALUE;

    private Nanos() {}

    static long plus(long a, long b) {
        long sum = a + b;
        return sum < 0 ? NEVER : sum;
    }

    /** The difference of two points in time of any sign; never less than the smallest number. */
    static long minus(long a, long b) {
        long difference = a - b;
        boolean isOver = ((a ^ b) & (a ^ difference)) < 0;
        return isOver ? (a < 0 ? Long.MIN_VALUE : NEVER) : difference;
    }

    static long times(long a, long b) {
        return Math.multiplyHigh(a, b) != 0 || a * b < 0 ? NEVER : a * b;
    }

    /** What is at least {@code span} on every clock that differs from ours in rate by {@code error}; rounded up. */
    static long stretched(Duration span, double error) {
        return (long) Math.ceil(span.toNanos() * (1 + error));
    }

    static Duration until(long then, long now) {
        return Duration.ofNanos(Math.max(0, then - now));
    }
}
