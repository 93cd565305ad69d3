package dev.tournant.cluster.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
}
