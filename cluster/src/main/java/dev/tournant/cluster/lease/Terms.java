package dev.tournant.cluster.lease;

import java.time.Duration;

/**
 * What the two sides of the protocol count with.
 *
 * @param ttl how long a renewal holds
 * @param renewEvery from one renewal to the next
 * @param requestLife how long an answer of the store is waited for
 * @param clockRateError by how much a clock may be fast or slow, as a share: 0.001 is a second in a thousand
 */
record Terms(Duration ttl, Duration renewEvery, Duration requestLife, double clockRateError) {
    /** How long the holder relies on a renewal, by its own clock. */
    long reliedOnNanos() {
        return (long) (ttl.toNanos() * (1 - clockRateError));
    }

    /** How long a watcher must see no renewal, by its own clock, of a lease with the given time to live. */
    long silenceNanos(Duration theirs) {
        return (long) Math.ceil(theirs.toNanos() * (1 + clockRateError));
    }

    /** After a request of which nothing is known. Short, and not so short that a store in trouble is drowned. */
    long retryNanos() {
        return renewEvery.toNanos() / 4;
    }
}
