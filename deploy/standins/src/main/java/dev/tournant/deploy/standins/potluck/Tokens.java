package dev.tournant.deploy.standins.potluck;

import dev.tournant.deploy.standins.core.Answer;
import dev.tournant.deploy.standins.core.Hmac;
import dev.tournant.deploy.standins.core.Json;
import dev.tournant.deploy.standins.core.Luck;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** OAuth 2 client credentials of the one application. Tokens are signed texts that nobody keeps. Safe for threads. */
final class Tokens {
    private static final String SCOPE = "catalog";
    private static final String BEARER = "Bearer ";
    // Ids and secrets draw from the one seed as menus do, and must not draw the same.
    private static final long SALT = 0x706f746cL;

    /** The application's credentials. They open nothing but this stand-in. */
    public record Client(String id, String secret) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "Client[" + id + "]";
        }
    }

    private final Client client;
    private final String key;
    private final Duration life;
    private final InstantSource clock;
    private final AtomicLong generation = new AtomicLong();

    Tokens(long seed, Duration life, InstantSource clock) {
        Random random = new Random(seed ^ SALT);
        this.client = new Client("app-" + Luck.uuid(random), Luck.uuid(random).toString());
        this.key = Luck.uuid(random).toString();
        this.life = life;
        this.clock = clock;
    }

    Client client() {
        return client;
    }

    /** Ends all tokens that were given so far. */
    void expireAll() {
        generation.incrementAndGet();
    }

    /** Answers the token endpoint; errors are those of RFC 6749. */
    Answer grant(String form) {
        Map<String, String> asked = fields(form);
        if (!"client_credentials".equals(asked.get("grant_type"))) {
            return refused(400, "unsupported_grant_type");
        }
        if (!client.id().equals(asked.get("client_id")) || !client.secret().equals(asked.get("client_secret"))) {
            return refused(401, "invalid_client");
        }
        if (!SCOPE.equals(asked.get("scope"))) {
            return refused(400, "invalid_scope");
        }
        String claims = generation.get() + "." + clock.instant().plus(life).toEpochMilli();
        return Answer.ok(Json.object()
                .put("access_token", claims + "." + signature(claims))
                .put("token_type", "bearer")
                .put("expires_in", life.toSeconds())
                .put("scope", SCOPE));
    }

    private static Answer refused(int status, String error) {
        return Answer.of(status, Json.object().put("error", error));
    }

    private static Map<String, String> fields(String form) {
        Map<String, String> fields = new HashMap<>();
        for (String each : form.split("&", -1)) {
            int equals = each.indexOf('=');
            if (equals > 0) {
                fields.put(decoded(each.substring(0, equals)), decoded(each.substring(equals + 1)));
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return "";
        }
    }

    private String signature(String claims) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Hmac.of(key, claims));
    }

    /** {@link PotluckError} unless a header {@code Authorization} bears a token that is good now. */
    void check(String authorization) {
        String token = authorization.startsWith(BEARER) ? authorization.substring(BEARER.length()) : "";
        int end = token.lastIndexOf('.');
        String claims = end < 0 ? "" : token.substring(0, end);
        byte[] signed = signature(claims).getBytes(StandardCharsets.US_ASCII);
        if (end < 0 || !MessageDigest.isEqual(signed, token.substring(end + 1).getBytes(StandardCharsets.US_ASCII))) {
            throw PotluckError.unauthorised("Send 'Authorization: Bearer TOKEN'");
        }
        int dot = claims.indexOf('.');
        boolean old = Long.parseLong(claims.substring(0, dot)) != generation.get();
        if (old || Long.parseLong(claims.substring(dot + 1)) <= clock.millis()) {
            throw PotluckError.expired();
        }
    }
}
