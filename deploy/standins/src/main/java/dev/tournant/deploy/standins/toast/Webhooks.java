package dev.tournant.deploy.standins.toast;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Hmac;
import dev.tournant.deploy.standins.core.HttpUrl;
import dev.tournant.deploy.standins.core.Json;
import dev.tournant.deploy.standins.core.Later;
import dev.tournant.deploy.standins.core.Luck;
import dev.tournant.deploy.standins.core.Outbox;
import dev.tournant.deploy.standins.core.Stats;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

/**
 * Turns changes into webhook events and hands them to the subscribers of their category. A menus event is only a signal; a
 * stock event carries the level of one item.
 */
final class Webhooks implements Restaurant.Watcher {
    /** Subscriptions over all categories; each is for every restaurant. */
    static final int SUBSCRIPTIONS_MAX = 20;

    /** A category's way to one subscriber. */
    private record Subscriber(Category category, String url, URI target, String secret, Outbox outbox) {
        boolean is(Category other, String otherUrl) {
            return category == other && url.equals(otherUrl);
        }
    }

    private record Event(Category category, String type, String restaurantGuid, String timestamp, String body) {}

    private final WebhookRules rules;
    private final HttpClient client;
    private final Later later;
    private final Luck<Faults> luck;
    private final Stats stats;
    private final InstantSource clock;
    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();

    Webhooks(WebhookRules rules, Executor executor, Later later, Luck<Faults> luck, Stats stats, InstantSource clock) {
        this.rules = rules;
        this.later = later;
        this.luck = luck;
        this.stats = stats;
        this.clock = clock;
        this.client = Outbox.client(rules.answerWithin(), executor);
    }

    /**
     * Adds a subscription; one of the same category and URL is replaced. False when there are too many. Throws
     * {@link IllegalArgumentException} for a URL that is none.
     */
    synchronized boolean subscribe(Category category, String url, String secret) {
        URI target = HttpUrl.of(url);
        subscribers.stream()
                .filter(each -> each.is(category, url))
                .forEach(each -> each.outbox().close());
        subscribers.removeIf(each -> each.is(category, url));
        Outbox outbox = new Outbox(new Brake(rules, System::nanoTime), rules.waitingMax(), client, later, stats);
        return subscribers.size() < SUBSCRIPTIONS_MAX
                && subscribers.add(new Subscriber(category, url, target, secret, outbox));
    }

    /** Ends all subscriptions of a category. */
    synchronized void unsubscribe(Category category) {
        subscribers.stream()
                .filter(each -> each.category() == category)
                .forEach(each -> each.outbox().close());
        subscribers.removeIf(each -> each.category() == category);
    }

    /** Without secrets. */
    List<ObjectNode> subscriptions() {
        return subscribers.stream()
                .map(each -> Json.object()
                        .put("category", each.category().wireName())
                        .put("url", each.url())
                        .put("stopped", each.outbox().isClosed()))
                .toList();
    }

    /** Deliveries not yet answered 2xx or given up. */
    int open() {
        return subscribers.stream().mapToInt(each -> each.outbox().open()).sum();
    }

    void close() {
        subscribers.forEach(each -> each.outbox().close());
    }

    @Override
    public void menusPublished(Restaurant restaurant, String publishedDate) {
        ObjectNode details = Json.object();
        details.put("restaurantGuid", restaurant.guid());
        details.put("publishedDate", publishedDate);
        raise(Category.MENUS, "menus_updated", restaurant.guid(), details);
    }

    @Override
    public void stockChanged(Restaurant restaurant, String eventType, ObjectNode inventory) {
        ObjectNode details = Json.object();
        details.put("restaurantGuid", restaurant.guid());
        details.setAll(inventory);
        raise(Category.STOCK, eventType, restaurant.guid(), details);
    }

    private void raise(Category category, String type, String restaurantGuid, ObjectNode details) {
        List<Subscriber> own =
                subscribers.stream().filter(each -> each.category() == category).toList();
        if (own.isEmpty()) {
            return;
        }
        String timestamp = Json.time(clock.millis());
        ObjectNode json = Json.object();
        json.put("timestamp", timestamp);
        json.put("eventCategory", category.wireName());
        json.put("eventType", type);
        json.put("guid", luck.uuid().toString());
        json.set("details", details);
        Event event = new Event(category, type, restaurantGuid, timestamp, json.toString());
        own.forEach(subscriber -> send(subscriber, event));
    }

    private void send(Subscriber subscriber, Event event) {
        Faults faults = luck.faults();
        stats.webhook(Stats.Webhook.RAISED);
        if (luck.strikes(faults.webhookDropRatio())) {
            stats.webhook(Stats.Webhook.DROPPED);
            return;
        }
        boolean signed = !luck.strikes(faults.webhookUnsignedRatio());
        if (!signed) {
            stats.webhook(Stats.Webhook.UNSIGNED);
        }
        Outbox.Letter letter = (first, retry, last) -> request(subscriber, event, signed, retry);
        Duration wait = Duration.ofMillis(faults.webhookDelayMs());
        subscriber.outbox().deliver(letter, wait);
        if (luck.strikes(faults.webhookDuplicateRatio())) {
            stats.webhook(Stats.Webhook.DUPLICATED);
            subscriber.outbox().deliver(letter, wait);
        }
    }

    private HttpRequest request(Subscriber subscriber, Event event, boolean signed, int retry) {
        HttpRequest.Builder request = HttpRequest.newBuilder(subscriber.target())
                .timeout(rules.answerWithin())
                .header("Content-Type", "application/json")
                .header("Toast-Attempt-Number", Integer.toString(retry + 1))
                .header("Toast-Event-Type", event.type())
                .header("Toast-Event-Category", event.category().wireName())
                .header("Toast-Restaurant-External-ID", event.restaurantGuid());
        if (signed) {
            request.header("Toast-Signature", signature(subscriber.secret(), event.body(), event.timestamp()));
        }
        return request.POST(HttpRequest.BodyPublishers.ofString(event.body(), StandardCharsets.UTF_8))
                .build();
    }

    /** Base64 of HMAC-SHA256 over the raw body followed by its timestamp. */
    static String signature(String secret, String body, String timestamp) {
        return Base64.getEncoder().encodeToString(Hmac.of(secret, body, timestamp));
    }
}
