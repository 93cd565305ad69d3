package dev.tournant.cluster.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreshnessIndexTest {
    private final FreshnessIndex index = new FreshnessIndex();

    @ParameterizedTest
    @CsvSource({
        "0.1, 1.0, 0.9, 0.5",
        "0.1, 1.0, 0.9, 2.5",
        "0.5, 1.0, 0.5, 1.0",
        "0.5, 2.0, 0.3, 1.5",
        "0.02, 0.5, 0.8, 3.0",
        "1.0, 0.2, 0.6, 1.0"
    })
    void agreesWithAnExperiment(double silent, double signals, double precision, double threshold) {
        index.of(silent, signals, precision);
        index.at(threshold);
        Cycles cycles = Cycles.exposure(silent, signals, precision, threshold, 40_000);

        assertThat(index.cycle()).isCloseTo(cycles.seconds(), within(0.03 * cycles.seconds()));
        assertThat(index.freshTime()).isCloseTo(cycles.freshSeconds(), within(0.03 * cycles.freshSeconds()));
    }

    @Property(tries = 200)
    void withoutSignalsItIsThatOfPeriodicPolls(
            @ForAll @DoubleRange(min = 0.01, max = 10) double changes,
            @ForAll @DoubleRange(min = 0.01, max = 20) double threshold) {
        index.of(changes, 0, 0);
        index.at(threshold);

        assertThat(index.value())
                .isCloseTo((1 - Math.exp(-threshold) * (1 + threshold)) / changes, within(1e-9 / changes));
    }

    /** Where few signals fit a cycle: beyond that the index is its fluid limit, which is near this but not of its form. */
    @Property(tries = 300)
    void growsByTheCycleTimesTheFreshness(
            @ForAll @DoubleRange(min = 0.01, max = 2) double silent,
            @ForAll @DoubleRange(min = 0.01, max = 2) double signals,
            @ForAll @DoubleRange(min = 0.2, max = 0.95) double precision,
            @ForAll @DoubleRange(min = 0.05, max = 3) double threshold) {
        double step = 1e-5;
        index.of(silent, signals, precision);
        double before = value(threshold);
        double slope = Math.exp(-threshold - step / 2) * cycle(threshold + step / 2);

        assertThat((value(threshold + step) - before) / step).isCloseTo(slope, within(0.01 * slope));
    }

    /** Term by term, as it is written in {@link FreshnessIndex}' sources: also where rates are magnitudes apart. */
    @Property(tries = 500)
    void isTheSumOfItsTerms(
            @ForAll @DoubleRange(min = -12, max = 0) double silentLog,
            @ForAll @DoubleRange(min = -9, max = 0) double signalsLog,
            @ForAll @DoubleRange(min = 0.02, max = 0.99) double precision,
            @ForAll @DoubleRange(min = 0.01, max = 23.9) double terms) {
        double silent = Math.pow(10, silentLog);
        double signals = Math.pow(10, signalsLog);
        double exposure = FreshnessIndex.exposure(precision);
        double threshold = terms * exposure;
        index.of(silent, signals, precision);
        index.at(threshold);

        double cycle = 0;
        double freshTime = 0;
        for (int j = 0; j <= (int) terms; j++) {
            double left = Math.max(0, (threshold - exposure * j) / silent);
            cycle += poissonBeyond(j, signals * left) / signals;
            freshTime += Math.pow((1 - precision) * signals / (silent + signals), j)
                    * poissonBeyond(j, (silent + signals) * left)
                    / (silent + signals);
        }
        assertThat(index.cycle()).isCloseTo(cycle, within(1e-11 / signals));
        assertThat(index.freshTime()).isCloseTo(freshTime, within(1e-11 / (silent + signals)));
        assertThat(index.fresh()).isEqualTo(Math.exp(-threshold));
    }

    private static double poissonBeyond(int j, double mean) {
        double term = Math.exp(-mean);
        double sum = term;
        for (int k = 1; k <= j; k++) {
            term *= mean / k;
            sum += term;
        }
        return Math.max(0, 1 - sum);
    }

    private double value(double threshold) {
        index.at(threshold);
        return index.value();
    }

    private double cycle(double threshold) {
        index.at(threshold);
        return index.cycle();
    }

    @Property(tries = 300)
    void theThresholdIsWhereItReachesThePrice(
            @ForAll @DoubleRange(min = 0.01, max = 2) double silent,
            @ForAll @DoubleRange(min = 0, max = 2) double signals,
            @ForAll @DoubleRange(min = 0.2, max = 0.95) double precision,
            @ForAll @DoubleRange(min = 0.01, max = 0.95) double share) {
        index.of(silent, signals, precision);
        double most = 1 / (silent + precision * signals);
        double threshold = index.threshold(share * most);

        assertThat(value(threshold)).isCloseTo(share * most, within(1e-6 * most));
        assertThat(index.threshold(1.000001 * most)).isInfinite();
    }

    /** Seconds and fresh seconds of a cycle, by experiment: changes happen, signals tell of some of them. */
    record Cycles(double seconds, double freshSeconds, double lagSeconds) {
        static Cycles exposure(double silent, double signals, double precision, double threshold, int cycles) {
            return run(silent, signals, precision, FreshnessIndex.exposure(precision), threshold, cycles);
        }

        /** The policy polls when silent * age + each * signals reaches the threshold. */
        static Cycles run(double silent, double signals, double precision, double each, double threshold, int cycles) {
            SplittableRandom random = new SplittableRandom(7);
            double seconds = 0;
            double fresh = 0;
            double lag = 0;
            for (int i = 0; i < cycles; i++) {
                double t = 0;
                double x = 0;
                int unseen = 0;
                double firstChange = Double.POSITIVE_INFINITY;
                while (true) {
                    double rate = silent + signals;
                    double wait = -Math.log1p(-random.nextDouble()) / rate;
                    if (x + silent * wait >= threshold) {
                        double left = (threshold - x) / silent;
                        lag += unseen * left;
                        t += left;
                        break;
                    }
                    lag += unseen * wait;
                    t += wait;
                    x += silent * wait;
                    boolean isSilent = random.nextDouble() * rate < silent;
                    boolean isChange = isSilent || random.nextDouble() < precision;
                    if (isChange) {
                        unseen++;
                        firstChange = Math.min(firstChange, t);
                    }
                    x += isSilent ? 0 : each;
                    if (x >= threshold) {
                        break;
                    }
                }
                seconds += t;
                fresh += Math.min(t, firstChange);
            }
            return new Cycles(seconds / cycles, fresh / cycles, lag / cycles);
        }
    }
}
