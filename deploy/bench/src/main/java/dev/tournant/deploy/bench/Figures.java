package dev.tournant.deploy.bench;

import java.util.Arrays;
import java.util.List;

/** The arithmetic of the tables. */
final class Figures {
    private Figures() {}

    /**
     * The smallest sample that at least {@code percent} of all samples do not exceed (nearest rank); 0 of none.
     *
     * @param sorted in ascending order
     * @param percent above 0, at most 100
     */
    static long percentile(long[] sorted, double percent) {
        if (sorted.length == 0) {
            return 0;
        }
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.max(1, rank) - 1];
    }

    /** The middle value, or the mean of the two in the middle; NaN of none. */
    static double median(List<Double> values) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The distance between the smallest and the largest value, in percent of the median. */
    static double spreadPercent(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted.length == 0 ? 0 : 100 * (sorted[sorted.length - 1] - sorted[0]) / median(values);
    }

    static long[] sorted(long[] samples, int size) {
        long[] all = Arrays.copyOf(samples, size);
        Arrays.sort(all);
        return all;
    }
}
