package dev.tournant.deploy.faults.gates;

import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Gates;
import dev.tournant.adapter.Lane;
import dev.tournant.adapter.Limit;
import dev.tournant.adapter.Party;
import dev.tournant.adapter.Request;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What rate limiters for clients usually do, for comparison: a token bucket for each limit in time that holds as many calls as
 * may come at once and refills at its rate, and looks at sending only; a counter for each limit on calls at one time. One
 * node, one process.
 */
final class TokenBucketGates implements Gates {
    private static final Duration SOON = Duration.ofMillis(20);

    private final List<Limit> limits;
    private final Map<List<String>, Bucket> buckets = new HashMap<>();

    TokenBucketGates(List<Limit> limits) {
        this.limits = List.copyOf(limits);
    }

    /** Of one limit. A limit on calls at one time gets its tokens back, the others' grow. */
    private static final class Bucket {
        private final int holds;
        private final double perNano;
        private double tokens;
        private long at;

        Bucket(Limit limit, long now) {
            Duration per = limit.per();
            Integer burst = limit.burst();
            holds = burst == null ? limit.calls() : burst;
            perNano = per == null ? 0 : limit.calls() / (double) per.toNanos();
            tokens = holds;
            at = now;
        }

        boolean hasOne(long now) {
            tokens = Math.min(holds, tokens + (now - at) * perNano);
            at = now;
            return tokens >= 1;
        }

        Duration waits() {
            return perNano == 0 ? SOON : Duration.ofNanos((long) ((1 - tokens) / perNano));
        }

        void back() {
            tokens += perNano == 0 ? 1 : 0;
        }
    }

    @Override
    public synchronized CompletionStage<Pass> admit(Party party, Request request, Lane lane, Duration within) {
        long now = System.nanoTime();
        List<Bucket> passing = limits.stream()
                .filter(limit -> limit.counts(request))
                .map(limit -> buckets.computeIfAbsent(key(party, limit), each -> new Bucket(limit, now)))
                .toList();
        for (Bucket bucket : passing) {
            if (!bucket.hasOne(now)) {
                return CompletableFuture.failedFuture(new Refused(bucket.waits(), "the bucket is empty"));
            }
        }
        passing.forEach(bucket -> bucket.tokens -= 1);
        return CompletableFuture.completedFuture(new Sent(passing));
    }

    private static List<String> key(Party party, Limit limit) {
        return limit.scope() == Limit.Scope.APPLICATION
                ? List.of(limit.name(), party.application())
                : List.of(limit.name(), String.valueOf(party.location()));
    }

    private synchronized void end(List<Bucket> passed) {
        passed.forEach(Bucket::back);
    }

    private final class Sent implements Pass {
        private final List<Bucket> passed;

        Sent(List<Bucket> passed) {
            this.passed = passed;
        }

        @Override
        public boolean isGood() {
            return true;
        }

        @Override
        public void answered(Answer answer) {
            end(passed);
        }

        @Override
        public void lost() {
            end(passed);
        }

        @Override
        public void unused() {
            end(passed);
        }
    }
}
