package dev.tournant.deploy.faults;

import java.time.Duration;
import java.util.List;

/** How long a merchant did not answer. */
final class Silence {
    private Silence() {}

    /**
     * The longest time without an answer within a stretch of time.
     *
     * @param answersNanos when there was an answer, in any order; those outside of the stretch do not count
     */
    static Duration longest(List<Long> answersNanos, long fromNanos, long toNanos) {
        long last = fromNanos;
        long longest = 0;
        for (long at : answersNanos.stream().sorted().toList()) {
            if (at > fromNanos && at < toNanos) {
                longest = Math.max(longest, at - last);
                last = at;
            }
        }
        return Duration.ofNanos(Math.max(longest, toNanos - last));
    }
}
