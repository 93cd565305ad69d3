package dev.tournant.deploy.faults.gates;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The longest time for which no call of some pool was counted, by looks at the counts of all pools. */
final class Lull {
    private final Map<String, Grown> pools = new HashMap<>();
    private long longestNanos;

    private record Grown(int calls, long atNanos) {}

    /** Another look; a pool that is seen for the first time begins with it. */
    void see(Map<String, Integer> counted, long nowNanos) {
        counted.forEach((pool, calls) -> {
            Grown last = pools.get(pool);
            if (last != null) {
                longestNanos = Math.max(longestNanos, nowNanos - last.atNanos);
            }
            if (last == null || calls > last.calls) {
                pools.put(pool, new Grown(calls, nowNanos));
            }
        });
    }

    /** Whether calls of all pools were seen to be counted after an instant. */
    boolean isOverSince(long nanos) {
        Collection<Grown> all = pools.values();
        return all.stream().allMatch(each -> each.atNanos - nanos > 0);
    }

    Duration longest() {
        return Duration.ofNanos(longestNanos);
    }
}
