package dev.tournant.deploy.standins.square;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.deploy.standins.core.Answer;
import dev.tournant.deploy.standins.core.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Plain HTTP to a stand-in, with a token or without. */
final class Caller {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private final URI base;
    private final String token;

    Caller(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    Answer get(String path) throws IOException, InterruptedException {
        return answer(CLIENT.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofByteArray()));
    }

    /** The body may use single quotes. */
    Answer post(String path, String body) {
        return posted(path, body).join();
    }

    CompletableFuture<Answer> posted(String path, String body) {
        String json = body.replace('\'', '"');
        HttpRequest request = request(path)
                .POST(HttpRequest.BodyPublishers.ofString(json, StandardCharsets.UTF_8))
                .build();
        return CLIENT.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
                .thenApply(Caller::answer);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Square-Version", "2025-08-20")
                .header("Content-Type", "application/json");
    }

    private static Answer answer(HttpResponse<byte[]> response) {
        JsonNode body = Json.read(response.body()).orElseThrow();
        Map<String, String> wait = response.headers()
                .firstValue("Retry-After")
                .map(seconds -> Map.of("Retry-After", seconds))
                .orElse(Map.of());
        return Answer.of(response.statusCode(), body).withHeaders(wait);
    }
}
