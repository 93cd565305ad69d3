package dev.tournant.cluster.gate;

import java.util.List;

/**
 * What a pool has used, as ages, so that it means the same on another clock. Reading it later makes it err on the safe
 * side.
 *
 * @param counts one for each rule
 * @param inFlight calls whose end is owed, the oldest first
 * @param stoppedNanos how long the pool still stands still, because the partner wished so
 */
public record Ledger(List<Count> counts, List<Flight> inFlight, long stoppedNanos) {
    public Ledger {
        counts = List.copyOf(counts);
        inFlight = List.copyOf(inFlight);
    }

    /**
     * What counts against one rule.
     *
     * @param nanosLeft of a window or a number at one time: how long it stays closed; of a bucket: how long it takes to
     *     drain
     * @param limit as lowered by refusals
     * @param answered of a window: the oldest first
     */
    public record Count(Rule rule, long nanosLeft, int limit, List<Answered> answered) {
        public Count {
            answered = List.copyOf(answered);
        }
    }

    /** Calls that were answered so long ago, or longer. */
    public record Answered(long ageNanos, int calls) {}

    /** @param nanosLeft how long it may still take until the partner has counted it */
    public record Flight(long id, long nanosLeft, boolean lost) {}
}
