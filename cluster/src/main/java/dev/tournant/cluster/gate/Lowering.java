package dev.tournant.cluster.gate;

import dev.tournant.adapter.News;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why one rule allows less than declared for now. There are three reasons, and the least counts: calls were refused, the
 * partner says a smaller limit, or others use the same limit. None can raise it above what was declared, or lower it
 * below 1: a limit of 1 is how the pool finds out that things are better.
 */
final class Lowering {
    /** A limit for a day would else take months to rise. */
    static final Duration PERIOD_MAX = Duration.ofMinutes(1);

    /** After so many periods without refusals a large limit is as declared again. */
    static final int PERIODS_TO_RISE = 32;

    private static final long PERIOD_NANOS_MAX = PERIOD_MAX.toNanos();

    private final int declared;
    private final long window;
    private final long period;
    private final int step;

    private int afterRefusals;
    private long risesAt;
    private int said;
    private long saidUntil;
    private int besideOthers;
    private long besideOthersUntil;

    /** @param window what the partner counts over, in nanoseconds */
    Lowering(int declared, long window) {
        this.declared = declared;
        this.window = window;
        this.period = Math.min(window, PERIOD_NANOS_MAX);
        this.step = Math.max(1, declared / PERIODS_TO_RISE);
        this.afterRefusals = declared;
        this.said = declared;
        this.besideOthers = declared;
    }

    /** How many calls are allowed, from 1 to what was declared. */
    int limit(long now) {
        int limit = afterRefusals;
        if (now < saidUntil) {
            limit = Math.min(limit, said);
        }
        return now < besideOthersUntil ? Math.min(limit, besideOthers) : limit;
    }

    /**
     * A call was too many. What others use up is no measure for it: where one header tells of the nearer of two limits, the
     * larger seems used up for a moment, and would be lowered to next to nothing for all of its window.
     */
    void refused(long now) {
        int before = now < saidUntil ? Math.min(said, afterRefusals) : afterRefusals;
        afterRefusals = Math.max(1, before / 2);
        risesAt = now + period;
    }

    /** A call was not too many. */
    void taken(long now) {
        if (afterRefusals < declared && now >= risesAt) {
            afterRefusals = Math.min(declared, afterRefusals + step);
            risesAt = now + period;
        }
    }

    /**
     * What the partner says of its count.
     *
     * @param own how many calls of ours it may have counted at most
     */
    void told(News news, int own, long now) {
        long until = now + (news.reset() == null ? window : news.reset().toNanos());
        int allowed = declared;
        if (news.limit() != null) {
            said = Math.max(1, Math.min(declared, news.limit()));
            saidUntil = said < declared ? until : now;
            allowed = Math.max(1, news.limit());
        } else if (now < saidUntil) {
            allowed = said;
        }
        if (news.remaining() != null) {
            int others = allowed - news.remaining() - own;
            besideOthers = Math.max(1, Math.min(declared, allowed - others));
            besideOthersUntil = others > 0 && besideOthers < declared ? until : now;
        }
    }

    /** The next time after now at which a reason ends by time alone; {@link Nanos#NEVER} if none does. */
    long nextChange(long now) {
        long next = now < saidUntil ? saidUntil : Nanos.NEVER;
        return now < besideOthersUntil ? Math.min(next, besideOthersUntil) : next;
    }

    /** A list of its own. */
    List<PoolView.Lowered> reasons(long now) {
        List<PoolView.Lowered> reasons = new ArrayList<>();
        if (afterRefusals < declared) {
            add(
                    reasons,
                    afterRefusals,
                    risesAt > now ? Nanos.until(risesAt, now) : null,
                    "the partner refused calls as too many");
        }
        if (now < saidUntil) {
            add(reasons, said, Nanos.until(saidUntil, now), "the partner says that its limit is lower");
        }
        if (now < besideOthersUntil) {
            add(reasons, besideOthers, Nanos.until(besideOthersUntil, now), "others use up calls of the same limit");
        }
        return reasons;
    }

    private static void add(List<PoolView.Lowered> reasons, int limit, @Nullable Duration left, String why) {
        reasons.add(new PoolView.Lowered(limit, left, why));
    }

    /** As far as refusals lowered it, for {@link Ledger.Count}. */
    int afterRefusals() {
        return afterRefusals;
    }

    /** Until when refusals lower it, if all goes well from now on. */
    long afterRefusalsUntil(long now) {
        int steps = (declared - afterRefusals + step - 1) / step;
        return steps == 0 ? now : Math.max(now, risesAt) + (steps - 1) * period;
    }

    Ledger.Told told(long now) {
        return new Ledger.Told(
                now < saidUntil ? new Ledger.Lowered(said, saidUntil - now) : null,
                now < besideOthersUntil ? new Ledger.Lowered(besideOthers, besideOthersUntil - now) : null);
    }

    void restore(Ledger.Told told, long now) {
        Ledger.Lowered saidBefore = told.said();
        if (saidBefore != null && saidBefore.limit() < declared) {
            said = Math.max(1, saidBefore.limit());
            saidUntil = now + saidBefore.nanosLeft();
        }
        Ledger.Lowered leftByOthers = told.besideOthers();
        if (leftByOthers != null && leftByOthers.limit() < declared) {
            besideOthers = Math.max(1, leftByOthers.limit());
            besideOthersUntil = now + leftByOthers.nanosLeft();
        }
    }

    void restore(int limit, long now) {
        afterRefusals = Math.max(1, Math.min(declared, limit));
        risesAt = now + period;
    }
}
