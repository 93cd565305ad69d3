package dev.tournant.cluster.schedule;

import java.util.List;

/** What a pool of such resources would come to with other budgets, sizes, or without webhooks. */
final class Suppositions {
    private static final int STEPS = 30;

    private final double lagWeight;

    Suppositions(double lagWeight) {
        this.lagWeight = lagWeight;
    }

    /**
     * @param sample resources that stand for all
     * @param callsPerSecond what falls to them
     */
    Forecast of(List<Rates> sample, double callsPerSecond) {
        if (sample.isEmpty()) {
            return new Forecast(1, 1, 0, 0);
        }
        Bound bound = Bound.freshness(sample, callsPerSecond);
        PolicyOutcome outcome = new PolicyOutcome(lagWeight);
        double low = Math.log(1e-12 * bound.price() + 1e-300);
        double high = Math.log(1e6 * sample.size() / callsPerSecond);
        for (int i = 0; i < STEPS; i++) {
            double middle = (low + high) / 2;
            if (calls(sample, Math.exp(middle), outcome) > callsPerSecond) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double fresh = 0;
        double lag = 0;
        double weights = 0;
        double changes = 0;
        for (Rates each : sample) {
            outcome.of(each, Math.exp(high));
            boolean isPolled = outcome.cycle() < Double.POSITIVE_INFINITY;
            fresh += isPolled ? each.weight() * outcome.freshTime() / outcome.cycle() : 0;
            lag += isPolled ? each.weight() * outcome.lagTime() / outcome.cycle() : Double.POSITIVE_INFINITY;
            weights += each.weight();
            changes += each.weight() * each.changes();
        }
        return new Forecast(fresh / weights, bound.fresh(), lag / changes, bound.price());
    }

    private static double calls(List<Rates> sample, double price, PolicyOutcome outcome) {
        double calls = 0;
        for (Rates each : sample) {
            outcome.of(each, price);
            calls += outcome.calls(each);
        }
        return calls;
    }
}
