package dev.tournant.conformance;

import java.time.Duration;

/**
 * How much is tried.
 *
 * @param seed of everything that is generated: the same seed tries the same
 * @param casesMax generated cases of one check, 1 to 100,000
 * @param recordsMax records in the largest document that is made, 100 to 100,000
 * @param callsMax requests that one check sends to a counterpart, 10 to 100,000
 * @param checkTimeMax how long one check may take, for whoever keeps the time
 */
public record Effort(long seed, int casesMax, int recordsMax, int callsMax, Duration checkTimeMax) {
    /** Some seconds for all checks together. */
    public static final Effort USUAL = new Effort(20_261_122, 200, 10_000, 1_000, Duration.ofMinutes(1));

    public Effort {
        check("casesMax", casesMax, 1);
        check("recordsMax", recordsMax, 100);
        check("callsMax", callsMax, 10);
        if (checkTimeMax.isNegative() || checkTimeMax.isZero()) {
            throw new IllegalArgumentException("checkTimeMax must be longer than nothing, not " + checkTimeMax);
        }
    }

    private static void check(String name, int value, int least) {
        if (value < least || value > 100_000) {
            throw new IllegalArgumentException(name + " must be from " + least + " to 100000, not " + value);
        }
    }

    public Effort withSeed(long other) {
        return new Effort(other, casesMax, recordsMax, callsMax, checkTimeMax);
    }

    public Effort withCases(int most) {
        return new Effort(seed, most, recordsMax, callsMax, checkTimeMax);
    }
}
