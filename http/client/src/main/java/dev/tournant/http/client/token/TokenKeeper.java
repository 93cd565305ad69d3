package dev.tournant.http.client.token;

import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.auth.AuthorizationCode;
import dev.tournant.adapter.auth.OAuth2;
import dev.tournant.adapter.auth.Renewal.Phase;
import dev.tournant.adapter.auth.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The token of one credential in this node. One renewal is under way at most; all who need it wait for the same. After
 * one that brought nothing, nobody looks again before {@code recheck} has passed. Guarded by itself.
 */
final class TokenKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(TokenKeeper.class);

    private final TokenName name;
    private final TokenConfig config;
    private final Parts parts;

    private @Nullable Held held;
    private @Nullable CompletableFuture<Held> underWay;
    private @Nullable NoToken trouble;
    private long troubleNanos;

    TokenKeeper(TokenName name, TokenConfig config, Parts parts) {
        this.name = name;
        this.config = config;
        this.parts = parts;
    }

    /** A token that has not expired, as far as we know. Fails with {@link NoToken}. */
    CompletionStage<Held> current(OAuth2 scheme, Keyring keys) {
        Instant now = parts.time().now();
        CompletableFuture<Held> renewal = null;
        Held good = null;
        boolean begin = false;
        synchronized (this) {
            Phase phase = held == null ? Phase.EXPIRED : scheme.renewal().phase(held.token(), now);
            good = phase == Phase.EXPIRED ? null : held;
            if (good == null && isTroubled()) {
                return CompletableFuture.failedFuture(trouble);
            }
            if (phase != Phase.FRESH && !isTroubled()) {
                begin = underWay == null;
                renewal = joined();
            }
        }
        if (begin && renewal != null) {
            begin(scheme, keys, renewal);
        }
        if (good != null) {
            return CompletableFuture.completedFuture(good);
        }
        return renewal == null ? CompletableFuture.failedFuture(late()) : within(renewal);
    }

    /**
     * What to use in place of a token with which the partner said 401: a newer one, or nothing if this one is too young
     * to have gone bad, or if there is none to be had now.
     */
    CompletionStage<Optional<Held>> insteadOf(Held distrusted, OAuth2 scheme, Keyring keys) {
        Instant now = parts.time().now();
        CompletableFuture<Held> renewal;
        boolean begin;
        synchronized (this) {
            if (held != null && held.generation() > distrusted.generation()) {
                return CompletableFuture.completedFuture(Optional.of(held));
            }
            if (isTroubled() || isTooYoung(distrusted.token(), scheme, now)) {
                return CompletableFuture.completedFuture(Optional.empty());
            }
            begin = underWay == null;
            renewal = joined();
        }
        if (begin) {
            begin(scheme, keys, renewal);
        }
        return within(renewal)
                .handleAsync(
                        (newer, failure) -> failure == null && newer.generation() > distrusted.generation()
                                ? Optional.of(newer)
                                : Optional.empty(),
                        parts.executor());
    }

    /** One that is due or has expired meanwhile is to be renewed anyhow. */
    private boolean isTooYoung(Token token, OAuth2 scheme, Instant now) {
        Duration age = Duration.between(token.obtainedAt(), now);
        return scheme.renewal().phase(token, now) == Phase.FRESH && age.compareTo(config.distrustAgeMin()) < 0;
    }

    /** The first token, for the code that a merchant's browser brought. Fails with {@link NoToken}. */
    CompletionStage<Held> exchange(AuthorizationCode scheme, Keyring keys, String code, String redirectUri) {
        return guarded(() -> new Obtaining(name, scheme, keys, config, parts)
                        .exchange(scheme.exchange(keys, code, redirectUri)))
                .handleAsync(
                        (token, failure) -> {
                            if (failure != null) {
                                throw noToken(failure);
                            }
                            found(token);
                            return token;
                        },
                        parts.executor());
    }

    /** Until the token in use expires; NaN if there is none. */
    synchronized double secondsToExpiry() {
        return held == null
                ? Double.NaN
                : Duration.between(parts.time().now(), held.token().expiresAt()).toMillis() / 1_000.0;
    }

    private boolean isTroubled() {
        return trouble != null
                && parts.time().nanos() - troubleNanos < config.recheck().toNanos();
    }

    private CompletableFuture<Held> joined() {
        CompletableFuture<Held> renewal = underWay == null ? new CompletableFuture<>() : underWay;
        underWay = renewal;
        return renewal;
    }

    private void begin(OAuth2 scheme, Keyring keys, CompletableFuture<Held> renewal) {
        long after;
        synchronized (this) {
            after = held == null ? 0 : held.generation();
        }
        CompletionStage<?> unused = guarded(() -> new Obtaining(name, scheme, keys, config, parts).newerThan(after))
                .whenCompleteAsync((token, failure) -> ended(renewal, token, failure), parts.executor());
    }

    private static <T> CompletionStage<T> guarded(Supplier<CompletionStage<T>> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void ended(CompletableFuture<Held> renewal, @Nullable Held token, @Nullable Throwable failure) {
        if (token != null) {
            Held best = found(token);
            over(renewal);
            renewal.complete(best);
        } else {
            NoToken no = notFound(failure);
            over(renewal);
            renewal.completeExceptionally(no);
        }
    }

    private synchronized void over(CompletableFuture<Held> renewal) {
        if (underWay == renewal) {
            underWay = null;
        }
    }

    private Held found(Held token) {
        Held best;
        boolean isNew;
        synchronized (this) {
            isNew = held == null || held.generation() < token.generation();
            best = held == null || isNew ? token : held;
            held = best;
            trouble = null;
        }
        if (isNew) {
            Token now = token.token();
            LOG.info("token of {}: generation {}, good until {}", name, token.generation(), now.expiresAt());
        }
        return best;
    }

    private NoToken notFound(@Nullable Throwable failure) {
        NoToken no = noToken(failure);
        boolean isNews;
        synchronized (this) {
            isNews = trouble == null || !String.valueOf(no.getMessage()).equals(trouble.getMessage());
            trouble = no;
            troubleNanos = parts.time().nanos();
        }
        if (isNews) {
            LOG.warn("token of {} was not renewed: {}", name, no.getMessage());
        }
        return no;
    }

    private NoToken noToken(@Nullable Throwable failure) {
        return NoAnswer.cause(failure) instanceof NoToken known
                ? known
                : NoToken.now(parts.time().now(), NoAnswer.why(failure));
    }

    private CompletableFuture<Held> within(CompletableFuture<Held> renewal) {
        CompletableFuture<Held> mine = renewal.copy();
        if (!mine.isDone()) {
            parts.time().after(config.waitMax(), () -> mine.completeExceptionally(late()));
        }
        return mine;
    }

    private NoToken late() {
        return NoToken.now(parts.time().now(), "it was not renewed within " + config.waitMax());
    }
}
