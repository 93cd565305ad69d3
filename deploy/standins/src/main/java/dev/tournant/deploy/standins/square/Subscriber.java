package dev.tournant.deploy.standins.square;

import dev.tournant.deploy.standins.core.Outbox;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Where a seller's events go, and those that are on their way there. */
record Subscriber(Webhooks.Subscription subscription, URI target, Duration answerWithin, Outbox outbox) {

    String url() {
        return subscription.url();
    }

    int open() {
        return outbox.open();
    }

    void close() {
        outbox.close();
    }

    /** Without the signature when it is not to be signed. */
    void deliver(String body, boolean signed, Duration wait) {
        outbox.deliver((first, retry, last) -> request(body, signed, first, retry, last), wait);
    }

    private HttpRequest request(String body, boolean signed, Instant first, int retry, Optional<Outbox.Trouble> last) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .timeout(answerWithin)
                .header("content-type", "application/json")
                .header("user-agent", "Square Connect v2")
                .header("square-environment", "Production")
                .header("square-version", "2025-08-20")
                .header("square-initial-delivery-timestamp", first.toString());
        if (signed) {
            request.header(WebhookSignature.HEADER, WebhookSignature.of(subscription.signatureKey(), url(), bytes));
        }
        last.ifPresent(trouble -> request.header("square-retry-number", Integer.toString(retry))
                .header("square-retry-reason", reason(trouble)));
        return request.POST(HttpRequest.BodyPublishers.ofByteArray(bytes)).build();
    }

    private static String reason(Outbox.Trouble trouble) {
        return switch (trouble.kind()) {
            case REFUSED -> "http_error";
            case TIMED_OUT -> "http_timeout";
            case OTHER -> "other_error";
        };
    }
}
