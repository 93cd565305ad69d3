package dev.tournant.deploy.faults.gates;

/**
 * When a call was at a partner, in nanoseconds of its clock.
 *
 * @param counted {@link #NOT_YET} until then
 * @param answered {@link #NOT_YET} until then
 */
record Stay(long arrived, long counted, long answered) {
    static final long NOT_YET = Long.MAX_VALUE;

    boolean isCounted() {
        return counted != NOT_YET;
    }
}
