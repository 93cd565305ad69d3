package dev.tournant.cluster.gate;

import java.time.Duration;

/** What a pool says to a {@link Wish}: exactly one of these to each, sooner or later. */
public sealed interface Verdict {
    long id();

    /** It may go, once, within the permit life. Its {@link End} is owed. */
    record Grant(long id) implements Verdict {}

    /**
     * It may not go, and holds nothing.
     *
     * @param after when it could go at the earliest, counted from now and as far as can be told: should the calls ahead
     *     of it go, and those in flight be answered at this moment
     * @param why one sentence for operators
     */
    record Refuse(long id, Duration after, String why) implements Verdict {}
}
