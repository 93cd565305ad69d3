package dev.tournant.deploy.standins.square;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Answer;
import dev.tournant.deploy.standins.core.Json;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Codes and tokens that sellers' applications get by OAuth, beside the tokens that sellers have from the start. They are
 * kept in memory, the newest {@value #KEPT_MAX} of a kind. Safe for threads.
 */
final class Grants {
    static final int KEPT_MAX = 10_000;

    private record Access(String merchantId, Instant expiresAt) {}

    private final SquareStandin.Application application;
    private final Ids ids;
    private final InstantSource clock;
    private final Map<String, String> codes = newest();
    private final Map<String, String> refresh = newest();
    private final Map<String, Access> access = newest();

    /**
     * @param same of the application, which is the same at every start
     * @param fresh of what is granted, which is never the same
     */
    Grants(long same, long fresh, InstantSource clock) {
        Ids registered = new Ids(same ^ 0x0A17L);
        this.application =
                new SquareStandin.Application("sq0idp-" + registered.object(), "sq0csp-" + registered.object());
        this.ids = new Ids(fresh ^ 0x0A18L);
        this.clock = clock;
    }

    private static <V> Map<String, V> newest() {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > KEPT_MAX;
            }
        };
    }

    SquareStandin.Application application() {
        return application;
    }

    /** What a seller's browser would bring back after its consent. */
    synchronized String code(String merchantId) {
        String code = "sq0cgb-" + ids.object();
        codes.put(code, merchantId);
        return code;
    }

    /** Ends all that was granted for a seller. */
    synchronized void revoke(String merchantId) {
        codes.values().removeIf(merchantId::equals);
        refresh.values().removeIf(merchantId::equals);
        access.values().removeIf(each -> each.merchantId().equals(merchantId));
    }

    /** Whose token it is; empty if it is not ours or has expired. */
    synchronized Optional<String> merchantOf(String token) {
        return Optional.ofNullable(access.get(token))
                .filter(each -> clock.instant().isBefore(each.expiresAt()))
                .map(Access::merchantId);
    }

    synchronized Answer token(ObjectNode asked, TokenRules rules) {
        if (!asked.path("client_id").asText().equals(application.id())
                || !asked.path("client_secret").asText().equals(application.secret())) {
            return refused(401, "unauthorized", "The client's id or secret is wrong.");
        }
        String grant = asked.path("grant_type").asText();
        return switch (grant) {
            case "authorization_code" -> byCode(asked.path("code").asText(), rules);
            case "refresh_token" -> byRefresh(asked.path("refresh_token").asText(), rules);
            default -> refused(400, "bad_request", "There is no such grant_type.");
        };
    }

    private Answer byCode(String code, TokenRules rules) {
        String merchantId = codes.remove(code);
        return merchantId == null
                ? refused(401, "unauthorized", "The code is unknown or was used already.")
                : granted(merchantId, newRefresh(merchantId), rules);
    }

    private Answer byRefresh(String token, TokenRules rules) {
        String merchantId = rules.rotates() ? refresh.remove(token) : refresh.get(token);
        if (merchantId == null) {
            return refused(401, "unauthorized", "The refresh token is unknown or was used already.");
        }
        return granted(merchantId, rules.rotates() ? newRefresh(merchantId) : token, rules);
    }

    private String newRefresh(String merchantId) {
        String token = "EQAA" + ids.token();
        refresh.put(token, merchantId);
        return token;
    }

    private Answer granted(String merchantId, String refreshToken, TokenRules rules) {
        String token = ids.token();
        Instant expiresAt = clock.instant().plusMillis(rules.lifeMs());
        access.put(token, new Access(merchantId, expiresAt));
        return Answer.ok(Json.object()
                .put("access_token", token)
                .put("token_type", "bearer")
                .put("expires_at", expiresAt.toString())
                .put("merchant_id", merchantId)
                .put("refresh_token", refreshToken)
                .put("short_lived", false));
    }

    /** The token endpoint has errors of its own shape. */
    static Answer quotaExceeded() {
        return refused(429, "too_many_requests", "access token creation quota exceeded for merchant");
    }

    static Answer refused(int status, String type, String message) {
        return Answer.of(status, Json.object().put("message", message).put("type", type));
    }
}
