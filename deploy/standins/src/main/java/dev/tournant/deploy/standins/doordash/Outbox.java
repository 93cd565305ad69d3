package dev.tournant.deploy.standins.doordash;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Delivers webhooks to one endpoint: a few at a time, in no promised order, each until it is answered 2xx in time or its
 * retries are used up. A redirect is a failure. A delivery that waits for its retry does not hold up the others.
 */
final class Outbox {
    /** Requests under way. */
    static final int UNDER_WAY_MAX = 16;

    private record Delivery(String body, boolean signed, int retry) {
        Delivery again() {
            return new Delivery(body, signed, retry + 1);
        }
    }

    private final String url;
    private final URI target;
    private final String token;
    private final DoorDashSettings settings;
    private final HttpClient client;
    private final Later later;
    private final Stats stats;
    private final ArrayDeque<Delivery> waiting = new ArrayDeque<>();
    private int underWay;
    private int open;
    private boolean closed;

    /** Throws {@link IllegalArgumentException} for a URL that is none. */
    Outbox(String url, String token, DoorDashSettings settings, HttpClient client, Later later, Stats stats) {
        this.url = url;
        this.target = URI.create(url);
        this.token = token;
        this.settings = settings;
        this.client = client;
        this.later = later;
        this.stats = stats;
    }

    String url() {
        return url;
    }

    /** Deliveries not yet answered 2xx or given up. */
    synchronized int open() {
        return open;
    }

    synchronized void close() {
        closed = true;
        open -= waiting.size();
        waiting.clear();
    }

    /** Without the bearer token when it is not to be signed. */
    void deliver(String body, boolean signed, Duration wait) {
        synchronized (this) {
            if (closed) {
                return;
            }
            if (open >= settings.webhooksMax()) {
                stats.webhook(Stats.Webhook.OVERFLOWED);
                return;
            }
            open++;
        }
        Delivery delivery = new Delivery(body, signed, 0);
        if (wait.isZero()) {
            enqueue(delivery);
        } else {
            later.run(wait, () -> enqueue(delivery));
        }
    }

    private void enqueue(Delivery delivery) {
        synchronized (this) {
            if (closed) {
                open--;
                return;
            }
            waiting.add(delivery);
        }
        sendNext();
    }

    private void sendNext() {
        Delivery delivery;
        synchronized (this) {
            if (closed || underWay >= UNDER_WAY_MAX || waiting.isEmpty()) {
                return;
            }
            delivery = waiting.remove();
            underWay++;
        }
        stats.webhook(Stats.Webhook.SENT);
        if (delivery.retry() > 0) {
            stats.webhook(Stats.Webhook.RETRIED);
        }
        var unused = client.sendAsync(request(delivery), HttpResponse.BodyHandlers.discarding())
                .whenComplete((response, failure) -> answered(delivery, response));
    }

    private HttpRequest request(Delivery delivery) {
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .timeout(settings.answerTimeout())
                .header("Content-Type", "application/json")
                .header("User-Agent", "doordash-standin");
        if (delivery.signed()) {
            request.header("Authorization", "Bearer " + token);
        }
        return request.POST(HttpRequest.BodyPublishers.ofString(delivery.body()))
                .build();
    }

    private void answered(Delivery delivery, @Nullable HttpResponse<Void> response) {
        synchronized (this) {
            underWay--;
        }
        if (response != null && response.statusCode() / 100 == 2) {
            end(Stats.Webhook.ACKED);
        } else if (delivery.retry() >= settings.retriesMax()) {
            end(Stats.Webhook.FAILED);
        } else {
            later.run(settings.retryBase().multipliedBy(1L << delivery.retry()), () -> enqueue(delivery.again()));
        }
        sendNext();
    }

    private void end(Stats.Webhook how) {
        stats.webhook(how);
        synchronized (this) {
            open--;
        }
    }
}
