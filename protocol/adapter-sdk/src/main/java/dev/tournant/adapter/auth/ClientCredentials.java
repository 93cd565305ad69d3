package dev.tournant.adapter.auth;

import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Settings;
import dev.tournant.adapter.signature.PrefixedHeader;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** We obtain tokens in our own name, as often as we need: RFC 6749, 4.4, or what a partner made of it. */
public record ClientCredentials(TokenCall call, TokenFields fields, Renewal renewal, PrefixedHeader header)
        implements OAuth2 {
    public ClientCredentials {
        for (Value.Given given : Value.Given.values()) {
            if (call.asksFor(given)) {
                throw Settings.wrong("call.fields", "must not ask for " + given + ", which nobody has here");
            }
        }
    }

    /** There always is one. */
    @Override
    public Optional<Request> renew(Keyring keys, @Nullable Token token) {
        return Optional.of(obtain(keys));
    }

    /** {@link dev.tournant.model.InvalidValue} names a secret that is missing. */
    public Request obtain(Keyring keys) {
        return call.request(keys, Map.of());
    }
}
