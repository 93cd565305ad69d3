package dev.tournant.cluster.gate;

import java.util.List;

/**
 * At most L calls in any window of the partner: one more may go while those in flight and those that were answered
 * within the last window are fewer than L.
 *
 * <p>Why that is enough: of the calls that the partner counts in one window look at the one that was granted last. Each
 * of the others was granted before it, and had its answer, if at all, after the window began, that is less than a
 * window before this grant; so all of them were in flight or among the answers when it was granted, and they were fewer
 * than L. Where within its flight the partner counts a call does not matter, nor does when its windows begin.
 */
final class WindowTally implements Tally {
    private final int calls;
    private final long span;
    private final Answers answers;
    private long closedUntil;

    /** @param span the window, longer by what clocks may differ */
    WindowTally(int calls, long span) {
        this.calls = calls;
        this.span = span;
        this.answers = new Answers(calls, span);
    }

    @Override
    public boolean hasRoom(int limit, int inFlight, long now) {
        return now >= closedUntil && inFlight + answers.count(now) < limit;
    }

    @Override
    public long opens(int limit, int inFlight, long now) {
        if (inFlight >= limit) {
            return Nanos.NEVER;
        }
        int tooMany = inFlight + answers.count(now) - limit + 1;
        return Math.max(closedUntil, tooMany <= 0 ? now : answers.expiry(tooMany));
    }

    @Override
    public long earliest(int position, int limit, int inFlight, long now) {
        int counted = answers.count(now);
        // So many go together, and those behind them a window later each time.
        int rounds = (position - 1) / limit;
        int tooMany = inFlight + counted + position - rounds * limit - limit;
        long first = tooMany <= 0 ? now : tooMany <= counted ? answers.expiry(tooMany) : now + span;
        return Nanos.plus(Math.max(closedUntil, first), Nanos.times(rounds, span));
    }

    @Override
    public void answered(int limit, long time) {
        answers.add(time, 1);
    }

    @Override
    public int use(int inFlight, long now) {
        return now < closedUntil ? calls : inFlight + answers.count(now);
    }

    @Override
    public void fill(long time) {
        closedUntil = time + span;
    }

    @Override
    public long nanosLeft(long now) {
        return Math.max(0, closedUntil - now);
    }

    @Override
    public List<Ledger.Answered> answers(long now) {
        answers.count(now);
        return answers.ages(now);
    }

    @Override
    public void restore(Ledger.Count left, long now) {
        closedUntil = now + left.nanosLeft();
        left.answered().forEach(each -> answers.add(now - each.ageNanos(), each.calls()));
    }
}
