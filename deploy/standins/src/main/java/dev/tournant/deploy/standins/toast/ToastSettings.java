package dev.tournant.deploy.standins.toast;

import dev.tournant.deploy.standins.core.Pace;
import java.time.Duration;

/**
 * How a stand-in is set up.
 *
 * @param port TCP port on the loopback interface; 0 takes a free one
 * @param restaurants how many restaurants there are, 1 to 10 000; up to three belong to one brand
 * @param items items of each restaurant, 1 to 5 000; modifiers come on top
 * @param clients how many integrations have credentials, 1 to 100; each may act for every restaurant
 * @param editsPerSecond edits over all restaurants; 0 is none
 * @param seed the same seed gives the same restaurants, guids, credentials, menus and edits
 * @param limits how much a client may ask
 * @param publishLag from a publish until the menus are served anew
 * @param webhooks how webhooks are delivered
 */
public record ToastSettings(
        int port,
        int restaurants,
        int items,
        int clients,
        double editsPerSecond,
        long seed,
        Limits limits,
        Duration publishLag,
        WebhookRules webhooks) {
    private static final double WEBHOOK_TIME_SCALE = 0.01;

    public ToastSettings {
        check(port >= 0 && port <= 65_535, "port", port);
        check(restaurants >= 1 && restaurants <= 10_000, "restaurants", restaurants);
        check(items >= 1 && items <= 5_000, "items", items);
        check(clients >= 1 && clients <= 100, "clients", clients);
        check(editsPerSecond >= 0 && editsPerSecond <= Pace.EDITS_PER_SECOND_MAX, "editsPerSecond", editsPerSecond);
        check(!publishLag.isNegative(), "publishLag", publishLag);
    }

    /**
     * Ten restaurants with 120 items each, two clients, no edits, seed 1, a free port; Toast's limits; half a second from a
     * publish until it shows; webhooks as at Toast, but that its waits are a hundredth.
     */
    public static ToastSettings defaults() {
        return new ToastSettings(
                0,
                10,
                120,
                2,
                0,
                1,
                Limits.PUBLISHED,
                Duration.ofMillis(500),
                WebhookRules.PUBLISHED.scaled(WEBHOOK_TIME_SCALE));
    }

    public ToastSettings withPort(int value) {
        return new ToastSettings(
                value, restaurants, items, clients, editsPerSecond, seed, limits, publishLag, webhooks);
    }

    public ToastSettings withRestaurants(int value) {
        return new ToastSettings(port, value, items, clients, editsPerSecond, seed, limits, publishLag, webhooks);
    }

    public ToastSettings withItems(int value) {
        return new ToastSettings(port, restaurants, value, clients, editsPerSecond, seed, limits, publishLag, webhooks);
    }

    public ToastSettings withEditsPerSecond(double value) {
        return new ToastSettings(port, restaurants, items, clients, value, seed, limits, publishLag, webhooks);
    }

    public ToastSettings withSeed(long value) {
        return new ToastSettings(
                port, restaurants, items, clients, editsPerSecond, value, limits, publishLag, webhooks);
    }

    public ToastSettings withLimits(Limits value) {
        return new ToastSettings(port, restaurants, items, clients, editsPerSecond, seed, value, publishLag, webhooks);
    }

    public ToastSettings withPublishLag(Duration value) {
        return new ToastSettings(port, restaurants, items, clients, editsPerSecond, seed, limits, value, webhooks);
    }

    public ToastSettings withWebhooks(WebhookRules value) {
        return new ToastSettings(port, restaurants, items, clients, editsPerSecond, seed, limits, publishLag, value);
    }

    private static void check(boolean holds, String name, Object value) {
        if (!holds) {
            throw new IllegalArgumentException("toast stand-in: " + name + " is out of range: " + value);
        }
    }
}
