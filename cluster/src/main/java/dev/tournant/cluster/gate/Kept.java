package dev.tournant.cluster.gate;

import dev.tournant.adapter.News;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One rule as it is kept: what counts against it, and what it allows now. */
final class Kept {
    /** What counts as the window of a limit on calls at one time. */
    private static final long CONCURRENT_WINDOW_NANOS = 10_000_000_000L;

    private final Rule rule;
    private final Tally tally;
    private final Lowering lowering;

    Kept(Rule rule, double clockError) {
        this.rule = rule;
        this.tally = Tally.of(rule, clockError);
        this.lowering = new Lowering(rule.calls(), window(rule));
    }

    private static long window(Rule rule) {
        if (rule instanceof Rule.Window window) {
            return window.per().toNanos();
        }
        return rule instanceof Rule.Bucket bucket ? bucket.per().toNanos() : CONCURRENT_WINDOW_NANOS;
    }

    boolean hasRoom(int inFlight, long now) {
        return tally.hasRoom(lowering.limit(now), inFlight, now);
    }

    /** When time alone makes room for one, or lets the limit rise. */
    long opens(int inFlight, long now) {
        return Math.min(lowering.nextChange(now), tally.opens(lowering.limit(now), inFlight, now));
    }

    /** What lowers it may end by time alone, long before the lower limit would have room. */
    long earliest(int position, int inFlight, long now) {
        long earliest = tally.earliest(position, lowering.limit(now), inFlight, now);
        for (long at = lowering.nextChange(now); at < earliest; at = lowering.nextChange(at)) {
            long then = tally.earliest(position, lowering.limit(at), inFlight, now);
            earliest = Math.min(earliest, Math.max(at, then));
        }
        return earliest;
    }

    void answered(long time) {
        tally.answered(lowering.limit(time), time);
    }

    void refused(long now) {
        lowering.refused(now);
    }

    void taken(long now) {
        lowering.taken(now);
    }

    void told(News news, int inFlight, long now) {
        // The partner may count the answered call itself as one at this time.
        int answered = rule instanceof Rule.Concurrent ? 1 : 0;
        lowering.told(news, tally.use(inFlight, now) + answered, now);
    }

    void fill(long time) {
        tally.fill(time);
    }

    boolean isLowered(long now) {
        return lowering.limit(now) < rule.calls();
    }

    /** By what it is lowered, and nothing of what counts. */
    Ledger.Count lowered(long now) {
        return new Ledger.Count(rule, 0, lowering.afterRefusals(), List.of(), lowering.told(now));
    }

    /** Until when refusals lower it, if all goes well from now on. */
    long refusalsUntil(long now) {
        return lowering.afterRefusalsUntil(now);
    }

    Ledger.Count left(long now) {
        return new Ledger.Count(
                rule, tally.nanosLeft(now), lowering.afterRefusals(), tally.answers(now), lowering.told(now));
    }

    /** Takes over what one of the counts says of this rule; false if none does. */
    boolean restore(List<Ledger.Count> counts, long now) {
        for (Ledger.Count count : counts) {
            if (rule.isCountedLike(count.rule())) {
                tally.restore(count, now);
                lower(count, now);
                return true;
            }
        }
        lower(counts, now);
        return false;
    }

    private void lower(Ledger.Count count, long now) {
        lowering.restore(count.limit() == count.rule().calls() ? rule.calls() : count.limit(), now);
        lowering.restore(count.told(), now);
    }

    /** Takes over by what these lower this rule, and nothing else. */
    void lower(List<Ledger.Count> counts, long now) {
        counts.stream().filter(count -> rule.isCountedLike(count.rule())).forEach(count -> lower(count, now));
        // What the partner told of its limit holds, whichever way it was declared before.
        counts.stream()
                .filter(count -> count.rule().getClass() == rule.getClass())
                .forEach(count -> lowering.restore(count.told(), now));
    }

    /** @param stopped why nothing goes; null if the pool does not stand still */
    PoolView.Used view(PoolView.@Nullable Lowered stopped, int inFlight, long now) {
        List<PoolView.Lowered> reasons = lowering.reasons(now);
        if (stopped != null) {
            reasons.add(0, stopped);
        }
        int limit = stopped == null ? lowering.limit(now) : stopped.limit();
        return new PoolView.Used(rule, limit, tally.use(inFlight, now), reasons);
    }
}
