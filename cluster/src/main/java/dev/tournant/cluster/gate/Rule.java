package dev.tournant.cluster.gate;

import dev.tournant.adapter.Limit;
import java.time.Duration;

/** How a partner counts. */
public sealed interface Rule {
    /** The most that may count at once, if nothing lowers it. */
    int calls();

    /** At most so many calls in any span of {@code per}, wherever it begins. */
    record Window(int calls, Duration per) implements Rule {}

    /** A bucket that holds {@code burst} calls, of which {@code calls} drain in each {@code per}. */
    record Bucket(int burst, int drained, Duration per) implements Rule {
        @Override
        public int calls() {
            return burst;
        }
    }

    /** At most so many calls at one time. */
    record Concurrent(int calls) implements Rule {}

    static Rule of(Limit limit) {
        if (limit.per() == null) {
            return new Concurrent(limit.calls());
        }
        return new Window(limit.calls(), limit.per());
    }
}
