package dev.tournant.http.server;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** A token bucket for each caller. Remembers a bounded number; the longest silent is forgotten first. */
final class TokenBuckets {
    private static final double NANOS_A_SECOND = 1e9;

    private final Rate rate;
    private final LongSupplier nanos;
    private final Map<String, Bucket> buckets;

    /**
     * @param nanos a clock that never goes back, as {@link System#nanoTime}
     */
    TokenBuckets(Rate rate, LongSupplier nanos) {
        this.rate = rate;
        this.nanos = nanos;
        this.buckets = new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
                return size() > rate.callersMax();
            }
        };
    }

    private static final class Bucket {
        double tokens;
        long at;
    }

    /** Takes a token: zero, or how long to wait for one. */
    synchronized Duration take(String caller) {
        long now = nanos.getAsLong();
        Bucket bucket = buckets.computeIfAbsent(caller, each -> full(now));
        double grown = (now - bucket.at) / NANOS_A_SECOND * rate.perSecond();
        bucket.tokens = Math.min(rate.burst(), bucket.tokens + grown);
        bucket.at = now;
        if (bucket.tokens >= 1) {
            bucket.tokens -= 1;
            return Duration.ZERO;
        }
        double seconds = (1 - bucket.tokens) / rate.perSecond();
        return Duration.ofNanos(1 + (long) (seconds * NANOS_A_SECOND));
    }

    private Bucket full(long now) {
        Bucket bucket = new Bucket();
        bucket.tokens = rate.burst();
        bucket.at = now;
        return bucket;
    }
}
