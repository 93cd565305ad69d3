package dev.tournant.deploy.standins.toast;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Answer;
import dev.tournant.deploy.standins.core.Hmac;
import dev.tournant.deploy.standins.core.Json;
import dev.tournant.deploy.standins.core.Luck;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lets clients in. Tokens are signed texts that nobody has to keep: their number is no burden, and they outlive a restart
 * with the same seed. The newest are remembered for those who steer the stand-in. Safe for threads.
 */
final class Doorkeeper {
    static final int ISSUED_MAX = 1_000;

    private static final long HOUR_MILLIS = 3_600_000;
    private static final String ACCESS_TYPE = "TOAST_MACHINE_CLIENT";
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /** A token, or the reason why there is none; the verdict is there when it is the limit of logins. */
    record Login(Optional<Answer> token, Optional<ToastError> refusal, Limiter.@Nullable Verdict limit) {
        static Login refused(ToastError error) {
            return new Login(Optional.empty(), Optional.of(error), null);
        }
    }

    private final List<ToastStandin.Client> clients;
    private final String key;
    private final Map<String, ArrayDeque<Long>> logins = new HashMap<>();
    private final ArrayDeque<String> issued = new ArrayDeque<>();

    Doorkeeper(long seed, int clients) {
        Random random = new Random(seed ^ 0x70A57L);
        this.key = Luck.uuid(random).toString();
        this.clients = Stream.generate(() -> client(random)).limit(clients).toList();
    }

    private static ToastStandin.Client client(Random random) {
        byte[] secret = new byte[33];
        String id = Luck.uuid(random).toString().replace("-", "");
        random.nextBytes(secret);
        return new ToastStandin.Client(id, BASE64.encodeToString(secret));
    }

    List<ToastStandin.Client> clients() {
        return clients;
    }

    synchronized Login login(JsonNode body, Limits limits, long nowMillis) {
        if (!body.path("userAccessType").asText().equals(ACCESS_TYPE)) {
            return Login.refused(ToastError.bad("userAccessType has to be " + ACCESS_TYPE, "userAccessType"));
        }
        Optional<ToastStandin.Client> client = clients.stream()
                .filter(each -> each.clientId().equals(body.path("clientId").asText())
                        && each.clientSecret().equals(body.path("clientSecret").asText()))
                .findFirst();
        if (client.isEmpty()) {
            return Login.refused(ToastError.wrongCredentials());
        }
        ArrayDeque<Long> recent = logins.computeIfAbsent(client.get().clientId(), id -> new ArrayDeque<>());
        while (!recent.isEmpty() && nowMillis - recent.getFirst() >= HOUR_MILLIS) {
            recent.removeFirst();
        }
        if (recent.size() >= limits.loginsPerHourMax()) {
            Limiter.Verdict limit =
                    Limiter.Verdict.exhausted(Limiter.By.ENDPOINT, nowMillis, recent.getFirst() + HOUR_MILLIS);
            return new Login(Optional.empty(), Optional.of(ToastError.tooMany()), limit);
        }
        recent.add(nowMillis);
        String token = token(client.get().clientId(), limits, nowMillis);
        issued.add(token);
        if (issued.size() > ISSUED_MAX) {
            issued.remove();
        }
        return new Login(Optional.of(answer(token, limits)), Optional.empty(), null);
    }

    /** The newest tokens, at most {@value #ISSUED_MAX}, the oldest of them first. */
    synchronized List<String> issued() {
        return List.copyOf(issued);
    }

    private String token(String clientId, Limits limits, long nowMillis) {
        ObjectNode claims = Json.object()
                .put("sub", clientId)
                .put("iat", nowMillis / 1_000)
                .put("exp", nowMillis / 1_000 + limits.tokenSeconds());
        String signed = part(Json.object().put("alg", "HS256").put("typ", "JWT")) + "." + part(claims);
        return signed + "." + BASE64.encodeToString(Hmac.of(key, signed));
    }

    private static Answer answer(String token, Limits limits) {
        ObjectNode json = Json.object();
        json.putObject("token")
                .put("tokenType", "Bearer")
                .putNull("scope")
                .put("expiresIn", limits.tokenSeconds())
                .put("accessToken", token)
                .putNull("idToken")
                .putNull("refreshToken");
        return Answer.ok(json.put("status", "SUCCESS"));
    }

    /** The client that a token was given to; empty when it is not ours or has expired. */
    Optional<String> clientOf(String token, long nowMillis) {
        int end = token.lastIndexOf('.');
        int middle = token.indexOf('.');
        if (middle < 0 || middle == end) {
            return Optional.empty();
        }
        String signed = token.substring(0, end);
        byte[] signature = BASE64.encode(Hmac.of(key, signed));
        if (!MessageDigest.isEqual(signature, token.substring(end + 1).getBytes(StandardCharsets.US_ASCII))) {
            return Optional.empty();
        }
        return Json.readObject(Base64.getUrlDecoder().decode(signed.substring(middle + 1)))
                .filter(claims -> claims.path("exp").asLong() * 1_000 > nowMillis)
                .map(claims -> claims.path("sub").asText());
    }

    private static String part(ObjectNode json) {
        return BASE64.encodeToString(Json.write(json));
    }
}
