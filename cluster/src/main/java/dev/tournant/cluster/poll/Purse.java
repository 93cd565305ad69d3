package dev.tournant.cluster.poll;

/**
 * Calls that polls may make: so many are earned each second, and kept for a while. What a poll took beyond the one that it was
 * begun with is charged when it ends, and paid back before the next begins.
 */
final class Purse {
    private final double burstSeconds;
    private double callsPerSecond;
    private double others;
    private double calls = 1;
    private double earnedAt;

    /** @param burstSeconds how long calls are kept */
    Purse(double callsPerSecond, double burstSeconds, double now) {
        this.callsPerSecond = callsPerSecond;
        this.burstSeconds = burstSeconds;
        this.earnedAt = now;
    }

    double callsPerSecond() {
        return callsPerSecond;
    }

    /** From now on. */
    void earns(double newCallsPerSecond, double now) {
        earn(now);
        callsPerSecond = newCallsPerSecond;
    }

    /** So many of the calls a second are made without being paid from here, from now on. */
    void leaves(double callsPerSecondToOthers, double now) {
        earn(now);
        others = callsPerSecondToOthers;
    }

    private double earned() {
        return Math.max(0, callsPerSecond - others);
    }

    private void earn(double now) {
        double most = Math.max(1, callsPerSecond * burstSeconds);
        calls = Math.min(most, calls + earned() * Math.max(0, now - earnedAt));
        earnedAt = Math.max(earnedAt, now);
    }

    boolean has(double now) {
        earn(now);
        return calls >= 1;
    }

    void pay(double count, double now) {
        earn(now);
        calls -= count;
    }

    /** When there is a call at the latest; infinite if others make all of them. */
    double hasAt(double now) {
        earn(now);
        return calls >= 1 ? now : now + (1 - calls) / earned();
    }
}
