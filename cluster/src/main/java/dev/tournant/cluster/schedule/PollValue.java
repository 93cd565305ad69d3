package dev.tournant.cluster.schedule;

/**
 * What a poll of one resource is worth a call: freshness and lag together. The lag term is the fluid limit of {@link
 * LagIndex}. A fetch that is made only if something has changed enters with the marginal price of such a policy,
 * unchanged + (changed - unchanged) D V: exact without signals.
 */
final class PollValue {
    private static final double EXPOSURE_MOST = 36;
    private static final double TOLERANCE = 5e-3;
    private static final int STEPS_MAX = 40;

    private final FreshnessIndex index = new FreshnessIndex();
    private final double lagWeight;

    private double weight;
    private double callsUnchanged;
    private double callsMore;
    private double exposure;
    private double unseen;

    private double slope;

    PollValue(double lagWeight) {
        this.lagWeight = lagWeight;
    }

    /** How the resource behaves. */
    PollValue of(double silentRate, double signalRate, double precision, double weight) {
        return of(silentRate, signalRate, precision, FreshnessIndex.exposure(precision), weight);
    }

    /** The same where it is known what exposure one signal adds. */
    PollValue of(double silentRate, double signalRate, double precision, double exposureOfOne, double weight) {
        index.of(silentRate, signalRate, precision, exposureOfOne);
        this.weight = weight;
        return this;
    }

    /** What a poll costs, in calls. */
    PollValue costing(double unchanged, double changed) {
        callsUnchanged = unchanged;
        callsMore = Math.max(0, changed - unchanged);
        return this;
    }

    /** Where it stands, but for what silent changes add as time goes on: exposure, and expected unseen changes. */
    PollValue from(double exposureNow, double unseenNow) {
        exposure = exposureNow;
        unseen = unseenNow;
        return this;
    }

    /** Seconds of freshness a call, if it is polled so many seconds from there. */
    double after(double seconds) {
        double x = exposure + index.silent() * seconds;
        double c = unseen + index.silent() * seconds;
        index.at(x);
        double fresh = index.value();
        double lag = lagWeight * c * c / (2 * index.changes());
        double calls = callsUnchanged + callsMore * Math.min(1, index.changes() * fresh);
        slope = index.silent() * (index.fresh() * index.cycle() + lagWeight * c / index.changes()) * weight / calls;
        return weight * (fresh + lag) / calls;
    }

    /**
     * Seconds from there until it is worth a price, to a two-hundredth or so; infinite if it never is. Newton's method on
     * the square root, which is nearly straight, kept within brackets.
     */
    double until(double price) {
        double low = 0;
        double high = farthest(price);
        if (high == Double.POSITIVE_INFINITY) {
            return high;
        }
        double t = Math.min(high, Math.max(0.05, 1 - exposure) / index.silent());
        double wanted = Math.sqrt(price);
        for (int i = 0; i < STEPS_MAX; i++) {
            double root = Math.sqrt(after(t));
            if (root >= wanted) {
                high = t;
            } else {
                low = t;
            }
            double next = t - (root - wanted) * 2 * root / slope;
            if (!(next > low && next < high)) {
                next = (low + high) / 2;
            }
            if (Math.abs(next - t) <= TOLERANCE * t || high - low <= TOLERANCE * high) {
                // Rather a little late: what is looked at too early has to be looked at again.
                return Math.max(next, t) * (1 + TOLERANCE);
            }
            t = next;
        }
        return high;
    }

    /** A time by which it is worth the price. */
    private double farthest(double price) {
        if (lagWeight > 0) {
            double most = price * (callsUnchanged + callsMore) / (weight * lagWeight);
            double c = Math.sqrt(2 * index.changes() * most);
            return Math.max(0, c - unseen) / index.silent() * 1.001;
        }
        double last = Math.max(0, EXPOSURE_MOST - exposure) / index.silent();
        return after(last) < price ? Double.POSITIVE_INFINITY : last;
    }
}
