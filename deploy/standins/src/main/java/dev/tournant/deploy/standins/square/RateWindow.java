package dev.tournant.deploy.standins.square;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Lets a seller make so many requests in any second, whichever second one looks at. Safe for threads. */
final class RateWindow {
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private final Map<String, ArrayDeque<Long>> admitted = new ConcurrentHashMap<>();

    boolean admits(String merchantId, int requestsPerSecondMax, long nowNanos) {
        if (requestsPerSecondMax == 0) {
            return true;
        }
        ArrayDeque<Long> recent = admitted.computeIfAbsent(merchantId, key -> new ArrayDeque<>());
        synchronized (recent) {
            while (!recent.isEmpty() && nowNanos - recent.getFirst() >= SECOND_NANOS) {
                recent.removeFirst();
            }
            return recent.size() < requestsPerSecondMax && recent.add(nowNanos);
        }
    }
}
