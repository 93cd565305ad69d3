package dev.tournant.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TokenBucketsTest {
    private final AtomicLong nanos = new AtomicLong();
    private final TokenBuckets buckets = new TokenBuckets(new Rate(2, 3, 2), nanos::get);

    private boolean taken(String caller) {
        return buckets.take(caller).isZero();
    }

    @Test
    void letsABurstThroughAndThenTheRate() {
        assertThat(taken("a") && taken("a") && taken("a")).isTrue();
        assertThat(buckets.take("a")).isBetween(Duration.ofMillis(499), Duration.ofMillis(501));

        nanos.addAndGet(Duration.ofMillis(501).toNanos());

        assertThat(taken("a")).isTrue();
        assertThat(taken("a")).isFalse();
    }

    @Test
    void countsEachCallerApart() {
        assertThat(taken("a") && taken("a") && taken("a")).isTrue();
        assertThat(taken("a")).isFalse();
        assertThat(taken("b")).isTrue();
    }

    @Test
    void savesNoMoreThanABurst() {
        taken("a");
        nanos.addAndGet(Duration.ofDays(1).toNanos());

        assertThat(taken("a") && taken("a") && taken("a")).isTrue();
        assertThat(taken("a")).isFalse();
    }

    @Test
    void forgetsWhoWasSilentLongest() {
        for (int i = 0; i < 4; i++) {
            taken("a");
        }
        taken("b");
        taken("a");
        taken("c");

        assertThat(taken("a")).as("a is remembered").isFalse();
    }
}
