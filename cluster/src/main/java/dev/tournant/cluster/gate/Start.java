package dev.tournant.cluster.gate;

/** What a new holder knows of what the pool has used. */
public sealed interface Start {
    /** The pool has never been used. */
    Start EMPTY = new Empty();

    /**
     * Nothing is known: a former holder may have granted all there is just now. The pool counts as if all that may be
     * on its way were answered as late as it can be.
     */
    Start FULL = new Full();

    /** A former holder has stopped and left this. Calls in flight stay known: their ends find them. */
    static Start of(Ledger ledger) {
        return new Left(ledger);
    }

    record Empty() implements Start {}

    record Full() implements Start {}

    record Left(Ledger ledger) implements Start {}
}
