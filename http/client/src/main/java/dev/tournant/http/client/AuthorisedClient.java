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
 * <p>A link that names several credentials has its calls go out with the one that may call soonest ({@link Choice}).
 *
 * <p>What a partner echoes of the credentials is taken out of its answer ({@link Redaction}).
 */
public final class AuthorisedClient implements Outbound {
    static final int UNAUTHORIZED = 401;

    private final PartnerClient client;
    private final Map<PartnerName, AuthScheme> schemes;
    private final Credentials credentials;
    private final Tokens tokens;
    private final InstantSource clock;
    private final Executor executor;
    private final Troubled troubled;

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
        this.troubled = new Troubled(client::credentialsRest, clock);
    }

    @Override
    public CompletionStage<Answer> send(Link link, Request request, Lane lane) {
        return link.moreCredentials().isEmpty()
                ? ready(link, request).thenComposeAsync(ready -> ready.send(lane, false), executor)
                : new Choice(link, troubled, name -> ready(link.by(name), request), request, lane, executor).send();
    }

    /**
     * The request as the link's first credentials authorise it; fails with {@link Unreachable}, as nothing can be sent, where
     * there are none, or they are no good, or no token is to be had.
     */
    private CompletionStage<Ready> ready(Link link, Request request) {
        AuthScheme scheme = schemes.get(link.partner());
        Keyring keys = credentials.named(link.credentials()).orElse(null);
        if (scheme == null || keys == null) {
            return CompletableFuture.failedFuture(Unreachable.unsent(
                    scheme == null
                            ? "there is no adapter for " + link.partner()
                            : "the node has no credentials \"" + link.credentials() + "\""));
        }
        if (!(scheme instanceof OAuth2 oauth) || !keys.all(Keyring.ACCESS_TOKEN).isEmpty()) {
            return signed(link, scheme, keys, null, given(keys), request);
        }
        TokenName name = new TokenName(link.partner(), link.credentials());
        return tokens.current(name, oauth, keys)
                .handleAsync(
                        (held, failure) -> {
                            if (failure != null) {
                                throw unreachable(name, failure);
                            }
                            return held;
                        },
                        executor)
                .thenComposeAsync(held -> signed(link, oauth, keys, held, held.token(), request), executor);
    }

    private @Nullable Token given(Keyring keys) {
        return keys.all(Keyring.ACCESS_TOKEN).isEmpty()
                ? null
                : new Token(keys.current(Keyring.ACCESS_TOKEN), null, clock.instant(), Instant.MAX);
    }

    private CompletionStage<Ready> signed(
            Link link, AuthScheme scheme, Keyring keys, @Nullable Held held, @Nullable Token token, Request request) {
        try {
            Request authorised = scheme.authorise(request, keys, token, clock.instant());
            Redaction redaction = new Redaction(keys, token, request, authorised);
            return CompletableFuture.completedFuture(
                    new Ready(link, scheme, keys, held, request, authorised, redaction));
        } catch (InvalidValue e) {
            return CompletableFuture.failedFuture(
                    Unreachable.unsent("credentials \"" + link.credentials() + "\": " + e.getMessage()));
        }
    }

    private static Unreachable unreachable(TokenName name, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return Unreachable.unsent("credentials \"" + name.credentials() + "\": no token of " + name.partner() + ": "
                + (cause instanceof NoToken no
                        ? no.getMessage()
                        : cause.getClass().getSimpleName()));
    }

    /** A request that can leave. */
    private final class Ready implements Choice.Ready {
        private final Link link;
        private final AuthScheme scheme;
        private final Keyring keys;
        private final @Nullable Held held;
        private final Request request;
        private final Request authorised;
        private final Redaction redaction;

        Ready(
                Link link,
                AuthScheme scheme,
                Keyring keys,
                @Nullable Held held,
                Request request,
                Request authorised,
                Redaction redaction) {
            this.link = link;
            this.scheme = scheme;
            this.keys = keys;
            this.held = held;
            this.request = request;
            this.authorised = authorised;
            this.redaction = redaction;
        }

        @Override
        public CompletionStage<Answer> send(Lane lane, boolean soon) {
            CompletionStage<Answer> answer = once(lane, soon);
            return held == null || !(scheme instanceof OAuth2 oauth)
                    ? answer
                    : answer.thenComposeAsync(first -> checked(oauth, held, first, lane), executor);
        }

        private CompletionStage<Answer> once(Lane lane, boolean soon) {
            return client.send(link, keys, authorised, lane, soon).thenApply(redaction::of);
        }

        private CompletionStage<Answer> checked(OAuth2 oauth, Held by, Answer answer, Lane lane) {
            CompletionStage<Answer> same = CompletableFuture.completedFuture(answer);
            if (answer.status() != UNAUTHORIZED) {
                return same;
            }
            TokenName name = new TokenName(link.partner(), link.credentials());
            CompletionStage<Answer> again = tokens.insteadOf(by, name, oauth, keys)
                    .thenComposeAsync(
                            newer -> newer.isPresent() && request.repeatable()
                                    ? signed(
                                                    link,
                                                    scheme,
                                                    keys,
                                                    newer.get(),
                                                    newer.get().token(),
                                                    request)
                                            .thenComposeAsync(ready -> ready.once(lane, false), executor)
                                    : same,
                            executor);
            return request.repeatable() ? again : same;
        }
    }
}
