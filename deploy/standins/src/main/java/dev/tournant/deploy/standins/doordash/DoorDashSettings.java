package dev.tournant.deploy.standins.doordash;

import java.time.Duration;

/**
 * How a stand-in is set up.
 *
 * @param port TCP port on the loopback interface; 0 takes a free one
 * @param stores how many stores there are at the start, 1 to 10 000
 * @param seed the same seed gives the same keys, stores, menu ids and dice
 * @param jobPhase how long each of the two phases of a menu job takes
 * @param processingWindow when a job that is stuck fails; two hours at DoorDash
 * @param requestsMax API requests that a key may make in any {@code requestsWindow}, the rest is answered 429
 * @param requestsWindow the stretch of time that {@code requestsMax} counts in
 * @param retryBase wait before the first retry of a webhook; it doubles with each further one
 * @param retriesMax retries after the first delivery, then the webhook is given up
 * @param answerTimeout an answer to a webhook or a pull that takes longer is a failure
 * @param webhooksMax webhooks waiting, under way or to be retried; beyond it they are lost
 */
public record DoorDashSettings(
        int port,
        int stores,
        long seed,
        Duration jobPhase,
        Duration processingWindow,
        int requestsMax,
        Duration requestsWindow,
        Duration retryBase,
        int retriesMax,
        Duration answerTimeout,
        int webhooksMax) {

    public DoorDashSettings {
        check(port >= 0 && port <= 65_535, "port", port);
        check(stores >= 1 && stores <= Stores.STORES_MAX, "stores", stores);
        check(!jobPhase.isNegative(), "jobPhase", jobPhase);
        check(isPositive(processingWindow), "processingWindow", processingWindow);
        check(requestsMax >= 1 && requestsMax <= 100_000, "requestsMax", requestsMax);
        check(isPositive(requestsWindow), "requestsWindow", requestsWindow);
        check(isPositive(retryBase), "retryBase", retryBase);
        check(retriesMax >= 0 && retriesMax <= 30, "retriesMax", retriesMax);
        check(isPositive(answerTimeout), "answerTimeout", answerTimeout);
        check(webhooksMax >= 1, "webhooksMax", webhooksMax);
    }

    /**
     * Three stores, seed 1, a free port; 300 requests a minute as at DoorDash, but jobs of half a second and a processing
     * window of one minute.
     */
    public static DoorDashSettings defaults() {
        return new DoorDashSettings(
                0,
                3,
                1,
                Duration.ofMillis(250),
                Duration.ofMinutes(1),
                300,
                Duration.ofMinutes(1),
                Duration.ofSeconds(1),
                3,
                Duration.ofSeconds(10),
                10_000);
    }

    public DoorDashSettings withPort(int value) {
        return with(value, stores, seed, jobPhase, processingWindow, requestsMax, requestsWindow);
    }

    public DoorDashSettings withStores(int value) {
        return with(port, value, seed, jobPhase, processingWindow, requestsMax, requestsWindow);
    }

    public DoorDashSettings withSeed(long value) {
        return with(port, stores, value, jobPhase, processingWindow, requestsMax, requestsWindow);
    }

    /** How long each phase of a job takes, and when a stuck one fails. */
    public DoorDashSettings withJobs(Duration phase, Duration window) {
        return with(port, stores, seed, phase, window, requestsMax, requestsWindow);
    }

    /** How many requests a key may make in any stretch of that length. */
    public DoorDashSettings withLimit(int max, Duration window) {
        return with(port, stores, seed, jobPhase, processingWindow, max, window);
    }

    /** How failed webhooks are retried, and when an answer is too late. */
    public DoorDashSettings withRetries(Duration base, int max, Duration timeout) {
        return new DoorDashSettings(
                port,
                stores,
                seed,
                jobPhase,
                processingWindow,
                requestsMax,
                requestsWindow,
                base,
                max,
                timeout,
                webhooksMax);
    }

    private DoorDashSettings with(
            int newPort,
            int newStores,
            long newSeed,
            Duration newPhase,
            Duration newWindow,
            int newMax,
            Duration newRequestsWindow) {
        return new DoorDashSettings(
                newPort,
                newStores,
                newSeed,
                newPhase,
                newWindow,
                newMax,
                newRequestsWindow,
                retryBase,
                retriesMax,
                answerTimeout,
                webhooksMax);
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    private static void check(boolean holds, String name, Object value) {
        if (!holds) {
            throw new IllegalArgumentException("doordash stand-in: " + name + " is out of range: " + value);
        }
    }
}
