package dev.tournant.cluster.schedule;

/**
 * How a pool is scheduled.
 *
 * @param lagWeight 1 / lagWeight unseen changes of one resource hurt as much as one stale resource; 0 counts freshness
 *     only and lets resources starve that change faster than they can be followed. 0.01 to 0.1 is sensible
 * @param worthSeconds a poll is made only if it is expected to save so many seconds of staleness, by weight, a call: calls
 *     beyond are left to others. 0 where calls that are not made are simply lost
 * @param callsPerSecond what the pool admits, as a first guess; {@link PollSchedule#expects} may say better, and from then on it is measured
 * @param auditEvery every so many polls a resource is polled that was drawn by lot; at least 2
 * @param shares of what is not chosen by what a poll is worth
 * @param forgetHalfLifeSeconds after so long an observation counts half; infinite where nothing drifts
 * @param retryFirstSeconds to wait after a first failure, doubled after each further one
 * @param retryMostSeconds to wait at most
 * @param parkAfterSeconds a resource that has failed for so long is parked
 * @param parkedRetrySeconds a parked resource is tried this often
 * @param seed of the audit's lots
 */
public record ScheduleSettings(
        double lagWeight,
        double worthSeconds,
        double callsPerSecond,
        int auditEvery,
        Shares shares,
        double forgetHalfLifeSeconds,
        double retryFirstSeconds,
        double retryMostSeconds,
        double parkAfterSeconds,
        double parkedRetrySeconds,
        long seed) {
    public ScheduleSettings {
        Checks.atLeast("lagWeight", lagWeight, 0);
        Checks.atLeast("worthSeconds", worthSeconds, 0);
        Checks.above("callsPerSecond", callsPerSecond, 0);
        Checks.atLeast("auditEvery", auditEvery, 2);
        Checks.above("forgetHalfLifeSeconds", forgetHalfLifeSeconds, 0);
        Checks.above("retryFirstSeconds", retryFirstSeconds, 0);
        Checks.atLeast("retryMostSeconds", retryMostSeconds, retryFirstSeconds);
        Checks.above("parkAfterSeconds", parkAfterSeconds, 0);
        Checks.above("parkedRetrySeconds", parkedRetrySeconds, 0);
    }

    /** One that uses all calls. */
    public ScheduleSettings(
            double lagWeight,
            double callsPerSecond,
            int auditEvery,
            Shares shares,
            double forgetHalfLifeSeconds,
            double retryFirstSeconds,
            double retryMostSeconds,
            double parkAfterSeconds,
            double parkedRetrySeconds,
            long seed) {
        this(
                lagWeight,
                0,
                callsPerSecond,
                auditEvery,
                shares,
                forgetHalfLifeSeconds,
                retryFirstSeconds,
                retryMostSeconds,
                parkAfterSeconds,
                parkedRetrySeconds,
                seed);
    }
}
