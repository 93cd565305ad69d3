package dev.tournant.deploy.standins.square;

import dev.tournant.deploy.standins.core.Pace;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a stand-in is set up.
 *
 * @param port TCP port on the loopback interface; 0 takes a free one
 * @param sellers how many sellers there are, 1 to 10 000
 * @param items items on each seller's menu, 1 to 5 000; variations, categories, modifiers and the like come on top
 * @param editsPerSecond edits over all sellers; 0 is none
 * @param seed the same seed gives the same sellers, ids, tokens, menus and edits
 * @param coalesce catalog changes of one seller within this time make one webhook event
 * @param retryBase wait before the first retry of a webhook; it doubles with each further one
 * @param retriesMax retries after the first delivery, then the event is given up
 * @param deliveryTimeout an answer that takes longer is a failure
 * @param webhooksMax deliveries waiting, under way or to be retried for one subscription; beyond it events are lost
 * @param data where the sellers are kept from one start to the next; null keeps them in memory only
 */
public record SquareSettings(
        int port,
        int sellers,
        int items,
        double editsPerSecond,
        long seed,
        Duration coalesce,
        Duration retryBase,
        int retriesMax,
        Duration deliveryTimeout,
        int webhooksMax,
        @Nullable Path data) {
    static final int ITEMS_MAX = 5_000;

    public SquareSettings {
        check(port >= 0 && port <= 65_535, "port", port);
        check(sellers >= 1 && sellers <= 10_000, "sellers", sellers);
        check(items >= 1 && items <= ITEMS_MAX, "items", items);
        check(editsPerSecond >= 0 && editsPerSecond <= Pace.EDITS_PER_SECOND_MAX, "editsPerSecond", editsPerSecond);
        check(!coalesce.isNegative(), "coalesce", coalesce);
        check(!retryBase.isNegative() && !retryBase.isZero(), "retryBase", retryBase);
        check(retriesMax >= 0 && retriesMax <= 30, "retriesMax", retriesMax);
        check(!deliveryTimeout.isNegative() && !deliveryTimeout.isZero(), "deliveryTimeout", deliveryTimeout);
        check(webhooksMax >= 1, "webhooksMax", webhooksMax);
    }

    /** Ten sellers with 120 items each, no edits, seed 1, a free port; webhooks as at Square but with shorter waits. */
    public static SquareSettings defaults() {
        return new SquareSettings(
                0,
                10,
                120,
                0,
                1,
                Duration.ofMillis(50),
                Duration.ofSeconds(1),
                10,
                Duration.ofSeconds(10),
                10_000,
                null);
    }

    public SquareSettings withPort(int value) {
        return new SquareSettings(
                value,
                sellers,
                items,
                editsPerSecond,
                seed,
                coalesce,
                retryBase,
                retriesMax,
                deliveryTimeout,
                webhooksMax,
                data);
    }

    public SquareSettings withSellers(int value) {
        return new SquareSettings(
                port,
                value,
                items,
                editsPerSecond,
                seed,
                coalesce,
                retryBase,
                retriesMax,
                deliveryTimeout,
                webhooksMax,
                data);
    }

    public SquareSettings withItems(int value) {
        return new SquareSettings(
                port,
                sellers,
                value,
                editsPerSecond,
                seed,
                coalesce,
                retryBase,
                retriesMax,
                deliveryTimeout,
                webhooksMax,
                data);
    }

    public SquareSettings withEditsPerSecond(double value) {
        return new SquareSettings(
                port, sellers, items, value, seed, coalesce, retryBase, retriesMax, deliveryTimeout, webhooksMax, data);
    }

    public SquareSettings withSeed(long value) {
        return new SquareSettings(
                port,
                sellers,
                items,
                editsPerSecond,
                value,
                coalesce,
                retryBase,
                retriesMax,
                deliveryTimeout,
                webhooksMax,
                data);
    }

    public SquareSettings withRetries(Duration base, int max) {
        return new SquareSettings(
                port, sellers, items, editsPerSecond, seed, coalesce, base, max, deliveryTimeout, webhooksMax, data);
    }

    public SquareSettings withDeliveryTimeout(Duration value) {
        return new SquareSettings(
                port, sellers, items, editsPerSecond, seed, coalesce, retryBase, retriesMax, value, webhooksMax, data);
    }

    /** Keeps the sellers in this directory: those that it holds are opened again, and go on where they stopped. */
    public SquareSettings withData(Path directory) {
        return new SquareSettings(
                port,
                sellers,
                items,
                editsPerSecond,
                seed,
                coalesce,
                retryBase,
                retriesMax,
                deliveryTimeout,
                webhooksMax,
                directory);
    }

    private static void check(boolean holds, String name, Object value) {
        if (!holds) {
            throw new IllegalArgumentException("square stand-in: " + name + " is out of range: " + value);
        }
    }
}
