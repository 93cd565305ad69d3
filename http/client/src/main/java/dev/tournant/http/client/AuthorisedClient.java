package dev.tournant.http.client;

import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Credentials;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Outbound;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.auth.AuthScheme;
import dev.tournant.adapter.auth.Token;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Link;
import dev.tournant.model.PartnerName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests with what their partner's scheme and the link's credentials add to them. A credential that has an
 * {@code access-token} is used as it is.
 */
public final class AuthorisedClient implements Outbound {
    private final PartnerClient client;
    private final Map<PartnerName, AuthScheme> schemes;
    private final Credentials credentials;
    private final InstantSource clock;

    public AuthorisedClient(
            PartnerClient client, Map<PartnerName, AuthScheme> schemes, Credentials credentials, InstantSource clock) {
        this.client = client;
        this.schemes = Map.copyOf(schemes);
        this.credentials = credentials;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Answer> send(Link link, Request request) {
        AuthScheme scheme = schemes.get(link.partner());
        Keyring keys = credentials.named(link.credentials()).orElse(null);
        if (scheme == null || keys == null) {
            return CompletableFuture.failedFuture(new Unreachable(
                    scheme == null
                            ? "there is no adapter for " + link.partner()
                            : "the node has no credentials \"" + link.credentials() + "\""));
        }
        Instant now = clock.instant();
        Request authorised;
        try {
            authorised = scheme.authorise(request, keys, given(keys, now), now);
        } catch (InvalidValue e) {
            return CompletableFuture.failedFuture(
                    new Unreachable("credentials \"" + link.credentials() + "\": " + e.getMessage()));
        }
        return client.send(link.partner(), authorised);
    }

    private static @Nullable Token given(Keyring keys, Instant now) {
        return keys.all(Keyring.ACCESS_TOKEN).isEmpty()
                ? null
                : new Token(keys.current(Keyring.ACCESS_TOKEN), null, now, Instant.MAX);
    }
}
