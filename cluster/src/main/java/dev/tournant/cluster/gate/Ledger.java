package dev.tournant.cluster.gate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pool has used, as ages, so that it means the same on another clock. Reading it later makes it err on the safe
 * side.
 *
 * @param counts one for each rule
 * @param inFlight calls whose end is owed, the oldest first
 * @param stoppedNanos how long the pool still stands still, because the partner wished so
 * @param lowered counts of which only that holds by what they are lowered, whatever else is known
 */
public record Ledger(List<Count> counts, List<Flight> inFlight, long stoppedNanos, List<Count> lowered) {
    public Ledger {
        counts = List.copyOf(counts);
        lowered = List.copyOf(lowered);
        inFlight = List.copyOf(inFlight);
    }

    /** Where nothing is known but what is counted. */
    public Ledger(List<Count> counts, List<Flight> inFlight, long stoppedNanos) {
        this(counts, inFlight, stoppedNanos, List.of());
    }

    /**
     * What counts against one rule.
     *
     * @param nanosLeft of a window or a number at one time: how long it stays closed; of a bucket: how long it takes to
     *     drain
     * @param limit as lowered by refusals
     * @param answered of a window: the oldest first
     * @param told how the partner's words lower it
     */
    public record Count(Rule rule, long nanosLeft, int limit, List<Answered> answered, Told told) {
        public Count {
            answered = List.copyOf(answered);
        }

        /** Where the partner said nothing. */
        Count(Rule rule, long nanosLeft, int limit, List<Answered> answered) {
            this(rule, nanosLeft, limit, answered, Told.NOTHING);
        }
    }

    /**
     * What the partner told that still holds.
     *
     * @param said a lower limit than declared; null where there is none
     * @param besideOthers what others leave of the limit; null where there are none
     */
    public record Told(@Nullable Lowered said, @Nullable Lowered besideOthers) {
        static final Told NOTHING = new Told(null, null);
    }

    /** So many calls at most, for so long. */
    public record Lowered(int limit, long nanosLeft) {}

    /** Calls that were answered so long ago, or longer; a negative age is so much later. */
    public record Answered(long ageNanos, int calls) {}

    /**
     * A call that was granted and whose end is not known.
     *
     * @param nanosLeft how long it may still take until the partner has counted it
     * @param lost whether it was given up
     */
    public record Flight(long id, long nanosLeft, boolean lost) {}
}
