package dev.tournant.deploy.standins.doordash;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Lets a key make so many requests in any window, whichever stretch of that length one looks at. Safe for threads. */
final class RateWindow {
    private final int requestsMax;
    private final long windowNanos;
    private final Map<String, ArrayDeque<Long>> admitted = new ConcurrentHashMap<>();

    RateWindow(int requestsMax, Duration window) {
        this.requestsMax = requestsMax;
        this.windowNanos = window.toNanos();
    }

    boolean admits(String keyId, long nowNanos) {
        ArrayDeque<Long> recent = recent(keyId);
        synchronized (recent) {
            forget(recent, nowNanos);
            return recent.size() < requestsMax && recent.add(nowNanos);
        }
    }

    /** How long until the key may ask again; zero when it may now. */
    Duration wait(String keyId, long nowNanos) {
        ArrayDeque<Long> recent = recent(keyId);
        synchronized (recent) {
            forget(recent, nowNanos);
            return recent.size() < requestsMax
                    ? Duration.ZERO
                    : Duration.ofNanos(windowNanos - (nowNanos - recent.getFirst()));
        }
    }

    private ArrayDeque<Long> recent(String keyId) {
        return admitted.computeIfAbsent(keyId, key -> new ArrayDeque<>());
    }

    private void forget(ArrayDeque<Long> recent, long nowNanos) {
        while (!recent.isEmpty() && nowNanos - recent.getFirst() >= windowNanos) {
            recent.removeFirst();
        }
    }
}
