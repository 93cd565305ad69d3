package dev.tournant.deploy.standins.core;

/** What all faults have in common: ratios, and waits and counts that stay within reason. */
public final class FaultChecks {
    private static final long VALUE_MAX = 600_000;

    private FaultChecks() {}

    public static void checkRatio(String name, double ratio) {
        if (!(ratio >= 0 && ratio <= 1)) {
            throw new IllegalArgumentException(name + " is a ratio from 0 to 1, not " + ratio);
        }
    }

    public static void checkRange(String name, long value) {
        if (value < 0 || value > VALUE_MAX) {
            throw new IllegalArgumentException(name + " is from 0 to " + VALUE_MAX + ", not " + value);
        }
    }
}
