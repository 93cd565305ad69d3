package dev.tournant.http.client.token;

import akka.actor.typed.ActorSystem;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.auth.AuthorizationCode;
import dev.tournant.adapter.auth.OAuth2;
import dev.tournant.messages.TokenStore;
import dev.tournant.model.PartnerName;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of all partners in this node. A fresh one is answered from memory. One that is due is answered too, and
 * renewed meanwhile. For one that has expired the caller waits, {@code wait-max} at most.
 *
 * <p>Its memory is bounded by the credentials in the configuration: callers look them up first.
 */
public final class Tokens {
    private final Map<PartnerName, TokenConfig> configs;
    private final Parts parts;
    private final ConcurrentMap<TokenName, TokenKeeper> keepers = new ConcurrentHashMap<>();

    Tokens(Map<PartnerName, TokenConfig> configs, Parts parts) {
        this.configs = Map.copyOf(configs);
        this.parts = parts;
    }

    /** {@code calls} is the way to a partner. */
    public static Tokens create(
            ActorSystem<?> system,
            Map<PartnerName, TokenConfig> configs,
            TokenStore store,
            TokenCalls calls,
            MeterRegistry registry) {
        return new Tokens(
                configs,
                new Parts(store, calls, Time.of(system), system.executionContext(), new TokenMetrics(registry)));
    }

    /** A token to be used now. Fails with {@link NoToken}. */
    public CompletionStage<Held> current(TokenName name, OAuth2 scheme, Keyring keys) {
        TokenKeeper keeper = keeper(name);
        return keeper == null ? unknown(name) : keeper.current(scheme, keys);
    }

    /**
     * What to repeat a request with that the partner answered with 401; empty if there is nothing better. However often
     * that happens, the partner is asked for tokens within its limits only.
     */
    public CompletionStage<Optional<Held>> insteadOf(Held distrusted, TokenName name, OAuth2 scheme, Keyring keys) {
        TokenKeeper keeper = keeper(name);
        return keeper == null
                ? CompletableFuture.completedFuture(Optional.empty())
                : keeper.insteadOf(distrusted, scheme, keys);
    }

    /**
     * Gives the code that a merchant's browser brought for a token, and stores it. Fails with {@link NoToken}.
     *
     * @param code never logged or repeated
     */
    public CompletionStage<Held> exchange(
            TokenName name, AuthorizationCode scheme, Keyring keys, String code, String redirectUri) {
        TokenKeeper keeper = keeper(name);
        return keeper == null ? unknown(name) : keeper.exchange(scheme, keys, code, redirectUri);
    }

    /** Whether tokens outlive this node and are seen by the others. */
    public boolean areKept() {
        return parts.store().isDurable();
    }

    private @Nullable TokenKeeper keeper(TokenName name) {
        TokenConfig config = configs.get(name.partner());
        return config == null
                ? null
                : keepers.computeIfAbsent(name, key -> {
                    TokenKeeper keeper = new TokenKeeper(name, config, parts);
                    parts.metrics().watch(name, keeper, TokenKeeper::secondsToExpiry);
                    return keeper;
                });
    }

    private <T> CompletionStage<T> unknown(TokenName name) {
        return CompletableFuture.failedFuture(
                NoToken.now(parts.time().now(), "tournant.client.partners has no " + name.partner()));
    }
}
