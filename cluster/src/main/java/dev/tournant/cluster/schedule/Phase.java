package dev.tournant.cluster.schedule;

/** Where a resource stands. */
public enum Phase {
    /** Waits for its first whole read. */
    NEWCOMER(0),
    /** Is polled when it is worth it. */
    WATCHED(1),
    /** Its last poll failed; it is tried again later. */
    BACKING_OFF(2),
    /** Has failed for long; it is tried now and then. */
    PARKED(3),
    /** Is not asked for until {@link PollSchedule#release}, such as while an authorisation is missing. */
    HELD(4);

    private static final Phase[] ALL = values();

    private final byte number;

    Phase(int number) {
        this.number = (byte) number;
    }

    /** In tables and snapshots: never changes. */
    byte number() {
        return number;
    }

    static Phase of(int number) {
        return ALL[number];
    }
}
