package dev.tournant.http.client;

import dev.tournant.adapter.Credentials;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.auth.AuthScheme;
import dev.tournant.adapter.auth.AuthorizationCode;
import dev.tournant.http.client.token.NoToken;
import dev.tournant.http.client.token.TokenName;
import dev.tournant.http.client.token.Tokens;
import dev.tournant.messages.Consents;
import dev.tournant.messages.Problem;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.PartnerName;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Consents at the partners that the node may call. */
public final class PartnerConsents implements Consents {
    private final ClientConfig config;
    private final Map<PartnerName, AuthScheme> schemes;
    private final Credentials credentials;
    private final Tokens tokens;
    private final Executor executor;

    public PartnerConsents(
            ClientConfig config,
            Map<PartnerName, AuthScheme> schemes,
            Credentials credentials,
            Tokens tokens,
            Executor executor) {
        this.config = config;
        this.schemes = Map.copyOf(schemes);
        this.credentials = credentials;
        this.tokens = tokens;
        this.executor = executor;
    }

    @Override
    public URI page(PartnerName partner, String name, String redirectUri, String state) {
        AuthorizationCode scheme = scheme(partner);
        Keyring keys = keys(name);
        PartnerConfig called = config.partners().get(partner);
        if (called == null) {
            throw new Refused(Problem.UNKNOWN_PARTNER, ClientConfig.PATH + ".partners has no " + partner);
        }
        String page = scheme.consentPage(keys, redirectUri, state)
                .orElseThrow(() -> new Refused(
                        Problem.NO_CONSENT, "the page of " + partner + " is not known; its documentation names it"));
        return URI.create(called.baseUrl() + page);
    }

    @Override
    public CompletionStage<Void> exchange(PartnerName partner, String name, String code, String redirectUri) {
        AuthorizationCode scheme = scheme(partner);
        Keyring keys = keys(name);
        if (!tokens.areKept()) {
            throw new Refused(Problem.TOKENS_NOT_KEPT, "this node has no key to store tokens under");
        }
        return tokens.exchange(new TokenName(partner, name), scheme, keys, code, redirectUri)
                .handleAsync(
                        (held, failure) -> {
                            if (failure == null) {
                                return null;
                            }
                            throw refused(failure);
                        },
                        executor);
    }

    private AuthorizationCode scheme(PartnerName partner) {
        AuthScheme scheme = schemes.get(partner);
        if (scheme == null) {
            throw new Refused(Problem.UNKNOWN_PARTNER, "there is no adapter for " + partner);
        }
        if (scheme instanceof AuthorizationCode byCode) {
            return byCode;
        }
        throw new Refused(Problem.NO_CONSENT, "requests to " + partner + " are not authorised by merchants");
    }

    private Keyring keys(String name) {
        return credentials
                .named(name)
                .orElseThrow(() -> new Refused(Problem.UNKNOWN_CREDENTIALS, "the node has no such credentials"));
    }

    private static RuntimeException refused(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof NoToken no) {
            return new Refused(
                    no.isRefused() ? Problem.CODE_REFUSED : Problem.UNAVAILABLE, String.valueOf(no.getMessage()));
        }
        return cause instanceof InvalidValue invalid
                ? invalid
                : new Refused(Problem.UNAVAILABLE, cause.getClass().getSimpleName());
    }
}
