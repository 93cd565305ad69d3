package dev.tournant.deploy.standins.toast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.deploy.standins.core.Outbox;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BrakeTest {
    private static final Outbox.Trouble TROUBLE = new Outbox.Trouble(Outbox.Trouble.Kind.REFUSED, 500);
    private long now;
    private final Brake brake = new Brake(WebhookRules.PUBLISHED, () -> now);

    private Duration fail(int times) {
        Duration last = Duration.ZERO;
        for (int nth = 0; nth < times; nth++) {
            last = brake.pauseAfter(TROUBLE);
        }
        return last;
    }

    @Test
    void waitsFiveAndTenMinutesAndGivesUp() {
        assertThat(brake.retryAfter(0, TROUBLE)).contains(Duration.ofMinutes(5));
        assertThat(brake.retryAfter(1, TROUBLE)).contains(Duration.ofMinutes(10));
        assertThat(brake.retryAfter(2, TROUBLE)).isEmpty();
    }

    @Test
    void pausesAMinuteAtTheFiftiethErrorInFiveMinutes() {
        assertThat(fail(49)).isZero();
        now += Duration.ofMinutes(6).toNanos();
        assertThat(fail(49)).isZero();
        assertThat(fail(1)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void countsNothingDuringAPause() {
        fail(50);

        assertThat(fail(200)).isZero();
    }

    @Test
    void stopsAtTheNinthPauseInTenMinutes() {
        for (int nth = 0; nth < 8; nth++) {
            assertThat(fail(50)).isEqualTo(Duration.ofMinutes(1));
            now += Duration.ofSeconds(61).toNanos();
        }

        assertThat(fail(50)).isEqualTo(Outbox.FOREVER);
    }
}
