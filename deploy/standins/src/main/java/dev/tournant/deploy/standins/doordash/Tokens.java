package dev.tournant.deploy.standins.doordash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Hmac;
import dev.tournant.deploy.standins.core.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Checks the tokens that clients sign for themselves: JWT, HS256, header {@code dd-ver: DD-JWT-V1}, at most half an hour. */
final class Tokens {
    static final Duration LIFETIME_MAX = Duration.ofMinutes(30);

    private static final String BEARER = "Bearer ";

    /** Whose token it is, or what is wrong with it. */
    sealed interface Verdict {
        record Accepted(String keyId) implements Verdict {}

        record Refused(String why) implements Verdict {}
    }

    private final List<DeveloperKey> keys;
    private final InstantSource clock;

    Tokens(List<DeveloperKey> keys, InstantSource clock) {
        this.keys = List.copyOf(keys);
        this.clock = clock;
    }

    Verdict check(Optional<String> authorization) {
        if (authorization.isEmpty() || !authorization.get().startsWith(BEARER)) {
            return refused("The [Authorization] header must be `Bearer` and a JWT");
        }
        String[] parts = authorization.get().substring(BEARER.length()).split("\\.", -1);
        if (parts.length != 3) {
            return refused("The JWT must have three parts, parted by dots");
        }
        Optional<ObjectNode> header = decoded(parts[0]).flatMap(Json::readObject);
        Optional<ObjectNode> claims = decoded(parts[1]).flatMap(Json::readObject);
        if (header.isEmpty() || claims.isEmpty()) {
            return refused("The header and the payload of the JWT must be base64url-encoded JSON objects");
        }
        return headerTrouble(header.get())
                .or(() -> claimsTrouble(claims.get()))
                .<Verdict>map(Verdict.Refused::new)
                .orElseGet(() -> signed(parts, claims.get()));
    }

    private static Optional<String> headerTrouble(JsonNode header) {
        if (!header.path("alg").asText().equals("HS256")) {
            return Optional.of("The [alg] header must be `HS256`");
        }
        return header.path("dd-ver").asText().equals("DD-JWT-V1")
                ? Optional.empty()
                : Optional.of("The [dd-ver] header must be `DD-JWT-V1`");
    }

    private Optional<String> claimsTrouble(JsonNode claims) {
        if (!claims.path("aud").asText().equals("doordash")) {
            return Optional.of("The [aud] must be `doordash`");
        }
        JsonNode iat = claims.path("iat");
        JsonNode exp = claims.path("exp");
        if (!iat.isIntegralNumber() || !exp.isIntegralNumber() || !iat.canConvertToLong() || !exp.canConvertToLong()) {
            return Optional.of("The [iat] and the [exp] must be whole seconds from the epoch");
        }
        long now = clock.instant().getEpochSecond();
        if (iat.asLong() > now) {
            return Optional.of("The [iat] is in the future");
        }
        if (exp.asLong() <= now) {
            return Optional.of("The [exp] is in the past; the JWT is expired");
        }
        return exp.asLong() > iat.asLong() + LIFETIME_MAX.toSeconds()
                ? Optional.of("The [exp] is more than 1800 seconds after the [iat]")
                : Optional.empty();
    }

    private Verdict signed(String[] parts, JsonNode claims) {
        Optional<DeveloperKey> key = keys.stream()
                .filter(each -> each.keyId().equals(claims.path("kid").asText()))
                .findFirst();
        if (key.isEmpty()) {
            return refused("The [kid] is not a known key");
        }
        if (!key.get().developerId().equals(claims.path("iss").asText())) {
            return refused("The [iss] is not the developer whose key the [kid] names");
        }
        byte[] expected =
                Hmac.of(key.get().secretBytes(), (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        boolean matches = decoded(parts[2])
                .filter(given -> MessageDigest.isEqual(expected, given))
                .isPresent();
        return matches
                ? new Verdict.Accepted(key.get().keyId())
                : refused("The signature does not match; sign with the base64url-decoded secret");
    }

    private static Optional<byte[]> decoded(String part) {
        try {
            return Optional.of(Base64.getUrlDecoder().decode(part));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static Verdict refused(String why) {
        return new Verdict.Refused(why);
    }
}
