package dev.tournant.deploy.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.messages.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** A small HTTP client for the stack's own servers. */
public final class WebClient {
    private static final Duration WITHIN = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(WITHIN)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final Map<String, String> headers;
    private final Duration within;

    public WebClient(Map<String, String> headers) {
        this(headers, WITHIN);
    }

    /** {@code within} bounds each call. */
    WebClient(Map<String, String> headers, Duration within) {
        this.headers = Map.copyOf(headers);
        this.within = within;
    }

    /** An answer of any status. */
    public record Reply(int status, Map<String, java.util.List<String>> headers, String body) {
        public JsonNode json() {
            try {
                return Json.text().readTree(body);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("no JSON: " + body, e);
            }
        }

        public String header(String lowerCaseName) {
            return headers.getOrDefault(lowerCaseName, java.util.List.of("")).get(0);
        }

        /** This reply, if its status says that all is well. */
        public Reply ok() {
            if (status / 100 != 2) {
                throw new IllegalStateException("HTTP " + status + ": " + body);
            }
            return this;
        }
    }

    /**
     * Asks once more where the connection was reset: a node closes one that was idle for a minute, maybe as we use it again,
     * and a GET may be repeated (RFC 9110, 9.2.2).
     */
    public Reply get(String url) throws IOException {
        try {
            return send("GET", url, "", Map.of());
        } catch (IOException e) {
            if (!isReset(e)) {
                throw e;
            }
            return send("GET", url, "", Map.of());
        }
    }

    private static boolean isReset(IOException failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof SocketException && !(each instanceof ConnectException)) {
                return true;
            }
        }
        return false;
    }

    public Reply send(String method, String url, String body, Map<String, String> more) throws IOException {
        try {
            HttpResponse<String> response =
                    client.send(request(method, url, body, more), HttpResponse.BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.headers().map(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** A request as {@link #send} makes it, for callers that send it themselves. */
    public HttpRequest request(String method, String url, String body, Map<String, String> more) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(within);
        headers.forEach(request::setHeader);
        if (!body.isEmpty()) {
            request.setHeader("Content-Type", "application/json");
        }
        more.forEach(request::setHeader);
        return request.method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    public HttpClient raw() {
        return client;
    }
}
