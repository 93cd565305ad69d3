package dev.tournant.deploy.standins.potluck;

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
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Tells changes of all locations to the one URL of the application. An item and the store come whole; of the catalogue the
 * event is only a signal. Each attempt is signed anew: hex of HMAC-SHA256 over the time, a newline and the body.
 */
final class Webhooks implements Location.Watcher {
    private record Subscriber(URI target, String key, Outbox outbox) {
        /** Without the key. */
        @Override
        public String toString() {
            return "Subscriber[" + target + "]";
        }
    }

    private final PotluckSettings settings;
    private final HttpClient client;
    private final Later later;
    private final Luck<Faults> luck;
    private final Stats stats;
    private final InstantSource clock;
    private volatile @Nullable Subscriber subscriber;

    Webhooks(
            PotluckSettings settings,
            Executor executor,
            Later later,
            Luck<Faults> luck,
            Stats stats,
            InstantSource clock) {
        this.settings = settings;
        this.client = Outbox.client(settings.answerWithin(), executor);
        this.later = later;
        this.luck = luck;
        this.stats = stats;
        this.clock = clock;
    }

    /**
     * From now on webhooks go there and nowhere else; what waits for the former URL is lost. Throws
     * {@link IllegalArgumentException} for a URL that is none.
     */
    synchronized void subscribe(String url, String key) {
        URI target = HttpUrl.of(url);
        close();
        Outbox.Patience patience = Outbox.Patience.doubling(settings.retryBase(), settings.retriesMax());
        subscriber = new Subscriber(target, key, new Outbox(patience, settings.webhooksMax(), client, later, stats));
    }

    Optional<String> url() {
        return Optional.ofNullable(subscriber).map(each -> each.target().toString());
    }

    /** Webhooks not yet answered 2xx or given up. */
    int open() {
        Subscriber now = subscriber;
        return now == null ? 0 : now.outbox().open();
    }

    synchronized void close() {
        Subscriber now = subscriber;
        if (now != null) {
            now.outbox().close();
        }
    }

    @Override
    public void itemChanged(Location location, ObjectNode item) {
        ObjectNode data = Json.object();
        data.set("item", item);
        raise(location, "item.changed", data);
    }

    @Override
    public void catalogChanged(Location location) {
        raise(location, "catalog.changed", Json.object());
    }

    @Override
    public void storeChanged(Location location) {
        ObjectNode data = Json.object();
        data.set("store", location.store());
        raise(location, "store.changed", data);
    }

    private void raise(Location location, String type, ObjectNode data) {
        Subscriber to = subscriber;
        if (to == null) {
            return;
        }
        ObjectNode event = Json.object()
                .put("event_id", luck.uuid().toString())
                .put("type", type)
                .put("account_id", location.account())
                .put("location_id", location.id())
                .put("created_at", clock.instant().toString());
        event.set("data", data);
        send(to, event.toString());
    }

    private void send(Subscriber to, String body) {
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
        Outbox.Letter letter = (first, retry, last) -> request(to, body, signed);
        Duration wait = Duration.ofMillis(faults.webhookDelayMs());
        to.outbox().deliver(letter, wait);
        if (luck.strikes(faults.webhookDuplicateRatio())) {
            stats.webhook(Stats.Webhook.DUPLICATED);
            to.outbox().deliver(letter, wait);
        }
    }

    private HttpRequest request(Subscriber to, String body, boolean signed) {
        String time = Long.toString(clock.instant().getEpochSecond());
        String key = signed ? to.key() : to.key() + "-not";
        return HttpRequest.newBuilder(to.target())
                .timeout(settings.answerWithin())
                .header("Content-Type", "application/json")
                .header("X-Potluck-Time", time)
                .header("X-Potluck-Signature", HexFormat.of().formatHex(Hmac.of(key, time, "\n", body)))
                .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                .build();
    }
}
