package dev.tournant.cluster.lease;

import dev.tournant.persistence.Leases.NodeRow;
import dev.tournant.persistence.Leases.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * The holder's side of the protocol: what to do next, and what an answer means. Without clock, thread or store; one
 * thread at a time.
 *
 * <p>All that counts is {@link #validUntil}. Only a renewal that was done moves it, to a time to live after the moment
 * <em>before</em> it was sent. A watcher sees the new version after that moment at the earliest, and waits a time to
 * live of its own from there; so it ends the lease after this one has ceased to rely on it.
 *
 * <p>A request without an answer may have been done, or be done any time later. It is asked again with the same version:
 * done once, it is refused the second time, and the refusal brings the version that stands there, so nothing need be
 * read. What comes too late does no harm: it makes a watcher wait longer than it would have had to.
 *
 * <p>Times are those of {@link System#nanoTime}.
 */
final class Holding {
    /** What to do now. */
    sealed interface Step {
        /** Send this, and tell {@link #answered} or {@link #failed} what came of it. */
        record Renew(Request request) implements Step {}

        /** Nothing, until then or until an answer comes. */
        record Wait(long untilNanos) implements Step {}

        /** Act no more, at once. */
        record Halt(String why) implements Step {}
    }

    /** A renewal from {@code version} to the next one, and the time at which it had not been sent yet. */
    record Request(long version, long beforeNanos) {}

    private final Terms terms;
    private long version;
    private long validUntil;
    private long renewAt;
    private @Nullable Request asked;
    private @Nullable String over;

    /** A lease that was begun, with version 1, by a request that had not been sent at {@code beforeNanos}. */
    Holding(Terms terms, long beforeNanos) {
        this.terms = terms;
        this.version = 1;
        this.validUntil = beforeNanos + terms.reliedOnNanos();
        this.renewAt = beforeNanos + terms.renewEvery().toNanos();
    }

    long validUntil() {
        return validUntil;
    }

    Step next(long now) {
        if (over == null && now - validUntil >= 0) {
            over = "it ran out, as this process stood still or the store did not answer";
        }
        if (over != null) {
            return new Step.Halt(over);
        }
        Request open = asked;
        if (open != null && now - open.beforeNanos() >= terms.requestLife().toNanos()) {
            failed(open, now);
        }
        if (asked == null && now - renewAt >= 0) {
            Request request = new Request(version, now);
            asked = request;
            return new Step.Renew(request);
        }
        return new Step.Wait(earlier(validUntil, due()));
    }

    private long due() {
        return asked == null
                ? renewAt
                : asked.beforeNanos() + terms.requestLife().toNanos();
    }

    private static long earlier(long a, long b) {
        return a - b < 0 ? a : b;
    }

    /** An answer, also one that was not waited for any longer. */
    void answered(Request request, Outcome outcome, long now) {
        boolean isOpen = request.equals(asked);
        if (isOpen) {
            asked = null;
        }
        if (outcome.applied()) {
            version = Math.max(version, request.version() + 1);
            long until = request.beforeNanos() + terms.reliedOnNanos();
            if (until - validUntil > 0) {
                validUntil = until;
            }
            if (isOpen) {
                renewAt = request.beforeNanos() + terms.renewEvery().toNanos();
            }
            return;
        }
        NodeRow found = outcome.found();
        if (found == null) {
            over = "its row is gone";
        } else if (!found.isHeld()) {
            over = "another node saw it run out, or it was given back";
        } else {
            // An earlier one was done after all.
            version = Math.max(version, found.version());
            renewAt = now;
        }
    }

    /** Nothing is known of what came of it. */
    void failed(Request request, long now) {
        if (request.equals(asked)) {
            asked = null;
            renewAt = now + terms.retryNanos();
        }
    }
}
