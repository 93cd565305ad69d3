package dev.tournant.adapter.auth;

import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Settings;
import dev.tournant.adapter.signature.PrefixedHeader;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A secret that stands as it is in a header: an API key, or an access token that somebody obtained by hand.
 *
 * @param secret its name
 */
public record StaticHeader(PrefixedHeader header, String secret) implements AuthScheme {
    public StaticHeader {
        Settings.secretName("secret", secret);
    }

    @Override
    public Request authorise(Request request, Keyring keys, @Nullable Token token, Instant now) {
        return request.with(header.name(), header.value(secret, keys.current(secret)));
    }
}
