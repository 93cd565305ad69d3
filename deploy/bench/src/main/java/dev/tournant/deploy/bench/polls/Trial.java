package dev.tournant.deploy.bench.polls;

import dev.tournant.cluster.schedule.Bound;
import dev.tournant.cluster.schedule.Rates;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;
import java.util.function.LongFunction;

/**
 * One setting: partners, budget, and how long. Times and the ends of windows are in mean change intervals, the budget in
 * polls a resource in such an interval.
 */
final class Trial {
    /** Seconds between two changes of a resource, on average. */
    static final double UNIT = 60;

    final int size;
    final int seeds;
    private final LongFunction<List<Rates>> truth;
    private World.Nature nature = World.Nature.PLAIN;
    private DoubleUnaryOperator budget = t -> 1;
    private double[] ends = {5, 10, 20, 40, 80, 160};
    private double outageFrom = Double.POSITIVE_INFINITY;
    private double outageTo = Double.POSITIVE_INFINITY;

    private final List<World> worlds = new ArrayList<>();
    private final List<double[]> bounds = new ArrayList<>();
    private final List<double[]> lagBounds = new ArrayList<>();

    /** @param truth the rates of all resources, from a seed */
    Trial(int size, int seeds, LongFunction<List<Rates>> truth) {
        this.size = size;
        this.seeds = seeds;
        this.truth = truth;
    }

    /** Rates that differ as a lognormal of sigma 1.5 does, all with the same recall and precision. */
    static Trial lognormal(int size, int seeds, double recall, double precision) {
        return new Trial(size, seeds, seed -> {
            List<Rates> rates = new ArrayList<>();
            for (double each : World.lognormal(size, 1.5, UNIT, seed)) {
                rates.add(Rates.of(each, recall, precision));
            }
            return rates;
        });
    }

    Trial nature(World.Nature of) {
        nature = of;
        return this;
    }

    Trial outage(double from, double to) {
        outageFrom = from;
        outageTo = to;
        nature = nature.silentFrom(from * UNIT, to * UNIT);
        return this;
    }

    Trial budget(DoubleUnaryOperator pollsPerInterval) {
        budget = pollsPerInterval;
        return this;
    }

    Trial windows(double... upTo) {
        ends = upTo;
        return this;
    }

    int count() {
        return ends.length;
    }

    /** The ends of the windows, as a head for their figures. */
    String title() {
        StringBuilder title = new StringBuilder("                          ");
        for (double end : ends) {
            title.append(String.format(Locale.ROOT, " %6.4g", end));
        }
        return title.append("   up to").toString();
    }

    double callsPerSecond(double atSeconds) {
        return budget.applyAsDouble(atSeconds / UNIT) * size / UNIT;
    }

    /** Means over all seeds, by window. */
    static final class Outcome {
        final double[] fresh;
        final double[] bound;
        final double[] lag;
        final double[] lagBound;
        double oldest;

        Outcome(int windows) {
            fresh = new double[windows];
            bound = new double[windows];
            lag = new double[windows];
            lagBound = new double[windows];
        }

        double ratio(int window) {
            return fresh[window] / bound[window];
        }

        double lagRatio(int window) {
            return lag[window] / lagBound[window];
        }

        /** Over the windows from one up to before another: they are weighed by their length, as given. */
        double ratio(int from, int to, double[] ends) {
            double sum = 0;
            double length = 0;
            for (int w = from; w < to; w++) {
                double seconds = ends[w] - (w == 0 ? 0 : ends[w - 1]);
                sum += ratio(w) * seconds;
                length += seconds;
            }
            return sum / length;
        }
    }

    /** The ratio to the bound over windows. */
    double ratio(Outcome outcome, int from, int to) {
        return outcome.ratio(from, to, ends);
    }

    Outcome run(IntFunction<Policy> policy) {
        prepare();
        Outcome outcome = new Outcome(ends.length);
        for (int i = 0; i < seeds; i++) {
            World world = worlds.get(i);
            double[] seconds = new double[ends.length];
            for (int w = 0; w < ends.length; w++) {
                seconds[w] = ends[w] * UNIT;
            }
            Simulation.Window[] windows = Simulation.run(world, policy.apply(i), this::callsPerSecond, seconds);
            for (int w = 0; w < windows.length; w++) {
                outcome.fresh[w] += windows[w].fresh() / seeds;
                outcome.lag[w] += windows[w].lagSeconds() / seeds;
                outcome.bound[w] += bounds.get(i)[w] / seeds;
                outcome.lagBound[w] += lagBounds.get(i)[w] / seeds;
                outcome.oldest = Math.max(outcome.oldest, windows[w].oldestSeconds() / UNIT);
            }
        }
        return outcome;
    }

    private void prepare() {
        for (int seed = worlds.size(); seed < seeds; seed++) {
            World world = new World(truth.apply(seed + 1), nature, ends[ends.length - 1] * UNIT, seed + 1);
            worlds.add(world);
            double[] fresh = new double[ends.length];
            double[] lag = new double[ends.length];
            double lastCalls = 0;
            List<Rates> lastRates = List.of();
            for (int w = 0; w < ends.length; w++) {
                double middle = (ends[w] + (w == 0 ? 0 : ends[w - 1])) / 2;
                List<Rates> rates = world.rates(middle * UNIT);
                if (middle >= outageFrom && middle < outageTo) {
                    rates = rates.stream().map(Rates::deaf).toList();
                }
                double calls = callsPerSecond(middle * UNIT);
                if (calls == lastCalls && rates.equals(lastRates)) {
                    fresh[w] = fresh[w - 1];
                    lag[w] = lag[w - 1];
                    continue;
                }
                lastCalls = calls;
                lastRates = rates;
                fresh[w] = Bound.freshness(rates, calls).fresh();
                lag[w] = Bound.lagSeconds(rates, calls);
            }
            bounds.add(fresh);
            lagBounds.add(lag);
        }
    }
}
