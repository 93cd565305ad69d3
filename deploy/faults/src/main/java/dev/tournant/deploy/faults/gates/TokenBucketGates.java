package dev.tournant.deploy.faults.gates;

import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Gates;
import dev.tournant.adapter.Lane;
import dev.tournant.adapter.Party;
import dev.tournant.adapter.Request;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What rate limiters for clients usually do, for comparison: a token bucket that holds the limit and refills at its
 * rate, and looks at sending only. One node, one process.
 */
final class TokenBucketGates implements Gates {
    private final int limit;
    private final double perNano;
    private final Map<Party, Bucket> buckets = new ConcurrentHashMap<>();

    TokenBucketGates(int limit, Duration per) {
        this.limit = limit;
        this.perNano = limit / (double) per.toNanos();
    }

    private static final class Bucket {
        private double tokens;
        private long at;

        Bucket(int limit, long now) {
            tokens = limit;
            at = now;
        }
    }

    @Override
    public CompletionStage<Pass> admit(Party party, Request request, Lane lane, Duration within) {
        Bucket bucket = buckets.computeIfAbsent(party, each -> new Bucket(limit, System.nanoTime()));
        synchronized (bucket) {
            long now = System.nanoTime();
            bucket.tokens = Math.min(limit, bucket.tokens + (now - bucket.at) * perNano);
            bucket.at = now;
            if (bucket.tokens < 1) {
                long wait = (long) ((1 - bucket.tokens) / perNano);
                return CompletableFuture.failedFuture(new Refused(Duration.ofNanos(wait), "the bucket is empty"));
            }
            bucket.tokens -= 1;
        }
        return CompletableFuture.completedFuture(new Always());
    }

    private static final class Always implements Pass {
        @Override
        public boolean isGood() {
            return true;
        }

        @Override
        public void answered(Answer answer) {}

        @Override
        public void lost() {}

        @Override
        public void unused() {}
    }
}
