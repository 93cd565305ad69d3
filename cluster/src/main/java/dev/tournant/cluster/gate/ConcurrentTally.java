package dev.tournant.cluster.gate;

import java.util.List;

/**
 * At most so many calls at one time: one more may go while fewer are in flight. A call is in flight from its grant until
 * its answer, which is longer than the partner works on it.
 */
final class ConcurrentTally implements Tally {
    private final int calls;
    private long closedUntil;

    ConcurrentTally(int calls) {
        this.calls = calls;
    }

    @Override
    public boolean hasRoom(int limit, int inFlight, long now) {
        return now >= closedUntil && inFlight < limit;
    }

    @Override
    public long opens(int limit, int inFlight, long now) {
        return inFlight >= limit ? Nanos.NEVER : Math.max(closedUntil, now);
    }

    @Override
    public long earliest(int position, int limit, int inFlight, long now) {
        return Math.max(closedUntil, now);
    }

    @Override
    public void answered(int limit, long time) {
        // What is answered counts no longer.
    }

    @Override
    public int use(int inFlight, long now) {
        return now < closedUntil ? calls : inFlight;
    }

    @Override
    public void fill(long time) {
        closedUntil = time;
    }

    @Override
    public long nanosLeft(long now) {
        return Math.max(0, closedUntil - now);
    }

    @Override
    public List<Ledger.Answered> answers(long now) {
        return List.of();
    }

    @Override
    public void restore(Ledger.Count left, long now) {
        closedUntil = now + left.nanosLeft();
    }
}
