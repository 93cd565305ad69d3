package dev.tournant.cluster.gate;

import dev.tournant.adapter.Limit;
import dev.tournant.adapter.Settings;
import java.time.Duration;

/** How a partner counts. Bounds are those of {@link Limit}. */
public sealed interface Rule {
    /** The most that may count at once, if nothing lowers it. */
    int calls();

    /** For how long after it a call counts at most, while no more are made. */
    Duration span();

    /** Whether what was counted by another rule means the same, or more, by this one. */
    boolean isCountedLike(Rule other);

    /** At most so many calls in any span of {@code per}, wherever it begins. */
    record Window(int calls, Duration per) implements Rule {
        public Window {
            checkCalls("calls", calls);
            checkPer(per);
        }

        @Override
        public Duration span() {
            return per;
        }

        @Override
        public boolean isCountedLike(Rule other) {
            return other instanceof Window window && per.compareTo(window.per) <= 0;
        }
    }

    /** A bucket that holds {@code calls} calls, of which {@code drained} drain in each {@code per}. */
    record Bucket(int calls, int drained, Duration per) implements Rule {
        public Bucket {
            checkCalls("calls", calls);
            checkCalls("drained", drained);
            checkPer(per);
            Settings.duration("calls", Limit.drains(calls, drained, per), Duration.ofNanos(1), Limit.PER_MAX);
        }

        /** All of a full bucket: until it is empty. */
        @Override
        public Duration span() {
            return Limit.drains(calls, drained, per);
        }

        @Override
        public boolean isCountedLike(Rule other) {
            return equals(other);
        }
    }

    /** At most so many calls at one time. */
    record Concurrent(int calls) implements Rule {
        public Concurrent {
            checkCalls("calls", calls);
        }

        @Override
        public Duration span() {
            return Duration.ZERO;
        }

        @Override
        public boolean isCountedLike(Rule other) {
            return other instanceof Concurrent;
        }
    }

    static Rule of(Limit limit) {
        if (limit.per() == null) {
            return new Concurrent(limit.calls());
        }
        return limit.burst() == null
                ? new Window(limit.calls(), limit.per())
                : new Bucket(limit.burst(), limit.calls(), limit.per());
    }

    private static void checkCalls(String field, int calls) {
        if (calls < 1 || calls > Limit.CALLS_MAX) {
            throw Settings.wrong(field, "must be from 1 to " + Limit.CALLS_MAX + ", not " + calls);
        }
    }

    private static void checkPer(Duration per) {
        Settings.duration("per", per, Limit.PER_MIN, Limit.PER_MAX);
    }
}
