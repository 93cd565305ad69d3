package dev.tournant.adapter.auth;

import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.signature.PrefixedHeader;
import dev.tournant.model.InvalidValue;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Schemes that obtain a token, use it for a while and renew it. */
public sealed interface OAuth2 extends AuthScheme permits AuthorizationCode, ClientCredentials {
    TokenFields fields();

    Renewal renewal();

    /** Where requests bear the token. */
    PrefixedHeader header();

    /**
     * What asks for the next token; empty if only the merchant can help, by authorising us again. {@link InvalidValue}
     * names a secret that is missing.
     *
     * @param token the last one; null if there was none
     */
    Optional<Request> renew(Keyring keys, @Nullable Token token);

    /**
     * What the answer to a request for a token means. Never throws for what a partner may answer.
     *
     * @param before the token that was renewed, whose refresh token goes on where the answer has no new one; or null
     */
    default TokenReply read(Answer answer, @Nullable Token before, Instant now) {
        return new TokenReader(fields(), answer, now).read(before);
    }

    /** Uses an expired token too: the partner's clock decides. A token that is missing is an {@link InvalidValue}. */
    @Override
    default Request authorise(Request request, Keyring keys, @Nullable Token token, Instant now) {
        if (token == null) {
            throw new InvalidValue("is not there: obtain one first").under("token");
        }
        return request.with(header().name(), header().value("token", token.access()));
    }
}
