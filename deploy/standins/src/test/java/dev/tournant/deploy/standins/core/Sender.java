package dev.tournant.deploy.standins.core;

import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Request;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends the requests of an adapter to a stand-in, with all that they need to be let in. */
public final class Sender {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private static final String CONTENT_TYPE = "Content-Type";

    private final URI base;

    public Sender(URI base) {
        this.base = base;
    }

    /** Throws {@link IllegalStateException} where no answer comes. */
    public Answer send(Request authorised) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(base.resolve(authorised.path())).timeout(Duration.ofSeconds(10));
        if (!authorised.headers().containsKey(CONTENT_TYPE)) {
            builder.header(CONTENT_TYPE, "application/json");
        }
        authorised.headers().forEach(builder::header);
        @Nullable String json = authorised.json();
        builder.method(
                authorised.method(),
                json == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json));
        try {
            HttpResponse<byte[]> response = CLIENT.send(builder.build(), HttpResponse.BodyHandlers.ofByteArray());
            Map<String, String> headers = new HashMap<>();
            response.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
            return new Answer(response.statusCode(), headers, response.body(), Instant.now());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
