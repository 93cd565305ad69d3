package dev.tournant.deploy.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    private static final List<Duration> SILENCES = List.of(Duration.ofSeconds(2), Duration.ofMillis(23_001));
    private static final Verdict ALL_WELL = new Verdict(List.of(), List.of(), List.of(), List.of(), List.of());

    @Test
    void isNotGoodWhenAMerchantAnswersLaterThanPromised() {
        assertThat(outcome(new Fault.Kill(false).answersWithin()).isGood()).isFalse();
        assertThat(outcome(Duration.ofMillis(23_001)).isGood()).isTrue();
    }

    @Test
    void isGoodHoweverLateWhereTimesAreNotJudged() {
        assertThat(outcome(null).isGood()).isTrue();
    }

    @Test
    void isJudgedWhereATimeIsPromised() {
        assertThat(new Fault.Kill(true).answersWithin()).isEqualTo(Duration.ofSeconds(23));
        assertThat(new Fault.Rolling().answersWithin()).isEqualTo(Duration.ofSeconds(3));
        assertThat(new Fault.PauseCassandra(Duration.ofSeconds(20)).answersWithin())
                .isNull();
    }

    private static Outcome outcome(@Nullable Duration answersWithin) {
        return new Outcome(
                "kill", 1, Outcome.ACKED_MIN, 0, 0, ALL_WELL, 0, 0, true, SILENCES, answersWithin, List.of());
    }
}
