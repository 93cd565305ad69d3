package dev.tournant.cluster.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BoundTest {
    /** Cho and Garcia-Molina, Effective page refresh policies for web crawlers (TODS 2003), table of section 4. */
    @Test
    void givesThePublishedAllocationOfFivePages() {
        List<Rates> pages = new ArrayList<>();
        for (int changes = 1; changes <= 5; changes++) {
            pages.add(Rates.of(changes, 0, 1));
        }
        Bound bound = Bound.freshness(pages, 5);
        FreshnessIndex index = new FreshnessIndex();
        List<Double> polls = new ArrayList<>();
        for (Rates page : pages) {
            double x = Bound.threshold(page, bound.price(), index);
            polls.add(x == Double.POSITIVE_INFINITY ? 0 : 1 / index.cycle());
        }

        double[] published = {1.15, 1.36, 1.35, 1.14, 0.00};
        for (int i = 0; i < published.length; i++) {
            assertThat(polls.get(i)).isCloseTo(published[i], within(0.005));
        }
        assertThat(bound.fresh()).isCloseTo(0.3739, within(0.0001));
    }

    /** Polls handed out in small portions, each where it helps most: concave, so that is the optimum. */
    @Test
    void agreesWithPollsHandedOutOneByOne() {
        SplittableRandom random = new SplittableRandom(3);
        int size = 12;
        double budget = 10;
        double portion = budget / 100_000;
        double[] changes = new double[size];
        double[] polls = new double[size];
        List<Rates> rates = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            changes[i] = 0.1 + 3 * random.nextDouble();
            rates.add(Rates.of(changes[i], 0, 1));
        }
        for (int k = 0; k < 100_000; k++) {
            int best = 0;
            double most = -1;
            for (int i = 0; i < size; i++) {
                double gain = fresh(changes[i], polls[i] + portion) - fresh(changes[i], polls[i]);
                if (gain > most) {
                    most = gain;
                    best = i;
                }
            }
            polls[best] += portion;
        }
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += fresh(changes[i], polls[i]);
        }

        assertThat(Bound.freshness(rates, budget).fresh()).isCloseTo(sum / size, within(1e-5));
    }

    private static double fresh(double changes, double polls) {
        return polls <= 0 ? 0 : polls / changes * -Math.expm1(-changes / polls);
    }

    /** The dual, its inner maxima by trying thresholds, its outer minimum by trying prices: no calculus shared. */
    @Test
    void agreesWithTryingThresholdsAndPrices() {
        SplittableRandom random = new SplittableRandom(5);
        List<Rates> rates = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            rates.add(new Rates(
                    0.05 + random.nextDouble(),
                    random.nextDouble(),
                    0.2 + 0.7 * random.nextDouble(),
                    0.5 + random.nextDouble(),
                    1,
                    i == 0 ? 3 : 1));
        }
        double weights = rates.stream().mapToDouble(Rates::weight).sum();
        double least = Double.POSITIVE_INFINITY;
        for (double price = 0.02; price < 1; price *= 1.02) {
            double sum = price * 2;
            for (Rates each : rates) {
                sum += best(each, price);
            }
            least = Math.min(least, sum / weights);
        }

        assertThat(Bound.freshness(rates, 2).fresh()).isCloseTo(least, within(1e-3));
    }

    private static double best(Rates each, double price) {
        FreshnessIndex index = new FreshnessIndex();
        index.of(each.silent(), each.signals(), each.precision());
        double best = 0;
        for (double x = 0.01; x < 20; x *= 1.01) {
            index.at(x);
            double calls = each.callsUnchanged()
                    + (each.callsChanged() - each.callsUnchanged()) * each.changes() * index.freshTime();
            best = Math.max(best, (each.weight() * index.freshTime() - price * calls) / index.cycle());
        }
        return best;
    }

    @Test
    void lagWithoutSignalsIsThatOfTheSquareRootAllocation() {
        double[] changes = {0.1, 0.5, 1, 4};
        List<Rates> rates = new ArrayList<>();
        double roots = 0;
        double all = 0;
        for (double each : changes) {
            rates.add(Rates.of(each, 0, 1));
            roots += Math.sqrt(each);
            all += each;
        }

        assertThat(Bound.lagSeconds(rates, 2)).isCloseTo(roots * roots / (2 * 2) / all, within(1e-5));
    }
}
