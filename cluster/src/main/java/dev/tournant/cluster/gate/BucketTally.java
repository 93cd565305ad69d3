package dev.tournant.cluster.gate;

import java.util.List;

/**
 * A bucket at the partner that holds B calls and drains: one more may go while those in flight, the level of our own
 * bucket and this one are B at most. Ours drains as fast, by what clocks may differ slower, and is fed when answers come.
 *
 * <p>Why that is enough: the partner's level at a time t is the largest, over all earlier u, of what it counted since u
 * less what drained since u. Each call that it counted between u and t was granted by t, and is in flight at t or had its
 * answer after u. So the level is at most the number in flight and the level of a bucket that is fed at answers.
 *
 * <p>The level is kept as the time at which the bucket is empty. While the limit is lowered to a share of B each call
 * takes as much more of the bucket, which lowers the rate and the burst alike; a call then only counts for longer.
 */
final class BucketTally implements Tally {
    private final int burst;
    private final long cost;
    private final long capacity;
    private long emptyAt;

    /** @param cost how long one call takes to drain, longer by what clocks may differ */
    BucketTally(int burst, long cost) {
        this.burst = burst;
        this.cost = cost;
        this.capacity = cost * burst;
    }

    private long cost(int limit) {
        return limit == burst ? cost : capacity / limit;
    }

    private long level(long now) {
        return Math.max(0, emptyAt - now);
    }

    /** The level at which {@code more} calls still have room; negative where there is none for them at any level. */
    private long levelFor(long more, int limit) {
        return capacity - Math.min(capacity + 1, Nanos.times(more, cost(limit)));
    }

    @Override
    public boolean hasRoom(int limit, int inFlight, long now) {
        return inFlight < limit && level(now) <= levelFor(inFlight + 1L, limit);
    }

    @Override
    public long opens(int limit, int inFlight, long now) {
        return inFlight >= limit ? Nanos.NEVER : Math.max(now, emptyAt - levelFor(inFlight + 1L, limit));
    }

    @Override
    public long earliest(int position, int limit, int inFlight, long now) {
        long filled = Nanos.plus(level(now), Nanos.times((long) inFlight + position, cost(limit)));
        return Nanos.plus(now, Math.max(0, filled - capacity));
    }

    @Override
    public void answered(int limit, long time) {
        emptyAt = Math.max(emptyAt, time) + cost(limit);
    }

    @Override
    public int use(int inFlight, long now) {
        return (int) Math.min(burst, inFlight + (level(now) + cost - 1) / cost);
    }

    @Override
    public void fill(long time) {
        emptyAt = time + capacity;
    }

    @Override
    public long nanosLeft(long now) {
        return level(now);
    }

    @Override
    public List<Ledger.Answered> answers(long now) {
        return List.of();
    }

    @Override
    public void restore(Ledger.Count left, long now) {
        emptyAt = now + left.nanosLeft();
    }
}
