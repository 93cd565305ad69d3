package dev.tournant.cluster.schedule;

/**
 * What a poll is worth where each unseen change costs a second a second: the same argument as for {@link FreshnessIndex}
 * with the expected number of unseen changes, c = a t + p n, in place of staleness. Polling whenever c reaches a threshold
 * gives Lambda(c) = integral of psi_p(u) du up to c, with psi_p the cycle at exposure p a signal.
 */
final class LagIndex {
    private static final int TERMS = 100;

    private double silent;
    private double signals;
    private double precision;
    private double changes;

    void of(double silentRate, double signalRate, double precision) {
        this.silent = silentRate;
        this.signals = signalRate;
        this.precision = precision;
        this.changes = silentRate + precision * signalRate;
    }

    /** Expected seconds from poll to poll. */
    double cycle(double c) {
        if (fluid(c)) {
            return c / changes;
        }
        double sum = 0;
        int last = (int) (c / precision);
        for (int j = 0; j <= last; j++) {
            sum += tail(j, y(c, j));
        }
        return sum / signals;
    }

    /** The index in seconds, for weight 1; without signals c^2 / 2D. */
    double value(double c) {
        if (fluid(c)) {
            return c * c / (2 * changes);
        }
        double sum = 0;
        int last = (int) (c / precision);
        for (int j = 0; j <= last; j++) {
            double y = y(c, j);
            sum += y * tail(j, y) - (j + 1) * tail(j + 1, y);
        }
        return sum * silent / (signals * signals);
    }

    private boolean fluid(double c) {
        return signals <= 0 || precision < 0.02 || c / precision > TERMS;
    }

    private double y(double c, int j) {
        return signals / silent * Math.max(0, c - precision * j);
    }

    /** P(Poisson(y) &gt; j). */
    private static double tail(int j, double y) {
        double term = Math.exp(-y);
        double sum = term;
        for (int k = 1; k <= j; k++) {
            term *= y / k;
            sum += term;
        }
        return Math.max(0, 1 - sum);
    }

    /** The expected unseen changes at which the index reaches a price. */
    double threshold(double price) {
        double low = 0;
        double high = Math.sqrt(2 * changes * price) + 1;
        while (value(high) < price) {
            high *= 2;
        }
        for (int i = 0; i < 60 && high - low > 1e-12 * high; i++) {
            double middle = (low + high) / 2;
            if (value(middle) < price) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }
}
