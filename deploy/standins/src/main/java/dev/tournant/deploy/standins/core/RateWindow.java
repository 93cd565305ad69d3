package dev.tournant.deploy.standins.core;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets a key make so many requests in any window, whichever stretch of that length one looks at. It remembers each request
 * of the last window, so keys are to be of those that the stand-in has given out. Safe for threads.
 */
public final class RateWindow {
    private final long windowNanos;
    private final Map<String, ArrayDeque<Long>> admitted = new ConcurrentHashMap<>();

    public RateWindow(Duration window) {
        this.windowNanos = window.toNanos();
    }

    /** What is refused is not counted. */
    public boolean admits(String key, int requestsMax, long nowNanos) {
        ArrayDeque<Long> recent = recent(key);
        synchronized (recent) {
            forget(recent, nowNanos);
            return recent.size() < requestsMax && recent.add(nowNanos);
        }
    }

    /** How long until the key may ask again; zero when it may now. */
    public Duration wait(String key, int requestsMax, long nowNanos) {
        ArrayDeque<Long> recent = recent(key);
        synchronized (recent) {
            forget(recent, nowNanos);
            return recent.size() < requestsMax
                    ? Duration.ZERO
                    : Duration.ofNanos(windowNanos - (nowNanos - recent.getFirst()));
        }
    }

    private ArrayDeque<Long> recent(String key) {
        return admitted.computeIfAbsent(key, unknown -> new ArrayDeque<>());
    }

    private void forget(ArrayDeque<Long> recent, long nowNanos) {
        while (!recent.isEmpty() && nowNanos - recent.getFirst() >= windowNanos) {
            recent.removeFirst();
        }
    }
}
