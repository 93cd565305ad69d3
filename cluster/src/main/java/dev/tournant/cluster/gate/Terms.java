package dev.tournant.cluster.gate;

import dev.tournant.adapter.Limit;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A limit as one node knows it, in the form in which it travels with each call and is stored: while a partner's manifest
 * changes from node to node, a gate keeps all the terms that it hears of, and so the strictest.
 *
 * @param calls in {@code perNanos}, or at one time
 * @param perNanos null for so many at one time
 * @param burst of a bucket, of which {@code calls} drain in {@code perNanos}; null for others
 */
record Terms(int calls, @Nullable Long perNanos, @Nullable Integer burst) {
    static Terms of(Limit limit) {
        return of(Rule.of(limit));
    }

    static Terms of(Rule rule) {
        if (rule instanceof Rule.Window window) {
            return new Terms(window.calls(), window.per().toNanos(), null);
        }
        if (rule instanceof Rule.Bucket bucket) {
            return new Terms(bucket.drained(), bucket.per().toNanos(), bucket.calls());
        }
        if (rule instanceof Rule.Concurrent concurrent) {
            return new Terms(concurrent.calls(), null, null);
        }
        throw new IllegalStateException("no terms for " + rule);
    }

    Rule rule() {
        if (perNanos == null) {
            return new Rule.Concurrent(calls);
        }
        Duration per = Duration.ofNanos(perNanos);
        return burst == null ? new Rule.Window(calls, per) : new Rule.Bucket(burst, calls, per);
    }
}
