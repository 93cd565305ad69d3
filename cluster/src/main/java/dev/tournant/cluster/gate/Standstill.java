package dev.tournant.cluster.gate;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long a pool grants nothing, because the partner wished so or refused calls without a word. */
final class Standstill {
    /** How long after the first refusal that does not say how long; doubled with each that follows. */
    static final Duration FIRST = Duration.ofSeconds(1);

    static final Duration MOST = Duration.ofMinutes(1);

    private static final int DOUBLINGS_MAX = 6;
    private static final long NEVER_YET = -1;

    private long until;
    private String why = "";
    private long refusedAt = NEVER_YET;
    private int inARow;

    /** Whether a refusal of a call that was granted then tells something new, or goes with one that is known. */
    boolean isNews(long grantedAt) {
        return grantedAt > refusedAt;
    }

    /** A refusal that {@link #isNews}. Without a wish the pool waits, longer each time. */
    void refused(boolean hasWish, long now) {
        refusedAt = now;
        if (!hasWish) {
            long wait = Math.min(MOST.toNanos(), FIRST.toNanos() << Math.min(inARow, DOUBLINGS_MAX));
            set(now + wait, "the partner refused a call as too many, and did not say until when");
        }
        inARow++;
    }

    /** A call that was granted then was not too many. */
    void taken(long grantedAt) {
        if (grantedAt > refusedAt) {
            inARow = 0;
        }
    }

    /** The longest wish counts; zero is none. */
    void wished(Duration stop, String reason, long now) {
        set(now + stop.toNanos(), reason);
    }

    private void set(long then, String reason) {
        if (then > until) {
            until = then;
            why = reason;
        }
    }

    long until() {
        return until;
    }

    String why() {
        return why;
    }

    /** As one reason among others; null if the pool does not stand still. */
    PoolView.@Nullable Lowered lowered(long now) {
        return now < until ? new PoolView.Lowered(0, Nanos.until(until, now), why) : null;
    }
}
