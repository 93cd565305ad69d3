package dev.tournant.adapter.auth;

import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Settings;
import dev.tournant.adapter.signature.PrefixedHeader;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The merchant lets us act in its name: RFC 6749, 4.1 and 6. A code is exchanged for the first token; refresh tokens,
 * which a partner may replace each time, carry on from there.
 */
public record AuthorizationCode(
        TokenCall exchange, TokenCall refresh, TokenFields fields, Renewal renewal, PrefixedHeader header)
        implements OAuth2 {
    public AuthorizationCode {
        if (!exchange.asksFor(Value.Given.CODE)) {
            throw Settings.wrong("exchange.fields", "must have the code among them");
        }
        if (!refresh.asksFor(Value.Given.REFRESH_TOKEN)) {
            throw Settings.wrong("refresh.fields", "must have the refresh token among them");
        }
    }

    /** Asks for the first token, with what the merchant's browser brought back. */
    public Request exchange(Keyring keys, String code, String redirectUri) {
        return exchange.request(keys, Map.of(Value.Given.CODE, code, Value.Given.REDIRECT_URI, redirectUri));
    }

    @Override
    public Optional<Request> renew(Keyring keys, @Nullable Token token) {
        String last = token == null ? null : token.refresh();
        return last == null
                ? Optional.empty()
                : Optional.of(refresh.request(keys, Map.of(Value.Given.REFRESH_TOKEN, last)));
    }
}
