package dev.tournant.http.server;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import dev.tournant.model.PartnerName;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The settings of the HTTP server: the block {@value #PATH}, whose keys are described in {@code tournant-http.conf}.
 * Every error is an {@link IllegalArgumentException} or {@link com.typesafe.config.ConfigException} that names the key.
 *
 * @param publicUrl under which partners reach this server, without a trailing slash
 * @param answerWithin bounds a whole request, its body included
 * @param addressRate for requests without valid credentials, by address
 * @param trustedProxies how many proxies append to X-Forwarded-For; 0 where clients connect themselves
 * @param bulk bounds what is done to many links at once
 * @param server laid over {@code akka.http.server}
 */
public record HttpConfig(
        String host,
        int port,
        String publicUrl,
        List<ApiKey> keys,
        int jsonBytesMax,
        int hookBytesMax,
        Duration bodyWithin,
        Duration askWithin,
        Duration answerWithin,
        Duration retryAfter,
        int inFlightMax,
        int hooksInFlightMax,
        int streamsMax,
        Duration heartbeat,
        Rate keyRate,
        Rate hookRate,
        Rate appHookRate,
        Map<PartnerName, String> hookCredentials,
        Rate addressRate,
        int trustedProxies,
        Duration drainWithin,
        Bulk bulk,
        Config server) {
    public static final String PATH = "tournant.http";

    /**
     * What is done to many links with one request.
     *
     * @param linksMax how many merchants or links one request may name or find
     * @param atOnce how many of them are told at the same time
     */
    public record Bulk(int linksMax, int atOnce) {}

    public HttpConfig {
        keys = List.copyOf(keys);
        require(!host.isBlank(), "host", "must not be empty");
        require(port >= 0 && port <= 65_535, "port", "must be 0 to 65535, not " + port);
        require(isBase(publicUrl), "public-url", "must be http(s)://host[:port][/path] without a trailing slash");
        require(
                keys.stream().map(ApiKey::name).distinct().count() == keys.size(),
                "keys",
                "two keys have the same name");
        require(jsonBytesMax >= 1, "json-bytes-max", "must be at least 1");
        require(hookBytesMax >= 1, "hook-bytes-max", "must be at least 1");
        positive(bodyWithin, "body-within");
        positive(askWithin, "ask-within");
        positive(answerWithin, "answer-within");
        positive(retryAfter, "retry-after");
        positive(heartbeat, "heartbeat");
        positive(drainWithin, "drain-within");
        require(
                answerWithin.compareTo(server.getDuration("request-timeout")) < 0,
                "answer-within",
                "must be less than server.request-timeout, so that the client learns why");
        require(
                heartbeat.compareTo(server.getDuration("idle-timeout")) < 0,
                "heartbeat",
                "must be less than server.idle-timeout, which would close a silent stream");
        require(bulk.linksMax >= 1, "bulk.links-max", "must be at least 1");
        require(bulk.atOnce >= 1, "bulk.at-once", "must be at least 1");
        require(inFlightMax >= 1, "in-flight-max", "must be at least 1");
        require(hooksInFlightMax >= 1, "hooks-in-flight-max", "must be at least 1");
        require(streamsMax >= 1, "streams-max", "must be at least 1");
        require(trustedProxies >= 0, "trusted-proxies", "must be 0 or more");
    }

    /** How many of the webhooks under way may come from one address before their signatures are verified. */
    int hooksUnverifiedMax() {
        return (hooksInFlightMax + 1) / 2;
    }

    /** Reads the block {@value #PATH} of the node's configuration. */
    public static HttpConfig read(Config root) {
        Config block = root.getConfig(PATH);
        return new HttpConfig(
                block.getString("host"),
                block.getInt("port"),
                block.getString("public-url"),
                keys(block),
                bytes(block, "json-bytes-max"),
                bytes(block, "hook-bytes-max"),
                block.getDuration("body-within"),
                block.getDuration("ask-within"),
                block.getDuration("answer-within"),
                block.getDuration("retry-after"),
                block.getInt("in-flight-max"),
                block.getInt("hooks-in-flight-max"),
                block.getInt("streams-max"),
                block.getDuration("heartbeat"),
                rate(block, "key-rate"),
                rate(block, "hook-rate"),
                rate(block, "app-hook-rate"),
                hookCredentials(block),
                rate(block, "address-rate"),
                block.getInt("trusted-proxies"),
                block.getDuration("drain-within"),
                new Bulk(block.getInt("bulk.links-max"), block.getInt("bulk.at-once")),
                block.getConfig("server"));
    }

    private static Map<PartnerName, String> hookCredentials(Config block) {
        Config all = block.getConfig("hook-credentials");
        Map<PartnerName, String> credentials = new HashMap<>();
        all.root()
                .keySet()
                .forEach(partner -> credentials.put(
                        named("hook-credentials", () -> new PartnerName(partner)),
                        all.getString(ConfigUtil.joinPath(partner))));
        return credentials;
    }

    private static List<ApiKey> keys(Config block) {
        List<ApiKey> keys = new ArrayList<>();
        for (Config each : block.getConfigList("keys")) {
            keys.add(named(
                    "keys",
                    () -> new ApiKey(
                            each.getString("name"), each.getString("sha256"), scopes(each.getStringList("scopes")))));
        }
        String text = block.getString("keys-text");
        if (!text.isBlank()) {
            for (String each : text.split(",", -1)) {
                keys.add(named("keys-text", () -> key(each.trim())));
            }
        }
        return keys;
    }

    private static ApiKey key(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("each key must be name:sha256:scope+scope");
        }
        return new ApiKey(parts[0], parts[1], scopes(List.of(parts[2].split("\\+"))));
    }

    private static Set<Scope> scopes(List<String> names) {
        return names.stream().map(Scope::of).collect(Collectors.toUnmodifiableSet());
    }

    private static Rate rate(Config block, String key) {
        Config rate = block.getConfig(key);
        return named(
                key, () -> new Rate(rate.getDouble("per-second"), rate.getInt("burst"), rate.getInt("callers-max")));
    }

    private static int bytes(Config block, String key) {
        long bytes = block.getBytes(key);
        require(bytes <= Integer.MAX_VALUE, key, "must be below 2 GiB");
        return (int) bytes;
    }

    private static <T> T named(String key, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(PATH + "." + key + ": " + e.getMessage(), e);
        }
    }

    private static boolean isBase(String url) {
        try {
            URI uri = URI.create(url);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && !url.endsWith("/");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void positive(Duration duration, String key) {
        require(duration.compareTo(Duration.ZERO) > 0, key, "must be above 0");
    }

    private static void require(boolean holds, String key, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(PATH + "." + key + ": " + otherwise);
        }
    }
}
