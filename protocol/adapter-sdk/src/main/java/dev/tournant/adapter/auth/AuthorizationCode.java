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
 *
 * @param consent where the merchant's browser begins; null where the partner's portal leads there
 */
public record AuthorizationCode(
        TokenCall exchange,
        TokenCall refresh,
        TokenFields fields,
        Renewal renewal,
        PrefixedHeader header,
        @Nullable ConsentPage consent)
        implements OAuth2 {
    public AuthorizationCode {
        if (!exchange.asksFor(Value.Given.CODE)) {
            throw Settings.wrong("exchange.fields", "must have the code among them");
        }
        if (!refresh.asksFor(Value.Given.REFRESH_TOKEN)) {
            throw Settings.wrong("refresh.fields", "must have the refresh token among them");
        }
    }

    /** Where the partner's portal leads the merchant to its page. */
    public AuthorizationCode(
            TokenCall exchange, TokenCall refresh, TokenFields fields, Renewal renewal, PrefixedHeader header) {
        this(exchange, refresh, fields, renewal, header, null);
    }

    /**
     * The path and query of the page on which the merchant consents, below the partner's base URL; empty if it is not
     * known. {@link dev.tournant.model.InvalidValue} names a secret that is missing.
     *
     * @param state comes back with the code; whoever takes the code compares it
     */
    public Optional<String> consentPage(Keyring keys, String redirectUri, String state) {
        return consent == null ? Optional.empty() : Optional.of(consent.pathAndQuery(keys, redirectUri, state));
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
