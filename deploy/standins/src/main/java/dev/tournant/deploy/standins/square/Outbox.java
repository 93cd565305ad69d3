package dev.tournant.deploy.standins.square;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Delivers the events of one subscription: a few at a time, in no promised order, each until it is answered 2xx in time or
 * its retries are used up. A redirect is a failure. A delivery that waits for its retry does not hold up the others.
 */
final class Outbox {
    /** Requests under way to one subscriber. */
    static final int UNDER_WAY_MAX = 16;

    /** Runs something after a while. */
    interface Later {
        void run(Duration wait, Runnable work);
    }

    private record Delivery(String body, Instant first, int retry, Optional<String> reason) {
        Delivery again(String why) {
            return new Delivery(body, first, retry + 1, Optional.of(why));
        }
    }

    private final String url;
    private final URI target;
    private final String signatureKey;
    private final SquareSettings settings;
    private final HttpClient client;
    private final Later later;
    private final Stats stats;
    private final ArrayDeque<Delivery> waiting = new ArrayDeque<>();
    private int underWay;
    private int open;
    private boolean closed;

    Outbox(String url, String signatureKey, SquareSettings settings, HttpClient client, Later later, Stats stats) {
        this.url = url;
        this.target = URI.create(url);
        this.signatureKey = signatureKey;
        this.settings = settings;
        this.client = client;
        this.later = later;
        this.stats = stats;
    }

    String url() {
        return url;
    }

    String signatureKey() {
        return signatureKey;
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

    void deliver(String body, Duration wait) {
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
        Delivery delivery = new Delivery(body, Instant.now(), 0, Optional.empty());
        if (wait.isZero()) {
            enqueue(delivery);
        } else {
            later.run(wait, () -> enqueue(delivery));
        }
    }

    private void enqueue(Delivery delivery) {
        synchronized (this) {
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
                .whenComplete((response, failure) -> answered(delivery, response, failure));
    }

    private HttpRequest request(Delivery delivery) {
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .timeout(settings.deliveryTimeout())
                .header("content-type", "application/json")
                .header("user-agent", "Square Connect v2")
                .header("square-environment", "Production")
                .header("square-version", "2025-08-20")
                .header("square-initial-delivery-timestamp", delivery.first().toString())
                .header(
                        WebhookSignature.HEADER,
                        WebhookSignature.of(signatureKey, url, delivery.body().getBytes(StandardCharsets.UTF_8)));
        delivery.reason()
                .ifPresent(reason -> request.header("square-retry-number", Integer.toString(delivery.retry()))
                        .header("square-retry-reason", reason));
        return request.POST(HttpRequest.BodyPublishers.ofString(delivery.body()))
                .build();
    }

    private void answered(Delivery delivery, @Nullable HttpResponse<Void> response, @Nullable Throwable failure) {
        synchronized (this) {
            underWay--;
        }
        Optional<String> trouble = trouble(response, failure);
        if (trouble.isEmpty()) {
            end(Stats.Webhook.ACKED);
        } else if (delivery.retry() >= settings.retriesMax()) {
            end(Stats.Webhook.FAILED);
        } else {
            Duration wait = settings.retryBase().multipliedBy(1L << delivery.retry());
            later.run(wait, () -> enqueue(delivery.again(trouble.get())));
        }
        sendNext();
    }

    private void end(Stats.Webhook how) {
        stats.webhook(how);
        synchronized (this) {
            open--;
        }
    }

    private static Optional<String> trouble(@Nullable HttpResponse<Void> response, @Nullable Throwable failure) {
        if (response != null) {
            return response.statusCode() / 100 == 2 ? Optional.empty() : Optional.of("http_error");
        }
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return Optional.of(cause instanceof HttpTimeoutException ? "http_timeout" : "other_error");
    }
}
