package dev.tournant.cluster.schedule;

/**
 * What a poll of one resource is worth, in seconds of freshness, where changes are Poisson and webhooks tell of some of
 * them and sometimes of none: the index of Busa-Fekete and others, Optimal web crawling with change-indicating signals
 * (WWW 2025), which is the Whittle index of the problem. Without webhooks it is that of Azar and others (PNAS 2018) and,
 * at the threshold, the allocation of Cho and Garcia-Molina (TODS 2003).
 *
 * <p>With silent changes at rate a, signals at rate g of which a share p is true: a copy of age t with n signals since is
 * fresh with probability exp(-x), x = a t + b n, b = -ln(1-p). Polling whenever x reaches a threshold takes {@code cycle}
 * seconds on average from poll to poll, {@code freshTime} of them fresh.
 *
 * <p>Mutable, so that millions of evaluations allocate nothing: {@link #of} sets the resource, {@link #at} the
 * threshold.
 */
final class FreshnessIndex {
    /** Signals below this precision say next to nothing: their sum would be long and change nothing. */
    private static final double PRECISION_MIN = 0.02;

    private static final double PRECISION_MAX = 0.9995;

    /** Beyond so many signals to a poll the sum is left for its fluid limit. */
    private static final int TERMS = 24;

    /** From there on 1 - exp(-x) is exact to a millionth of a milliardth, and takes nothing beside exp(-x). */
    private static final double EXACT = 0.1;

    private static final double[] INVERSE = new double[TERMS + 1];

    static {
        for (int k = 1; k <= TERMS; k++) {
            INVERSE[k] = 1.0 / k;
        }
    }

    private double silent;
    private double signals;
    private double changes;
    private double exposure;
    private double noise;
    private boolean deaf;

    private double fresh;
    private double cycle;
    private double freshTime;

    /** Silent changes a second; signals a second; the share of signals that are true. */
    void of(double silentRate, double signalRate, double precision) {
        of(silentRate, signalRate, precision, exposure(precision));
    }

    /** The same where it is known what {@link #exposure} says of that precision. */
    void of(double silentRate, double signalRate, double precision, double exposureOfOne) {
        double p = Math.min(precision, PRECISION_MAX);
        deaf = p < PRECISION_MIN || signalRate <= 0;
        changes = silentRate + p * Math.max(0, signalRate);
        silent = deaf ? changes : silentRate;
        signals = deaf ? 0 : signalRate;
        noise = (1 - p) * signals;
        exposure = deaf ? 0 : exposureOfOne;
    }

    /** The exposure that one signal adds: b. */
    static double exposure(double precision) {
        return -Math.log1p(-Math.min(precision, PRECISION_MAX));
    }

    /** Evaluates the policy that polls when the exposure reaches x. */
    void at(double x) {
        fresh = Math.exp(-x);
        if (deaf || !(x / exposure < TERMS)) {
            cycle = x / (silent + signals * exposure);
            freshTime = (x < EXACT ? -Math.expm1(-x) : 1 - fresh) / changes;
            return;
        }
        double either = silent + signals;
        int last = (int) (x / exposure);
        double step = exposure / silent;
        double left = Math.max(0, (x - exposure * last) / silent);
        double none = Math.exp(-signals * left);
        double noneOfEither = Math.exp(-either * left);
        double noneAStep = Math.exp(-signals * step);
        double noneOfEitherAStep = Math.exp(-either * step);
        cycle = 0;
        freshTime = 0;
        // From the last term on: so each exponential follows from the one before, and none overflows.
        for (int j = last; j >= 0; j--) {
            double term = none;
            double sum = none;
            double termOfEither = noneOfEither;
            double sumOfEither = noneOfEither;
            for (int k = 1; k <= j; k++) {
                double share = left * INVERSE[k];
                term *= signals * share;
                sum += term;
                termOfEither *= either * share;
                sumOfEither += termOfEither;
            }
            cycle += Math.max(0, 1 - sum);
            freshTime = freshTime * (noise / either) + Math.max(0, 1 - sumOfEither);
            left += step;
            none *= noneAStep;
            noneOfEither *= noneOfEitherAStep;
        }
        cycle /= signals;
        freshTime /= either;
    }

    /** The probability that a copy is fresh that has just reached it. */
    double fresh() {
        return fresh;
    }

    /** Expected seconds from poll to poll: psi. */
    double cycle() {
        return cycle;
    }

    /** Expected fresh seconds among them: w. */
    double freshTime() {
        return freshTime;
    }

    /** Changes a second. */
    double changes() {
        return changes;
    }

    /** Exposure a second while no signal comes. */
    double silent() {
        return silent;
    }

    /** The index, in seconds, for weight 1. */
    double value() {
        return Math.max(0, freshTime - fresh * cycle);
    }

    /**
     * The exposure at which the index reaches a price (seconds, for weight 1), found by Newton's method on its
     * derivative exp(-x) psi(x); infinite if it never does.
     */
    double threshold(double price) {
        if (price * changes >= 1) {
            return Double.POSITIVE_INFINITY;
        }
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double x = Math.sqrt(2 * price * changes);
        for (int i = 0; i < 60; i++) {
            at(x);
            double excess = value() - price;
            if (excess > 0) {
                high = x;
            } else {
                low = x;
            }
            double slope = fresh * cycle;
            double next = slope > 0 ? x - excess / slope : Double.NaN;
            if (!(next > low && next < high)) {
                next = high < Double.POSITIVE_INFINITY ? (low + high) / 2 : low + 1;
            }
            if (Math.abs(next - x) <= 1e-10 * (1 + x)) {
                return next;
            }
            x = next;
        }
        return x;
    }
}
