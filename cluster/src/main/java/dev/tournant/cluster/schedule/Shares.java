package dev.tournant.cluster.schedule;

/**
 * What of the calls goes, at most, to resources that are not chosen by what a poll of them is worth, while such wait. Calls that
 * nobody else wants any of them may have.
 *
 * @param newcomers for first reads; above 0, at most 1
 * @param failing for what failed when it was tried last; above 0, at most 1
 * @param failingAtOnce polls under way at the same time of what failed, as each may hang; at least 1
 * @param aged of the calls that these two leave, for resources that near their maximum age, the one first that reaches it first;
 *     above 0, at most 1
 */
public record Shares(double newcomers, double failing, int failingAtOnce, double aged) {
    public Shares {
        share("newcomers", newcomers);
        share("failing", failing);
        Checks.atLeast("failingAtOnce", failingAtOnce, 1);
        share("aged", aged);
    }

    private static void share(String name, double value) {
        Checks.above(name, value, 0);
        if (value > 1) {
            throw new IllegalArgumentException(name + " must be at most 1, not " + value);
        }
    }
}
