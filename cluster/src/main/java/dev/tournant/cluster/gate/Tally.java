package dev.tournant.cluster.gate;

import java.util.List;

/**
 * What counts against one rule. Times are nanoseconds, 0 or later, and only go forward. {@code limit} is how many calls
 * the rule allows now, from 1 to what was declared; {@code inFlight} how many are granted and not ended.
 */
interface Tally {
    /** Whether one more may go. */
    boolean hasRoom(int limit, int inFlight, long now);

    /** When time alone makes room for one; now where there is; {@link Nanos#NEVER} where only the end of a call does. */
    long opens(int limit, int inFlight, long now);

    /** When the {@code position}th call from now, 1 or more, can go if those in flight and before it are answered at once. */
    long earliest(int position, int limit, int inFlight, long now);

    /** A call that was in flight has been counted by the partner at this time at the latest. */
    void answered(int limit, long time);

    /** Calls that count now. */
    int use(int inFlight, long now);

    /** Counts as if all the limit allows were answered at this time. */
    void fill(long time);

    /** As in {@link Ledger.Count}. */
    long nanosLeft(long now);

    List<Ledger.Answered> answers(long now);

    /** Takes over what such a tally of the same rule has left. */
    void restore(Ledger.Count left, long now);

    static Tally of(Rule rule, double clockError) {
        if (rule instanceof Rule.Window window) {
            return new WindowTally(window.calls(), Nanos.stretched(window.per(), clockError));
        }
        if (rule instanceof Rule.Bucket bucket) {
            double each = (double) Nanos.stretched(bucket.per(), clockError) / bucket.drained();
            return new BucketTally(bucket.calls(), (long) Math.ceil(each));
        }
        return new ConcurrentTally(rule.calls());
    }
}
