package dev.tournant.deploy.standins.doordash;

import dev.tournant.deploy.standins.core.Outbox;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Where the webhooks of all stores go, and those that are on their way there. */
record Subscriber(URI target, String token, Duration answerWithin, Outbox outbox) {

    String url() {
        return target.toString();
    }

    int open() {
        return outbox.open();
    }

    void close() {
        outbox.close();
    }

    /** Without the bearer token when it is not to be signed. */
    void deliver(String body, boolean signed, Duration wait) {
        HttpRequest request = request(body, signed);
        outbox.deliver((first, retry, last) -> request, wait);
    }

    private HttpRequest request(String body, boolean signed) {
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .timeout(answerWithin)
                .header("Content-Type", "application/json")
                .header("User-Agent", "doordash-standin");
        if (signed) {
            request.header("Authorization", "Bearer " + token);
        }
        return request.POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                .build();
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "Subscriber[" + target + "]";
    }
}
