package dev.tournant.adapter;

/** What a partner can be asked for. What an adapter does not declare is not expected of it, and all else is. */
public enum Capability {
    READ_CATALOGUE,
    WRITE_CATALOGUE,
    READ_STOCK,
    WRITE_STOCK,
    READ_STORE,
    WRITE_STORE,
    /** Has a name and no functions yet: an adapter that declares it is refused. */
    ORDERS,
    WEBHOOKS,
    /** A cheap request tells whether anything changed. */
    PROBE,
    /** A fetch can begin where the one before ended. */
    INCREMENTAL,
    /** A write is answered before it is done, and its end is told later. */
    ASYNCHRONOUS;

    /** Whether an adapter can be asked for anything by it; one that cannot may not be declared. */
    public boolean hasFunctions() {
        return this != ORDERS;
    }
}
