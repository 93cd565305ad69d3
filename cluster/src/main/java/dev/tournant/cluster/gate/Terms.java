package dev.tournant.cluster.gate;

import dev.tournant.adapter.Limit;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A limit as one node knows it. It travels with each call: while a partner's manifest changes from node to node, a gate
 * keeps all the terms that it hears of, and so the strictest.
 *
 * @param calls in any span of {@code perMillis}, or at one time
 * @param perMillis null for so many at one time
 * @param burst for a bucket that leaks {@code calls} in {@code perMillis}; null for a window
 */
record Terms(int calls, @Nullable Long perMillis, @Nullable Integer burst) {
    Terms {
        if (calls < 1 || (perMillis != null && perMillis < 1) || (burst != null && burst < 1)) {
            throw new IllegalArgumentException("all of a limit's terms are above 0: " + calls + " calls, per "
                    + perMillis + " ms, burst " + burst);
        }
    }

    static Terms of(Limit limit) {
        Duration per = limit.per();
        return new Terms(limit.calls(), per == null ? null : per.toMillis(), limit.burst());
    }
}
