package dev.tournant.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits, within bounds, for what another thread does. */
final class Eventually {
    private static final long NANOS_MAX = Duration.ofSeconds(20).toNanos();

    private Eventually() {}

    static void holds(BooleanSupplier condition) {
        long begun = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - begun).as("waited in vain").isLessThan(NANOS_MAX);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
