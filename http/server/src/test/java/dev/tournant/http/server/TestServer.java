package dev.tournant.http.server;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Keyring;
import dev.tournant.messages.Json;
import dev.tournant.model.PartnerName;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server on a free port of the loopback interface, with everything around it in memory. */
final class TestServer implements AutoCloseable {
    static final String READER = "key-of-the-reader";
    static final String WRITER = "key-of-the-writer";
    static final String BOTH = "key-of-both";
    static final String SIGNATURE_KEY = "canary-signature-key";
    static final String PUBLIC_URL = "https://hooks.example.com/base";
    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    final MerchantsInMemory merchants = new MerchantsInMemory();
    final ConsentsInMemory consents = new ConsentsInMemory();
    final PoolsInMemory pools = new PoolsInMemory();
    final FreshnessInMemory freshness = new FreshnessInMemory();
    final PastInMemory past = new PastInMemory();
    final InboxInMemory inbox = new InboxInMemory();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final HttpApi api;
    private final ActorTestKit kit = ActorTestKit.create("http", ConfigFactory.load());
    private final HttpApi.Running running;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    final SignedAdapter square = new SignedAdapter("square");

    TestServer(String... overrides) {
        this(List.of(), overrides);
    }

    /** With further partners. */
    TestServer(List<Adapter> more, String... overrides) {
        Map<PartnerName, Adapter> adapters = new HashMap<>();
        Stream.concat(Stream.of(square, new SignedAdapter("toast")), more.stream())
                .forEach(each -> adapters.put(each.partner(), each));
        this.api = new HttpApi(
                kit.system(),
                HttpConfig.read(config(overrides)),
                merchants,
                inbox,
                merchants,
                merchants,
                past,
                past,
                Map.copyOf(adapters),
                name -> name.equals("main")
                        ? Optional.of(Keyring.of(Keyring.SIGNATURE_KEY, SIGNATURE_KEY))
                        : Optional.empty(),
                consents,
                pools,
                freshness,
                InstantSource.fixed(NOW),
                registry);
        this.running =
                api.bind().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    static Config config(String... overrides) {
        String keys = String.join(
                ",", key("reader", READER, "read"), key("writer", WRITER, "write"), key("both", BOTH, "read+write"));
        return ConfigFactory.parseString(String.join("\n", overrides))
                .atPath("tournant.http")
                .withFallback(ConfigFactory.parseString("tournant.http { port = 0, public-url = \"" + PUBLIC_URL
                        + "\", keys-text = \"" + keys + "\" }"))
                .withFallback(ConfigFactory.parseResources("tournant-http.conf"))
                .resolve();
    }

    private static String key(String name, String key, String scopes) {
        return name + ":" + sha256(key) + ":" + scopes;
    }

    static String sha256(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    int port() {
        return running.address().getPort();
    }

    HttpApi.Running running() {
        return running;
    }

    HttpClient client() {
        return client;
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    /** A request with the key of both; headers as name, value, name, value. */
    HttpResponse<String> send(String method, String path, String body, String... headers) {
        return sendAs(BOTH, method, path, body, headers);
    }

    HttpResponse<String> sendAs(String key, String method, String path, String body, String... headers) {
        return sendBytes(key, method, path, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    HttpResponse<String> sendBytes(String key, String method, String path, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(30))
                .method(
                        method,
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> get(String path) {
        return send("GET", path, "");
    }

    HttpResponse<String> put(String merchant, String profile) {
        return send("PUT", "/v1/merchants/" + merchant, profile, "Content-Type", "application/json");
    }

    HttpResponse<String> patch(String path, String patch, String... condition) {
        String[] headers = new String[condition.length + 2];
        System.arraycopy(condition, 0, headers, 0, condition.length);
        headers[condition.length] = "Content-Type";
        headers[condition.length + 1] = "application/merge-patch+json";
        return send("PATCH", path, patch, headers);
    }

    /** A merchant with a link to Square. */
    void createGrill() {
        put("grill", PROFILE);
    }

    static final String PROFILE = """
            {"name": "Grill", "currency": "USD", "zone": "America/New_York", "links": [
              {"id": "sq-1", "partner": "square", "account": "M1", "location": "L1", "credentials": "main"},
              {"id": "sq-2", "partner": "square", "account": "M1", "location": "L2", "credentials": "lost"}]}
            """;

    static JsonNode json(HttpResponse<String> response) {
        return json(response.body());
    }

    static JsonNode json(String text) {
        try {
            return Json.text().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    static String code(HttpResponse<String> response) {
        return json(response).path("code").asText() + " " + response.statusCode();
    }

    @Override
    public void close() {
        running.stop().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
        kit.shutdownTestKit();
    }
}
