package dev.tournant.cluster.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** What is answered to whatever an operator may ask. */
class SuppositionsTest {
    private static final double DAY = 86_400;

    private static List<Suppositions.Sample> samples(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Suppositions.Sample> samples = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            double changes = Math.pow(10, -6 + 6 * random.nextDouble());
            double precision = 0.02 + 0.97 * random.nextDouble();
            double recall = random.nextInt(3) == 0 ? 0 : random.nextDouble();
            double calls = 1 + random.nextInt(5);
            Rates rates = Rates.of(changes, recall, precision);
            samples.add(new Suppositions.Sample(
                    new Rates(
                            rates.silent(),
                            rates.signals(),
                            rates.precision(),
                            random.nextInt(4) == 0 ? 0.25 : 1,
                            calls,
                            calls + random.nextInt(3)),
                    new ResourceClass("p", "menu", true, 0.5, random.nextBoolean() ? 1800 : DAY, 0.9)));
        }
        return samples;
    }

    /** Limits from a call in thirty years to a million a second. */
    @Property(tries = 60)
    void moreCallsAreNeverWorseAndNoneExceedsTheBound(
            @ForAll @IntRange(min = 1, max = 1_000) int seed,
            @ForAll @DoubleRange(min = -9, max = 6) double power,
            @ForAll @DoubleRange(min = 0.1, max = 3) double more) {
        List<Suppositions.Sample> samples = samples(seed);
        Suppositions suppositions = new Suppositions(0.05, 0.75, 0.2);
        Forecast few = suppositions.of(samples, Math.pow(10, power));
        Forecast many = suppositions.of(samples, Math.pow(10, power + more));

        for (Forecast each : List.of(few, many)) {
            assertThat(each.freshMost()).isBetween(0.0, 1.0);
            assertThat(each.fresh()).isBetween(0.0, each.freshMost() + 0.01);
            assertThat(each.lagSeconds()).isNotNegative();
            assertThat(each.price()).isNotNegative();
        }
        assertThat(many.fresh()).isGreaterThanOrEqualTo(few.fresh() - 0.01);
        assertThat(many.lagSeconds()).isLessThanOrEqualTo(few.lagSeconds() * 1.02);
    }
}
