package dev.tournant.cluster.schedule;

/** Where a resource stands. */
public enum Phase {
    /** Waits for its first whole read. */
    NEWCOMER,
    /** Is polled when it is worth it. */
    WATCHED,
    /** Its last poll failed; it is tried again later. */
    BACKING_OFF,
    /** Has failed for long; it is tried now and then. */
    PARKED,
    /** Is not asked for until {@link PollSchedule#release}, such as while an authorisation is missing. */
    HELD;

    private static final Phase[] ALL = values();

    static Phase of(int ordinal) {
        return ALL[ordinal];
    }
}
