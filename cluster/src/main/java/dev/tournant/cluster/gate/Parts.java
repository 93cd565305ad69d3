package dev.tournant.cluster.gate;

import dev.tournant.adapter.Limit;
import dev.tournant.adapter.News;
import java.time.Duration;

/**
 * How a pool that is too large for one actor is divided: into parts that never change, each with a gate and a ledger of its
 * own. The parts of a limit add up to it, so where each part keeps its own, in every window or bucket, all of them together
 * keep the whole. Nothing is handed out, so nothing has to run out; a holder that ends without a word closes one part for a
 * while, not all.
 *
 * <p>A call passes any one part. What makes the number of parts (settings, and on which side of {@code shared-from} a limit
 * is) must be the same on all nodes that run together: two divisions of one limit would each allow the whole of it.
 *
 * @param from a limit of so many calls a second or more is divided
 * @param count into so many parts
 */
record Parts(int from, int count) {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    static final Parts NONE = new Parts(Integer.MAX_VALUE, 1);

    /** How many parts a limit has; 1 if it is not divided. Limits on calls at one time are not. */
    int of(Limit limit) {
        Duration per = limit.per();
        boolean large = per != null && (double) limit.calls() * SECOND / per.toNanos() >= from;
        int least = limit.burst() == null ? limit.calls() : Math.min(limit.calls(), limit.burst());
        return large && least >= count ? count : 1;
    }

    /** One part of a limit, counted from 0. */
    Limit part(Limit limit, int part) {
        int parts = of(limit);
        return new Limit(
                limit.name(),
                limit.scope(),
                limit.method(),
                limit.path(),
                share(limit.calls(), part, parts),
                limit.per(),
                limit.burst() == null ? null : share(limit.burst(), part, parts),
                limit.told());
    }

    private static int share(int whole, int part, int parts) {
        return whole / parts + (part < whole % parts ? 1 : 0);
    }

    /**
     * What news of the whole limit means for one of its parts: its share of what is left. Each part adds its own use to that,
     * so together they leave others what those have used. Where other parts use more than this one it counts that as others'
     * use and allows less, down to the share that is left; the next news puts it right. None are left for a part only when
     * none are for all.
     */
    static News news(News whole, int parts) {
        if (parts == 1) {
            return whole;
        }
        Integer left = whole.remaining();
        return new News(
                whole.refused(),
                whole.stop(),
                whole.limit() == null ? null : Math.max(1, whole.limit() / parts),
                left == null || left <= 0 ? left : (Integer) Math.max(1, left / parts),
                whole.reset());
    }

    /** What the other parts should hear of it: when no call is wanted at all. */
    static boolean concernsAll(News news) {
        return !news.stop().isZero() || (news.remaining() != null && news.remaining() <= 0 && news.reset() != null);
    }
}
