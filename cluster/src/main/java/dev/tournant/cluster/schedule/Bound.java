package dev.tournant.cluster.schedule;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * What no schedule can exceed, by Lagrange duality: with a price on calls each resource is on its own, and whatever the
 * price, the sum of what each then achieves at best, plus the price of the budget, is at least what any schedule achieves
 * together. The least of these is taken. A fetch that is made only after a change enters exactly: by Wald's identity it is
 * made D w times a cycle, which is a lower weight.
 */
public final class Bound {
    private static final int STEPS = 100;

    private final double fresh;
    private final double price;

    private Bound(double fresh, double price) {
        this.fresh = fresh;
        this.price = price;
    }

    /** The greatest share of fresh resources, by weight. */
    public double fresh() {
        return fresh;
    }

    /** How much the sum of fresh weight would rise with one more call a second. */
    public double price() {
        return price;
    }

    /** The bound on freshness for so many calls a second. */
    public static Bound freshness(List<Rates> resources, double callsPerSecond) {
        if (resources.isEmpty()) {
            return new Bound(1, 0);
        }
        FreshnessIndex index = new FreshnessIndex();
        double scale = resources.stream()
                .mapToDouble(each -> each.weight() / (each.changes() * each.callsUnchanged()))
                .max()
                .orElse(1);
        double price = price(scale * 1e-12, scale, callsPerSecond, at -> calls(resources, at, index));
        double sum = price * callsPerSecond;
        double weights = 0;
        for (Rates each : resources) {
            weights += each.weight();
            double x = threshold(each, price, index);
            sum += x == Double.POSITIVE_INFINITY ? 0 : reduced(each, price) * Math.exp(-x);
        }
        return new Bound(Math.min(1, sum / weights), price);
    }

    private static double reduced(Rates each, double price) {
        return each.weight() - price * (each.callsChanged() - each.callsUnchanged()) * each.changes();
    }

    /** The exposure at which a resource is polled at a price; leaves the index set to it. */
    static double threshold(Rates each, double price, FreshnessIndex index) {
        double weight = reduced(each, price);
        if (weight <= 0) {
            return Double.POSITIVE_INFINITY;
        }
        index.of(each.silent(), each.signals(), each.precision());
        double x = index.threshold(price * each.callsUnchanged() / weight);
        if (x < Double.POSITIVE_INFINITY) {
            index.at(x);
        }
        return x;
    }

    /** Calls a second at a price. */
    private static double calls(List<Rates> resources, double price, FreshnessIndex index) {
        double calls = 0;
        for (Rates each : resources) {
            if (threshold(each, price, index) < Double.POSITIVE_INFINITY) {
                double more = each.callsChanged() - each.callsUnchanged();
                calls += (each.callsUnchanged() + more * each.changes() * index.freshTime()) / index.cycle();
            }
        }
        return calls;
    }

    /** The least mean time from a change until it is seen, by weight, in seconds. */
    public static double lagSeconds(List<Rates> resources, double callsPerSecond) {
        if (resources.isEmpty()) {
            return 0;
        }
        LagIndex index = new LagIndex();
        double interval = resources.size() / callsPerSecond;
        double price = price(interval * 1e-9, interval * 1e9, callsPerSecond, at -> {
            double calls = 0;
            for (Rates each : resources) {
                index.of(each.silent(), each.signals(), each.precision());
                calls += each.callsUnchanged()
                        / index.cycle(index.threshold(at * each.callsUnchanged() / each.weight()));
            }
            return calls;
        });
        double sum = -price * callsPerSecond;
        double changes = 0;
        for (Rates each : resources) {
            index.of(each.silent(), each.signals(), each.precision());
            sum += each.weight() * index.threshold(price * each.callsUnchanged() / each.weight());
            changes += each.weight() * each.changes();
        }
        return Math.max(0, sum / changes);
    }

    /** The price at which so many calls are made, which only fall with it. */
    private static double price(double least, double most, double callsPerSecond, DoubleUnaryOperator calls) {
        double low = Math.log(least);
        double high = Math.log(most);
        for (int i = 0; i < STEPS && high - low > 1e-9; i++) {
            double middle = (low + high) / 2;
            if (calls.applyAsDouble(Math.exp(middle)) > callsPerSecond) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Math.exp((low + high) / 2);
    }
}
