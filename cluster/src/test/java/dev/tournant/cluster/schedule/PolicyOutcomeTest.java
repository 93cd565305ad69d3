package dev.tournant.cluster.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyOutcomeTest {
    @ParameterizedTest
    @CsvSource({"0.1, 1.0, 0.9", "0.5, 1.0, 0.5", "0.3, 0, 0", "0.02, 0.5, 0.8"})
    void withoutLagItIsWhatTheIndexSays(double silent, double signals, double precision) {
        Rates rates = new Rates(silent, signals, precision, 1, 1, 1);
        FreshnessIndex index = new FreshnessIndex();
        index.of(silent, signals, precision);
        double x = index.threshold(0.3 / rates.changes());
        index.at(x);
        PolicyOutcome outcome = new PolicyOutcome(0);
        outcome.of(rates, 0.3 / rates.changes());

        assertThat(outcome.cycle()).isCloseTo(index.cycle(), within(0.02 * index.cycle()));
        assertThat(outcome.freshTime()).isCloseTo(index.freshTime(), within(0.02 * index.freshTime()));
    }

    /** Against lots: polls at the first moment at which it is allowed and either worth it or too old. */
    @ParameterizedTest
    @CsvSource({
        "0.1, 1.0, 0.9, 2, 8",
        "0.02, 0.5, 0.8, 0, 12",
        "0.02, 0.5, 0.8, 5, 12",
        "0.3, 0, 0, 3, 4",
        "1.0, 3.0, 0.9, 2, 60",
        "0.1, 5.0, 0.03, 0, 60",
        "0.1, 5.0, 0.9, 30, 60"
    })
    void keepsIntervalsAndMaximumAges(double silent, double signals, double precision, double soonest, double latest) {
        Rates rates = new Rates(silent, signals, precision, 1, 1, 1);
        double price = 0.6 / rates.changes();
        PolicyOutcome outcome = new PolicyOutcome(0);
        outcome.of(rates, price, soonest, latest);
        PollValue value = new PollValue(0).of(silent, signals, precision, 1).costing(1, 1);
        double step = 0.01;
        Random random = new Random(7);
        double seconds = 0;
        double fresh = 0;
        int cycles = 4_000;
        for (int i = 0; i < cycles; i++) {
            int heard = 0;
            for (double t = 0; ; t += step) {
                double exposure = signals > 0 ? FreshnessIndex.exposure(precision) * heard : 0;
                boolean isWorthIt = value.from(silent * t + exposure, silent * t + precision * heard)
                                .after(0)
                        >= price;
                if (t >= soonest && (isWorthIt || t >= latest)) {
                    break;
                }
                seconds += step;
                fresh += step * Math.exp(-silent * t) * Math.pow(1 - precision, heard);
                heard += random.nextDouble() < signals * step ? 1 : 0;
            }
        }

        assertThat(outcome.cycle()).isCloseTo(seconds / cycles, within(0.03 * outcome.cycle()));
        assertThat(outcome.freshTime()).isCloseTo(fresh / cycles, within(0.03 * outcome.freshTime()));
    }

    @Test
    void whatWouldStarveIsPolledAtItsMaximumAge() {
        PolicyOutcome outcome = new PolicyOutcome(0);
        outcome.of(Rates.of(5, 0, 1), 1e9, 0, 600);

        assertThat(outcome.cycle()).isCloseTo(600, within(1.0));
        assertThat(outcome.freshTime()).isCloseTo(0.2, within(0.01));
        assertThat(outcome.lagTime()).isCloseTo(5 * 600 * 600 / 2.0, within(10_000.0));
    }
}
