package dev.tournant.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.conformance.Verdict;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class StopwatchTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Stopwatch watch = new Stopwatch(StopwatchTest.class.getClassLoader());

    @Test
    void handsOnWhatACheckSays() {
        Verdict verdict = new Verdict.Passed(3);
        assertThat(watch.within(LONG, () -> verdict)).isSameAs(verdict);
    }

    @Test
    void endsACheckThatNeverComesBack() {
        CountDownLatch never = new CountDownLatch(1);
        Verdict verdict = watch.within(Duration.ofMillis(1), () -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Verdict.Passed(1);
        });
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Failed.class,
                        failed -> assertThat(failed.finding().why()).contains("does not come back"));
    }

    @Test
    void takesAnErrorForAFailure() {
        Verdict verdict = watch.within(LONG, () -> {
            throw new OutOfMemoryError("all gone");
        });
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Failed.class,
                        failed -> assertThat(failed.finding().why()).contains("all gone"));
    }
}
