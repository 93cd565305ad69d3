package dev.tournant.http.client;

import com.typesafe.config.Config;
import dev.tournant.http.client.token.TokenConfig;
import dev.tournant.model.PartnerName;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one partner is called; the keys are described in {@code tournant-client.conf}.
 *
 * @param baseUrl http or https, host, and perhaps a port and a path; nothing else
 * @param timeout bounds a call in all but what it waits at the gates
 * @param gateWaitMax bounds what a call waits at the gates in all
 * @param credentialsLook how long a call waits at the gates of each of several credentials before it asks at those of the next
 * @param credentialsRest how long credentials that did not work come after others
 * @param attemptsMax how often a repeatable request is sent at most
 */
public record PartnerConfig(
        PartnerName partner,
        URI baseUrl,
        int connectionsMax,
        int queueMax,
        Duration timeout,
        Duration gateWaitMax,
        Duration credentialsLook,
        Duration credentialsRest,
        int answerBytesMax,
        int attemptsMax,
        Duration backoffMin,
        Duration backoffMax,
        TokenConfig tokens) {
    public PartnerConfig {
        require(isBase(baseUrl), partner, "base-url", "must be http(s)://host[:port][/path] without a trailing slash");
        require(connectionsMax >= 1, partner, "connections-max", "must be at least 1");
        require(queueMax >= 0, partner, "queue-max", "must be at least 0");
        require(isPositive(timeout), partner, "timeout", "must be above 0");
        require(!gateWaitMax.isNegative(), partner, "gate-wait-max", "must not be below 0");
        require(isPositive(credentialsLook), partner, "credentials-look", "must be above 0");
        require(!credentialsRest.isNegative(), partner, "credentials-rest", "must not be below 0");
        require(answerBytesMax >= 1, partner, "answer-bytes-max", "must be at least 1");
        require(attemptsMax >= 1 && attemptsMax <= 10, partner, "attempts-max", "must be 1 to 10");
        require(isPositive(backoffMin), partner, "backoff-min", "must be above 0");
        require(backoffMax.compareTo(backoffMin) >= 0, partner, "backoff-max", "must not be below backoff-min");
    }

    static PartnerConfig read(PartnerName partner, Config block) {
        return new PartnerConfig(
                partner,
                url(partner, block.getString("base-url")),
                block.getInt("connections-max"),
                block.getInt("queue-max"),
                block.getDuration("timeout"),
                block.getDuration("gate-wait-max"),
                block.getDuration("credentials-look"),
                block.getDuration("credentials-rest"),
                bytes(partner, block),
                block.getInt("attempts-max"),
                block.getDuration("backoff-min"),
                block.getDuration("backoff-max"),
                TokenConfig.read(
                        partner,
                        block.getConfig("tokens"),
                        block.getDuration("timeout").plus(block.getDuration("gate-wait-max"))));
    }

    boolean isSecure() {
        return "https".equals(baseUrl.getScheme());
    }

    int port() {
        return baseUrl.getPort() >= 0 ? baseUrl.getPort() : isSecure() ? 443 : 80;
    }

    private static URI url(PartnerName partner, String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key(partner, "base-url") + ": is no URL", e);
        }
    }

    private static int bytes(PartnerName partner, Config block) {
        long bytes = block.getBytes("answer-bytes-max");
        require(bytes <= Integer.MAX_VALUE, partner, "answer-bytes-max", "must be below 2 GiB");
        return (int) bytes;
    }

    private static boolean isBase(URI url) {
        @Nullable String path = url.getRawPath();
        return ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                && url.getHost() != null
                && url.getRawUserInfo() == null
                && url.getRawQuery() == null
                && url.getRawFragment() == null
                && (path == null || !path.endsWith("/"));
    }

    private static boolean isPositive(Duration duration) {
        return duration.compareTo(Duration.ZERO) > 0;
    }

    private static void require(boolean holds, PartnerName partner, String key, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(key(partner, key) + ": " + otherwise);
        }
    }

    private static String key(PartnerName partner, String key) {
        return ClientConfig.PATH + ".partners." + partner + "." + key;
    }
}
