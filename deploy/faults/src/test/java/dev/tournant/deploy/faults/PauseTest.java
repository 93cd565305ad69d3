package dev.tournant.deploy.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code deploy/faults/run pause}: a node stands still for longer than the others wait for it. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class PauseTest {
    private static final long SEED = 4;
    /** With it the others take over within a pause of 15 s. */
    private static final String TOLERATED = "4800ms";

    @TempDir
    private Path data;

    @Test
    void losesNothingWhenANodeGoesOnAfterItsPlaceWasTaken() throws Exception {
        Settings settings =
                new Settings(6, 1, Duration.ofMillis(200), Duration.ofMillis(500), 20, true, TOLERATED, false, data);

        Outcome outcome = Trial.run(settings, new Fault.Pause(Duration.ofSeconds(15), false), SEED);

        System.out.print(Report.table(List.of(outcome)));
        assertThat(outcome.verdict().lost()).isEmpty();
        assertThat(outcome.verdict().twice()).isEmpty();
        assertThat(outcome.verdict().gaps()).isEmpty();
        assertThat(outcome.verdict().stale()).isEmpty();
        assertThat(outcome.verdict().unpublished()).isEmpty();
        assertThat(outcome.healed())
                .as("all merchants answer at all nodes again")
                .isTrue();
        assertThat(outcome.acked()).isGreaterThanOrEqualTo(Outcome.ACKED_MIN);
    }
}
