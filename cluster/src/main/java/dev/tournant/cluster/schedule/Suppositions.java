package dev.tournant.cluster.schedule;

import java.util.List;

/** What a pool of such resources would come to with other budgets, sizes, or without webhooks. */
final class Suppositions {
    private static final int STEPS = 16;

    /**
     * A resource that stands for some.
     *
     * @param of how often it may be polled, and has to be
     */
    record Sample(Rates rates, ResourceClass of) {}

    private final double lagWeight;
    private final double agedShare;
    private final double worthSeconds;

    /**
     * @param agedShare of the calls that maximum ages may take
     * @param worthSeconds below which no poll is made, whatever the calls
     */
    Suppositions(double lagWeight, double agedShare, double worthSeconds) {
        this.lagWeight = lagWeight;
        this.agedShare = agedShare;
        this.worthSeconds = worthSeconds;
    }

    /**
     * @param samples resources that stand for all
     * @param callsPerSecond what falls to them
     */
    Forecast of(List<Sample> samples, double callsPerSecond) {
        if (samples.isEmpty()) {
            return new Forecast(1, 1, 0, 0);
        }
        Bound bound = Bound.freshness(samples.stream().map(Sample::rates).toList(), callsPerSecond);
        PolicyOutcome outcome = new PolicyOutcome(lagWeight);
        double stretch = stretch(samples, callsPerSecond);
        double low = Math.log(Math.max(worthSeconds, 1e-12 * bound.price() + 1e-300));
        double high = Math.max(low, Math.log(1e6 * samples.size() / callsPerSecond));
        for (int i = 0; i < STEPS; i++) {
            double middle = (low + high) / 2;
            if (calls(samples, Math.exp(middle), stretch, outcome) > callsPerSecond) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double fresh = 0;
        double lag = 0;
        double weights = 0;
        double changes = 0;
        for (Sample each : samples) {
            Rates rates = each.rates();
            poll(each, Math.exp(high), stretch, outcome);
            boolean isPolled = outcome.cycle() < Double.POSITIVE_INFINITY;
            fresh += isPolled ? rates.weight() * outcome.freshTime() / outcome.cycle() : 0;
            lag += isPolled ? rates.weight() * outcome.lagTime() / outcome.cycle() : Double.POSITIVE_INFINITY;
            weights += rates.weight();
            changes += rates.weight() * rates.changes();
        }
        return new Forecast(fresh / weights, bound.fresh(), lag / changes, bound.price());
    }

    /** How many times as old as it should they get at most, as ages have no more than their share of the calls; at least 1. */
    private double stretch(List<Sample> samples, double callsPerSecond) {
        double allowed = agedShare * callsPerSecond;
        double high = 1;
        while (agedCalls(samples, high) > allowed) {
            high *= 2;
        }
        double low = high / 2;
        for (int i = 0; i < STEPS && high > 1; i++) {
            double middle = (low + high) / 2;
            if (agedCalls(samples, middle) > allowed) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** Calls a second if all are polled at so many times their maximum age, with what is fetched because it changed meanwhile. */
    private static double agedCalls(List<Sample> samples, double stretch) {
        double calls = 0;
        for (Sample each : samples) {
            Rates rates = each.rates();
            double age = stretch * each.of().maxAgeSeconds();
            double more = rates.callsChanged() - rates.callsUnchanged();
            calls += (rates.callsUnchanged() - more * Math.expm1(-rates.changes() * age)) / age;
        }
        return calls;
    }

    private static void poll(Sample sample, double price, double stretch, PolicyOutcome outcome) {
        outcome.of(
                sample.rates(),
                price,
                sample.of().minIntervalSeconds(),
                stretch * sample.of().maxAgeSeconds());
    }

    private static double calls(List<Sample> samples, double price, double stretch, PolicyOutcome outcome) {
        double calls = 0;
        for (Sample each : samples) {
            poll(each, price, stretch, outcome);
            calls += outcome.calls(each.rates());
        }
        return calls;
    }
}
