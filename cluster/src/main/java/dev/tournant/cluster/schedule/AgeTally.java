package dev.tournant.cluster.schedule;

/** Ages counted by size, in bins a twentieth wide: percentiles of a million without sorting. */
final class AgeTally {
    private static final double WIDTH = Math.log(1.05);
    private static final double LEAST = 1e-3;
    private static final int BINS = 600;

    private final int[] bins = new int[BINS];
    private int count;
    private double most;

    void add(double seconds) {
        int bin = seconds <= LEAST ? 0 : (int) (Math.log(seconds / LEAST) / WIDTH) + 1;
        bins[Math.min(BINS - 1, bin)]++;
        count++;
        most = Math.max(most, seconds);
    }

    int count() {
        return count;
    }

    /** The largest, exactly; 0 without any. */
    double most() {
        return most;
    }

    /** That share is at most as old, to a twentieth; 0 without any. */
    double percentile(double share) {
        double wanted = share * count;
        int seen = 0;
        for (int bin = 0; bin < BINS; bin++) {
            seen += bins[bin];
            if (seen > 0 && seen >= wanted) {
                return Math.min(most, LEAST * Math.exp(bin * WIDTH));
            }
        }
        return most;
    }
}
