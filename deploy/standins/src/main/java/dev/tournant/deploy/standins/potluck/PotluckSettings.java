package dev.tournant.deploy.standins.potluck;

import java.time.Duration;

/**
 * How a stand-in is set up.
 *
 * @param port TCP port on the loopback interface; 0 takes a free one
 * @param locations how many there are, 1 to 1 000; two of them share an account
 * @param items of each location, 1 to 5 000
 * @param seed the same seed gives the same ids, secrets and menus
 * @param editsPerSecond edits over all locations
 * @param tokenLife how long a token is good
 * @param requestsPerSecondMax of one account, the rest is answered 429
 * @param retryBase wait before the first retry of a webhook; it doubles with each further one
 * @param retriesMax retries after the first delivery, then the webhook is given up
 * @param answerWithin an answer to a webhook that takes longer is a failure
 * @param webhooksMax webhooks waiting, under way or to be retried; beyond it they are lost
 */
public record PotluckSettings(
        int port,
        int locations,
        int items,
        long seed,
        double editsPerSecond,
        Duration tokenLife,
        int requestsPerSecondMax,
        Duration retryBase,
        int retriesMax,
        Duration answerWithin,
        int webhooksMax) {

    public PotluckSettings {
        check(port >= 0 && port <= 65_535, "port", port);
        check(locations >= 1 && locations <= 1_000, "locations", locations);
        check(items >= 1 && items <= 5_000, "items", items);
        check(tokenLife.toSeconds() >= 1, "tokenLife", tokenLife);
        check(
                requestsPerSecondMax >= 1 && requestsPerSecondMax <= 100_000,
                "requestsPerSecondMax",
                requestsPerSecondMax);
        check(!retryBase.isNegative() && !retryBase.isZero(), "retryBase", retryBase);
        check(retriesMax >= 0 && retriesMax <= 30, "retriesMax", retriesMax);
        check(!answerWithin.isNegative() && !answerWithin.isZero(), "answerWithin", answerWithin);
        check(webhooksMax >= 1, "webhooksMax", webhooksMax);
    }

    /** Two locations of 60 items each, seed 1, a free port, no edits, tokens of an hour, 20 requests a second. */
    public static PotluckSettings defaults() {
        return new PotluckSettings(
                0, 2, 60, 1, 0, Duration.ofHours(1), 20, Duration.ofSeconds(1), 5, Duration.ofSeconds(10), 10_000);
    }

    public PotluckSettings withPort(int value) {
        return with(value, locations, items, seed, editsPerSecond, tokenLife, requestsPerSecondMax);
    }

    public PotluckSettings withLocations(int value) {
        return with(port, value, items, seed, editsPerSecond, tokenLife, requestsPerSecondMax);
    }

    public PotluckSettings withItems(int value) {
        return with(port, locations, value, seed, editsPerSecond, tokenLife, requestsPerSecondMax);
    }

    public PotluckSettings withSeed(long value) {
        return with(port, locations, items, value, editsPerSecond, tokenLife, requestsPerSecondMax);
    }

    public PotluckSettings withEditsPerSecond(double value) {
        return with(port, locations, items, seed, value, tokenLife, requestsPerSecondMax);
    }

    public PotluckSettings withTokenLife(Duration value) {
        return with(port, locations, items, seed, editsPerSecond, value, requestsPerSecondMax);
    }

    public PotluckSettings withRequestsPerSecond(int max) {
        return with(port, locations, items, seed, editsPerSecond, tokenLife, max);
    }

    /** How failed webhooks are retried, and when an answer is too late. */
    public PotluckSettings withRetries(Duration base, int max, Duration timeout) {
        return new PotluckSettings(
                port,
                locations,
                items,
                seed,
                editsPerSecond,
                tokenLife,
                requestsPerSecondMax,
                base,
                max,
                timeout,
                webhooksMax);
    }

    private PotluckSettings with(
            int newPort, int newLocations, int newItems, long newSeed, double newEdits, Duration newLife, int newMax) {
        return new PotluckSettings(
                newPort,
                newLocations,
                newItems,
                newSeed,
                newEdits,
                newLife,
                newMax,
                retryBase,
                retriesMax,
                answerWithin,
                webhooksMax);
    }

    private static void check(boolean holds, String name, Object value) {
        if (!holds) {
            throw new IllegalArgumentException("potluck stand-in: " + name + " is out of range: " + value);
        }
    }
}
