package dev.tournant.http.client;

import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Credentials;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Lane;
import dev.tournant.adapter.Outbound;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.auth.AuthScheme;
import dev.tournant.adapter.auth.OAuth2;
import dev.tournant.adapter.auth.Token;
import dev.tournant.http.client.token.Held;
import dev.tournant.http.client.token.NoToken;
import dev.tournant.http.client.token.TokenName;
import dev.tournant.http.client.token.Tokens;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Link;
import dev.tournant.model.PartnerName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests with what their partner's scheme and the link's credentials add to them. A credential that has an
 * {@code access-token} is used as it is; other tokens are obtained and renewed.
 *
 * <p>A request that is answered 401 is repeated once, if it may be and there is a better token: partners revoke tokens,
 * and some say 401 to good ones. The second sending passes the gate
 * anew. Waiting for a token, and the second sending, come on top of the client's time limit.
 *
 * <p>What a partner echoes of the credentials is taken out of its answer ({@link Redaction}).
 */
public final class AuthorisedClient implements Outbound {
    private static final int UNAUTHORIZED = 401;

    private final PartnerClient client;
    private final Map<PartnerName, AuthScheme> schemes;
    private final Credentials credentials;
    private final Tokens tokens;
    private final InstantSource clock;
    private final Executor executor;

    public AuthorisedClient(
            PartnerClient client,
            Map<PartnerName, AuthScheme> schemes,
            Credentials credentials,
            Tokens tokens,
            InstantSource clock,
            Executor executor) {
        this.client = client;
        this.schemes = Map.copyOf(schemes);
        this.credentials = credentials;
        this.tokens = tokens;
        this.clock = clock;
        this.executor = executor;
    }

    @Override
    public CompletionStage<Answer> send(Link link, Request request, Lane lane) {
        AuthScheme scheme = schemes.get(link.partner());
        Keyring keys = credentials.named(link.credentials()).orElse(null);
        if (scheme == null || keys == null) {
            return CompletableFuture.failedFuture(Unreachable.unsent(
                    scheme == null
                            ? "there is no adapter for " + link.partner()
                            : "the node has no credentials \"" + link.credentials() + "\""));
        }
        if (scheme instanceof OAuth2 oauth && keys.all(Keyring.ACCESS_TOKEN).isEmpty()) {
            return new Bearer(link, oauth, keys, request, lane).send();
        }
        return send(link, scheme, keys, given(keys), request, lane);
    }

    private @Nullable Token given(Keyring keys) {
        return keys.all(Keyring.ACCESS_TOKEN).isEmpty()
                ? null
                : new Token(keys.current(Keyring.ACCESS_TOKEN), null, clock.instant(), Instant.MAX);
    }

    private CompletionStage<Answer> send(
            Link link, AuthScheme scheme, Keyring keys, @Nullable Token token, Request request, Lane lane) {
        Request authorised;
        try {
            authorised = scheme.authorise(request, keys, token, clock.instant());
        } catch (InvalidValue e) {
            return CompletableFuture.failedFuture(
                    Unreachable.unsent("credentials \"" + link.credentials() + "\": " + e.getMessage()));
        }
        Redaction redaction = new Redaction(keys, token, request, authorised);
        return client.send(link, keys, authorised, lane).thenApply(redaction::of);
    }

    /** A request that bears a token of ours. */
    private final class Bearer {
        private final Link link;
        private final TokenName name;
        private final OAuth2 scheme;
        private final Keyring keys;
        private final Request request;
        private final Lane lane;

        Bearer(Link link, OAuth2 scheme, Keyring keys, Request request, Lane lane) {
            this.link = link;
            this.name = new TokenName(link.partner(), link.credentials());
            this.scheme = scheme;
            this.keys = keys;
            this.request = request;
            this.lane = lane;
        }

        CompletionStage<Answer> send() {
            return tokens.current(name, scheme, keys)
                    .handleAsync(
                            (held, failure) -> {
                                if (failure != null) {
                                    throw unreachable(failure);
                                }
                                return held;
                            },
                            executor)
                    .thenComposeAsync(
                            held -> send(held).thenComposeAsync(answer -> checked(held, answer), executor), executor);
        }

        private CompletionStage<Answer> send(Held held) {
            return AuthorisedClient.this.send(link, scheme, keys, held.token(), request, lane);
        }

        private CompletionStage<Answer> checked(Held held, Answer answer) {
            CompletionStage<Answer> same = CompletableFuture.completedFuture(answer);
            if (answer.status() != UNAUTHORIZED) {
                return same;
            }
            CompletionStage<Answer> again = tokens.insteadOf(held, name, scheme, keys)
                    .thenComposeAsync(
                            newer -> newer.isPresent() && request.repeatable() ? send(newer.get()) : same, executor);
            return request.repeatable() ? again : same;
        }

        private Unreachable unreachable(Throwable failure) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            return Unreachable.unsent("credentials \"" + name.credentials() + "\": no token of " + name.partner() + ": "
                    + (cause instanceof NoToken no
                            ? no.getMessage()
                            : cause.getClass().getSimpleName()));
        }
    }
}
