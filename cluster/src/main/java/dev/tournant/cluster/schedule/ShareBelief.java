package dev.tournant.cluster.schedule;

/**
 * A belief about the share of signals that are true, as a beta distribution, told by looks that only say whether anything
 * had changed after so many signals. Kept a beta by its mean and variance, as in {@link RateBelief}.
 */
final class ShareBelief {
    /** More signals than this between two looks say no more. */
    private static final int SIGNALS_MAX = 64;

    private double hits;
    private double misses;

    void set(double hits, double misses) {
        this.hits = hits;
        this.misses = misses;
    }

    double hits() {
        return hits;
    }

    double misses() {
        return misses;
    }

    double mean() {
        return hits / (hits + misses);
    }

    /** The probability that none of so many signals was true. */
    double none(int signals) {
        double none = 1;
        int counted = Math.min(signals, SIGNALS_MAX);
        for (int i = 0; i < counted; i++) {
            none *= (misses + i) / (hits + misses + i);
        }
        return none;
    }

    /** None of them was true. */
    void unchanged(int signals) {
        misses += Math.min(signals, SIGNALS_MAX);
    }

    /**
     * Something had changed.
     *
     * @param otherwise the probability that nothing had changed unsignalled
     */
    void changed(int signals, double otherwise) {
        if (signals == 0) {
            return;
        }
        double nothing = none(signals) * otherwise;
        double something = 1 - nothing;
        if (something < 1e-9) {
            return;
        }
        int counted = Math.min(signals, SIGNALS_MAX);
        double all = hits + misses;
        double more = all + counted;
        double mean = (hits / all - nothing * hits / more) / something;
        double square = hits * (hits + 1) * (1 / (all * (all + 1)) - nothing / (more * (more + 1))) / something;
        double variance = square - mean * mean;
        if (variance <= 0 || mean >= 1) {
            return;
        }
        double total = mean * (1 - mean) / variance - 1;
        hits = mean * total;
        misses = (1 - mean) * total;
    }
}
