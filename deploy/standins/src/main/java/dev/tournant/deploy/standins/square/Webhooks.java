package dev.tournant.deploy.standins.square;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.HttpUrl;
import dev.tournant.deploy.standins.core.Json;
import dev.tournant.deploy.standins.core.Later;
import dev.tournant.deploy.standins.core.Luck;
import dev.tournant.deploy.standins.core.Outbox;
import dev.tournant.deploy.standins.core.Stats;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

/**
 * Turns changes into webhook events and hands them to the subscribers. A catalog event is only a signal, and one stands for
 * all changes within a short while; an inventory event carries the counts; a location event carries the id alone.
 */
final class Webhooks implements Seller.Watcher {
    /** Subscriptions of one seller. */
    static final int SUBSCRIPTIONS_MAX = 20;

    /** Where a seller's events go. */
    record Subscription(String url, String signatureKey) {
        /** Without the key. */
        @Override
        public String toString() {
            return "Subscription[" + url + "]";
        }
    }

    private final SquareSettings settings;
    private final HttpClient client;
    private final Later later;
    private final Luck<Faults> luck;
    private final Stats stats;
    private final Map<String, List<Subscriber>> subscribers = new ConcurrentHashMap<>();
    private final Set<String> signalled = ConcurrentHashMap.newKeySet();

    Webhooks(SquareSettings settings, Executor executor, Later later, Luck<Faults> luck, Stats stats) {
        this.settings = settings;
        this.later = later;
        this.luck = luck;
        this.stats = stats;
        this.client = Outbox.client(settings.deliveryTimeout(), executor);
    }

    /**
     * Adds a subscription; one with the same URL is replaced. False when the seller has too many. Throws
     * {@link IllegalArgumentException} for a URL that is none.
     */
    synchronized boolean subscribe(String merchantId, String url, String signatureKey) {
        URI target = HttpUrl.of(url);
        List<Subscriber> own = subscribers.computeIfAbsent(merchantId, key -> new CopyOnWriteArrayList<>());
        own.stream().filter(each -> each.url().equals(url)).forEach(Subscriber::close);
        own.removeIf(each -> each.url().equals(url));
        Outbox.Patience patience = Outbox.Patience.doubling(settings.retryBase(), settings.retriesMax());
        Outbox outbox = new Outbox(patience, settings.webhooksMax(), client, later, stats);
        Subscription subscription = new Subscription(url, signatureKey);
        return own.size() < SUBSCRIPTIONS_MAX
                && own.add(new Subscriber(subscription, target, settings.deliveryTimeout(), outbox));
    }

    /** Ends all subscriptions of a seller. */
    synchronized void unsubscribe(String merchantId) {
        List<Subscriber> own = subscribers.remove(merchantId);
        if (own != null) {
            own.forEach(Subscriber::close);
        }
    }

    List<Subscription> subscriptions(String merchantId) {
        return subscribers.getOrDefault(merchantId, List.of()).stream()
                .map(Subscriber::subscription)
                .toList();
    }

    List<String> urls(String merchantId) {
        return subscribers.getOrDefault(merchantId, List.of()).stream()
                .map(Subscriber::url)
                .toList();
    }

    /** Deliveries not yet answered 2xx or given up. */
    int open() {
        return subscribers.values().stream()
                .flatMap(List::stream)
                .mapToInt(Subscriber::open)
                .sum();
    }

    void close() {
        subscribers.values().forEach(own -> own.forEach(Subscriber::close));
    }

    @Override
    public void catalogueChanged(Seller seller) {
        if (subscribers.containsKey(seller.merchantId()) && signalled.add(seller.merchantId())) {
            later.run(settings.coalesce(), () -> signal(seller));
        }
    }

    @Override
    public void countsChanged(Seller seller, List<ObjectNode> counts) {
        ObjectNode object = Json.object();
        object.set("inventory_counts", Json.array(counts));
        raise(seller.merchantId(), "inventory.count.updated", Json.object(), data("inventory_counts", object));
    }

    @Override
    public void locationChanged(Seller seller, String locationId) {
        raise(
                seller.merchantId(),
                "location.updated",
                Json.object().put("location_id", locationId),
                Json.object().put("type", "Location").put("id", locationId));
    }

    private void signal(Seller seller) {
        // Before the time is read: a change from here on asks for a signal of its own.
        signalled.remove(seller.merchantId());
        long latest = seller.atomically(() -> seller.catalogue().latest());
        ObjectNode object = Json.object();
        object.putObject("catalog_version").put("updated_at", Json.time(latest));
        raise(seller.merchantId(), "catalog.version.updated", Json.object(), data("catalog_version", object));
    }

    private ObjectNode data(String type, ObjectNode object) {
        ObjectNode data = Json.object();
        data.put("type", type);
        data.put("id", luck.uuid().toString());
        data.set("object", object);
        return data;
    }

    private void raise(String merchantId, String type, ObjectNode extra, ObjectNode data) {
        List<Subscriber> own = subscribers.getOrDefault(merchantId, List.of());
        if (own.isEmpty()) {
            return;
        }
        ObjectNode event = Json.object();
        event.put("merchant_id", merchantId);
        event.setAll(extra);
        event.put("type", type);
        event.put("event_id", luck.uuid().toString());
        event.put("created_at", Instant.now().toString());
        event.set("data", data);
        String body = event.toString();
        own.forEach(subscriber -> send(subscriber, body));
    }

    private void send(Subscriber subscriber, String body) {
        Faults faults = luck.faults();
        stats.webhook(Stats.Webhook.RAISED);
        if (luck.strikes(faults.webhookDropRatio())) {
            stats.webhook(Stats.Webhook.DROPPED);
            return;
        }
        Duration wait = Duration.ofMillis(faults.webhookDelayMs());
        boolean signed = !luck.strikes(faults.webhookUnsignedRatio());
        if (!signed) {
            stats.webhook(Stats.Webhook.UNSIGNED);
        }
        subscriber.deliver(body, signed, wait);
        if (luck.strikes(faults.webhookDuplicateRatio())) {
            stats.webhook(Stats.Webhook.DUPLICATED);
            subscriber.deliver(body, signed, wait);
        }
    }
}
