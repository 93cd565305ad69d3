package dev.tournant.cluster.schedule;

/**
 * What comes of polling a resource whenever a poll is worth a price, freshness and lag together, but never sooner after the last one
 * than its class allows, and at its maximum age at the latest. The threshold is then one
 * in time for each number of signals; the probabilities of these numbers are followed in time, as for a birth process that
 * ends where its threshold is.
 */
final class PolicyOutcome {
    private static final int SIGNALS_MAX = 40;
    private static final double STEP = 0.25;
    private static final double STEPS_MIN = 64;
    private static final double GONE = 1e-6;
    private static final double HELD_SIGMAS = 4;

    private final PollValue value;
    private final double[] thresholds = new double[SIGNALS_MAX];
    private double[] alive = new double[SIGNALS_MAX];
    private double[] next = new double[SIGNALS_MAX];
    private final double[] slopes = new double[4 * SIGNALS_MAX];
    private int states;

    /** Means over a cycle from poll to poll: seconds, fresh seconds, seconds times unseen changes. */
    private double cycle;

    private double freshTime;
    private double lagTime;

    PolicyOutcome(double lagWeight) {
        this.value = new PollValue(lagWeight);
    }

    double cycle() {
        return cycle;
    }

    double freshTime() {
        return freshTime;
    }

    double lagTime() {
        return lagTime;
    }

    /** Calls a second. */
    double calls(Rates rates) {
        double more = rates.callsChanged() - rates.callsUnchanged();
        return cycle == Double.POSITIVE_INFINITY
                ? 0
                : (rates.callsUnchanged() + more * Math.min(1, rates.changes() * freshTime)) / cycle;
    }

    void of(Rates rates, double price) {
        of(rates, price, 0, Double.POSITIVE_INFINITY);
    }

    /**
     * @param soonest seconds after the last poll
     * @param latest seconds after the last poll; infinite where it may starve
     */
    void of(Rates rates, double price, double soonest, double latest) {
        value.of(rates.silent(), rates.signals(), rates.precision(), rates.weight())
                .costing(rates.callsUnchanged(), rates.callsChanged());
        double exposure = FreshnessIndex.exposure(rates.precision());
        // Signals that come while it may not be polled yet; more are hardly ever.
        double held = rates.signals() * soonest;
        int most = 0;
        states = 0;
        while (states < SIGNALS_MAX) {
            double from = exposure * states;
            boolean isWorthIt = value.from(from, rates.precision() * states).after(0) >= price;
            if (isWorthIt && most++ >= held + HELD_SIGMAS * Math.sqrt(held)) {
                break;
            }
            double until = isWorthIt ? 0 : value.until(price);
            thresholds[states++] = Math.max(soonest, Math.min(latest, until));
            if (rates.signals() <= 0 || rates.precision() < 0.02) {
                break;
            }
        }
        if (states == SIGNALS_MAX) {
            // So many signals from poll to poll are nearly a stream: it is as good as polled when their mean would make
            // it worth it.
            of(rates.deaf(), price, soonest, latest);
            return;
        }
        follow(rates);
    }

    private void follow(Rates rates) {
        cycle = 0;
        freshTime = 0;
        lagTime = 0;
        if (thresholds[0] == Double.POSITIVE_INFINITY && states == 1 && rates.signals() <= 0) {
            cycle = Double.POSITIVE_INFINITY;
            freshTime = 1 / rates.changes();
            lagTime = Double.POSITIVE_INFINITY;
            return;
        }
        boolean isDeaf = rates.signals() <= 0 || rates.precision() < 0.02;
        double birth = isDeaf ? 0 : rates.signals();
        double silent = isDeaf ? rates.changes() : rates.silent();
        java.util.Arrays.fill(alive, 0, states, 0);
        alive[0] = 1;
        double longest = 40 / silent;
        double t = 0;
        double left = 1;
        double step = Math.min(Math.min(thresholds[0], longest) / STEPS_MIN, birth > 0 ? STEP / birth : longest);
        while (left > GONE && t < longest) {
            double h = step;
            for (int n = 0; n < states; n++) {
                if (thresholds[n] > t * (1 + 1e-12) && thresholds[n] - t < h) {
                    h = thresholds[n] - t;
                }
            }
            weigh(rates, silent, t, h / 6);
            advance(birth, t, h / 2);
            weigh(rates, silent, t + h / 2, 4 * h / 6);
            advance(birth, t, h / 2);
            weigh(rates, silent, t + h, h / 6);
            t += h;
            left = 0;
            for (int n = 0; n < states; n++) {
                if (thresholds[n] <= t * (1 + 1e-12)) {
                    alive[n] = 0;
                }
                left += alive[n];
            }
        }
        starve(rates, t);
    }

    /** What is left at a time when nothing is fresh any more waits for its maximum age. */
    private void starve(Rates rates, double t) {
        for (int n = 0; n < states; n++) {
            if (alive[n] > GONE && thresholds[n] > t && thresholds[n] < Double.POSITIVE_INFINITY) {
                cycle += alive[n] * (thresholds[n] - t);
                lagTime += alive[n] * rates.changes() * (thresholds[n] * thresholds[n] - t * t) / 2;
            }
        }
    }

    private void weigh(Rates rates, double silent, double t, double share) {
        double fresh = Math.exp(-silent * t);
        for (int n = 0; n < states; n++) {
            cycle += share * alive[n];
            freshTime += share * alive[n] * fresh;
            lagTime += share * alive[n] * (silent * t + rates.precision() * n);
            fresh *= 1 - rates.precision();
        }
    }

    /** A step of Runge and Kutta, of the states whose thresholds are not past at t. */
    private void advance(double birth, double t, double h) {
        double[] factors = {0, 0.5, 0.5, 1};
        for (int k = 0; k < 4; k++) {
            for (int n = 0; n < states; n++) {
                double at = alive[n] + (k == 0 ? 0 : factors[k] * h * slopes[(k - 1) * SIGNALS_MAX + n]);
                double before = n == 0
                        ? 0
                        : alive[n - 1] + (k == 0 ? 0 : factors[k] * h * slopes[(k - 1) * SIGNALS_MAX + n - 1]);
                slopes[k * SIGNALS_MAX + n] = thresholds[n] > t * (1 + 1e-12) ? birth * (before - at) : 0;
            }
        }
        for (int n = 0; n < states; n++) {
            next[n] = alive[n]
                    + h
                            / 6
                            * (slopes[n]
                                    + 2 * slopes[SIGNALS_MAX + n]
                                    + 2 * slopes[2 * SIGNALS_MAX + n]
                                    + slopes[3 * SIGNALS_MAX + n]);
        }
        double[] swap = alive;
        alive = next;
        next = swap;
    }
}
