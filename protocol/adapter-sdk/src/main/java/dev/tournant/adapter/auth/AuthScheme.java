package dev.tournant.adapter.auth;

import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Request;
import dev.tournant.model.InvalidValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How one partner wants requests to be authorised. Immutable; any thread may use it. */
public sealed interface AuthScheme permits OAuth2, SelfSignedJwt, SignedRequest, StaticHeader {
    /**
     * The request with the headers that authorise it. To be called for every sending, as some schemes sign the time.
     * {@link InvalidValue} names a secret that is missing or malformed.
     *
     * @param token what an {@link OAuth2} scheme obtained; the others take no notice of it
     */
    Request authorise(Request request, Keyring keys, @Nullable Token token, Instant now);
}
