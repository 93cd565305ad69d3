package dev.tournant.cluster.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tournant.cluster.schedule.FreshnessIndexTest.Cycles;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LagIndexTest {
    private final LagIndex index = new LagIndex();

    @ParameterizedTest
    @CsvSource({"0.1, 1.0, 0.9, 0.5", "0.5, 1.0, 0.5, 2.0", "0.3, 0.5, 0.8, 3.0"})
    void agreesWithAnExperiment(double silent, double signals, double precision, double threshold) {
        index.of(silent, signals, precision);
        Cycles cycles = Cycles.run(silent, signals, precision, precision, threshold, 40_000);

        assertThat(index.cycle(threshold)).isCloseTo(cycles.seconds(), within(0.03 * cycles.seconds()));
        // The index is what the threshold costs beyond what was counted up to it.
        double expected = threshold * cycles.seconds() - cycles.lagSeconds();
        assertThat(index.value(threshold)).isCloseTo(expected, within(0.05 * expected));
    }

    @Property(tries = 100)
    void withoutSignalsItIsHalfASquare(
            @ForAll @DoubleRange(min = 0.01, max = 5) double changes,
            @ForAll @DoubleRange(min = 0.01, max = 20) double price) {
        index.of(changes, 0, 0);

        assertThat(index.threshold(price)).isCloseTo(Math.sqrt(2 * changes * price), within(1e-6));
    }
}
