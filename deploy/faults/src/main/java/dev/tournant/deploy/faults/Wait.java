package dev.tournant.deploy.faults;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waiting with an end. */
public final class Wait {
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final CountDownLatch NEVER = new CountDownLatch(1);

    private Wait() {}

    /** What is waited for; asked ten times a second. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws Exception;
    }

    public static void pass(Duration time) {
        try {
            NEVER.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /**
     * Whether it holds in time; an exception counts as "not yet", as what is asked may be down.
     *
     * @throws IllegalStateException when this thread is interrupted
     */
    static boolean until(Duration within, Condition condition) {
        long endNanos = System.nanoTime() + within.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() - endNanos > 0) {
                return false;
            }
            pass(LOOK_EVERY);
        }
        return true;
    }

    private static boolean holds(Condition condition) {
        try {
            return condition.holds();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (Exception e) {
            return false;
        }
    }
}
