package dev.tournant.adapter.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Settings;
import dev.tournant.adapter.signature.HmacAlgorithm;
import dev.tournant.adapter.signature.KeyForm;
import dev.tournant.adapter.signature.PrefixedHeader;
import dev.tournant.adapter.signature.SignatureForm;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * We make the token ourselves, a new one for every request: a JWT (RFC 7519) signed by HMAC-SHA256.
 *
 * @param joseHeader fields of the token's head besides {@code alg} and {@code typ}
 * @param claims besides {@code iat} and {@code exp}, all of them text; {@code aud}, {@code iss} and the like
 * @param key name of the secret to sign with
 * @param lifetime from {@code iat} to {@code exp}, whole seconds; 1 s to 1 day, and not above what the partner allows
 */
public record SelfSignedJwt(
        PrefixedHeader header,
        Map<String, Value> joseHeader,
        Map<String, Value> claims,
        String key,
        KeyForm keyForm,
        Duration lifetime)
        implements AuthScheme {
    private static final int FIELDS_MAX = 16;

    public SelfSignedJwt {
        joseHeader = checked("jose-header", joseHeader, Set.of("alg", "typ"));
        claims = checked("claims", claims, Set.of("iat", "exp"));
        Settings.secretName("key", key);
        Settings.duration("lifetime", lifetime, Duration.ofSeconds(1), Duration.ofDays(1));
    }

    private static Map<String, Value> checked(String field, Map<String, Value> values, Set<String> ours) {
        Settings.list(field, List.copyOf(values.keySet()), 0, FIELDS_MAX);
        values.forEach((name, value) -> {
            if (ours.contains(name)) {
                throw Settings.wrong(field + "." + name, "is set for every token and cannot be configured");
            }
            if (value instanceof Value.Given) {
                throw Settings.wrong(field + "." + name, "must be a text or a secret, not " + value);
            }
        });
        return Map.copyOf(values);
    }

    @Override
    public Request authorise(Request request, Keyring keys, @Nullable Token token, Instant now) {
        return request.with(header.name(), header.value(key, jwt(keys, now)));
    }

    private String jwt(Keyring keys, Instant now) {
        ObjectNode head = Documents.empty().put("alg", "HS256").put("typ", "JWT");
        put(head, joseHeader, keys);
        ObjectNode body = Documents.empty();
        put(body, claims, keys);
        long issued = now.getEpochSecond();
        body.put("iat", issued).put("exp", issued + lifetime.toSeconds());
        String signed = part(head) + "." + part(body);
        byte[] mac = HmacAlgorithm.SHA256.mac(keyForm.current(keys, key), signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + SignatureForm.BASE64URL.encode(mac);
    }

    private static void put(ObjectNode into, Map<String, Value> values, Keyring keys) {
        new TreeMap<>(values).forEach((name, value) -> into.put(name, Value.resolve(value, keys, Map.of())));
    }

    private static String part(ObjectNode json) {
        return SignatureForm.BASE64URL.encode(Documents.text(json).getBytes(StandardCharsets.UTF_8));
    }
}
