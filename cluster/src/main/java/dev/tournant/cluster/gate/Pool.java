package dev.tournant.cluster.gate;

import java.util.List;

/**
 * A pool of calls that count together at a partner. Grants calls so that none of its rules is ever broken at the
 * partner, whatever the network does, as long as what {@link PoolSpec} relies on holds.
 *
 * <p>Not thread-safe, and without a clock: {@code now} is in nanoseconds of one clock that only goes forward, such as
 * {@link System#nanoTime}; where it goes back it counts as standing still.
 */
public final class Pool {
    public Pool(PoolSpec spec, Start start, long now) {
        throw new UnsupportedOperationException("not built yet");
    }

    /** Answers this wish now or, from any later method, when it is its turn. An id that is known already is ignored. */
    public List<Verdict> ask(Wish wish, long now) {
        throw new UnsupportedOperationException("not built yet");
    }

    /** Takes the end of a call. What it tells counts even if the id is not known; otherwise that is ignored. */
    public List<Verdict> ended(long id, End end, long now) {
        throw new UnsupportedOperationException("not built yet");
    }

    /** Does what is due by time alone. */
    public List<Verdict> tick(long now) {
        throw new UnsupportedOperationException("not built yet");
    }

    /** When {@link #tick} should be called at the latest if nothing else happens; {@link Long#MAX_VALUE} for never. */
    public long nextTick(long now) {
        throw new UnsupportedOperationException("not built yet");
    }

    /** For the next holder. The pool should grant nothing after this is taken. */
    public Ledger ledger(long now) {
        throw new UnsupportedOperationException("not built yet");
    }

    public PoolView view(long now) {
        throw new UnsupportedOperationException("not built yet");
    }
}
