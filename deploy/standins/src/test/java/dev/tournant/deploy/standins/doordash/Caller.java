package dev.tournant.deploy.standins.doordash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Plain HTTP to a stand-in: its API with a token, its control API without. */
final class Caller {
    private static final String BASE = "/marketplace/api/v1/";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** Status, headers, body. */
    record Reply(int status, HttpResponse<byte[]> response, JsonNode body) {
        Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }
    }

    private final URI base;
    private final Signer signer;

    Caller(DoorDashStandin standin) {
        this(standin, 0);
    }

    Caller(DoorDashStandin standin, int key) {
        this.base = standin.url();
        this.signer = new Signer(standin.keys().get(key));
    }

    Signer signer() {
        return signer;
    }

    Reply get(String path) throws IOException, InterruptedException {
        return getWith("Bearer " + signer.token(), path);
    }

    Reply getWith(String authorization, String path) throws IOException, InterruptedException {
        return sent(HttpRequest.newBuilder(base.resolve(BASE + path))
                .header("Authorization", authorization)
                .GET());
    }

    Reply getWithoutToken(String path) throws IOException, InterruptedException {
        return sent(HttpRequest.newBuilder(base.resolve(BASE + path)).GET());
    }

    /** The body may use single quotes. */
    Reply send(String method, String path, String body) throws IOException, InterruptedException {
        return sent(HttpRequest.newBuilder(base.resolve(BASE + path))
                .header("Authorization", "Bearer " + signer.token())
                .header("Content-Type", "application/json")
                .method(method, json(body)));
    }

    Reply push(JsonNode menu) throws IOException, InterruptedException {
        return send("POST", "menus", menu.toString().replace('\'', '"'));
    }

    /** The body may use single quotes. */
    Reply control(String path, String body) throws IOException, InterruptedException {
        return sent(HttpRequest.newBuilder(base.resolve("/control/" + path)).POST(json(body)));
    }

    JsonNode control(String path) throws IOException, InterruptedException {
        return sent(HttpRequest.newBuilder(base.resolve("/control/" + path)).GET())
                .body();
    }

    JsonNode truth(String store) throws IOException, InterruptedException {
        return control("truth?store=" + store);
    }

    /** Asks again and again until it holds, for at most ten seconds. */
    static void await(BooleanSupplier holds) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it did not become true within 10 s");
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    static ObjectNode object(String json) {
        return Json.readObject(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
    }

    private static HttpRequest.BodyPublisher json(String body) {
        return HttpRequest.BodyPublishers.ofString(body.replace('\'', '"'), StandardCharsets.UTF_8);
    }

    private static Reply sent(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response =
                CLIENT.send(request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofByteArray());
        return new Reply(
                response.statusCode(), response, Json.read(response.body()).orElseThrow());
    }
}
