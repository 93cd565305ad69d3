package dev.tournant.http.client.token;

import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.auth.AuthorizationCode;
import dev.tournant.adapter.auth.OAuth2;
import dev.tournant.adapter.auth.Token;
import dev.tournant.adapter.auth.TokenReply;
import dev.tournant.http.client.token.TokenMetrics.Outcome;
import dev.tournant.messages.TokenStore;
import dev.tournant.messages.TokenStore.Lease;
import dev.tournant.messages.TokenStore.Pause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One renewal or exchange, from the first look into the store to a token that is stored.
 *
 * <p>Order: look, take the lease, ask, store, and only then hand the token on. Whoever does not get the lease looks again
 * after a while. The partner is asked only if the lease outlasts the call, by our own clock from before the lease was
 * asked for: a node that was paused in between does not use up a refresh token that another node is using. A token
 * whose storing fails is stored again and again for {@code storing-max}; what takes its lease meanwhile is refused by
 * the partner, and finds our token when it looks again.
 */
final class Obtaining {
    private final TokenName name;
    private final OAuth2 scheme;
    private final Keyring keys;
    private final TokenConfig config;
    private final Parts parts;
    private final long begunNanos;
    private int looks;

    Obtaining(TokenName name, OAuth2 scheme, Keyring keys, TokenConfig config, Parts parts) {
        this.name = name;
        this.scheme = scheme;
        this.keys = keys;
        this.config = config;
        this.parts = parts;
        this.begunNanos = parts.time().nanos();
    }

    /** A token of a generation above {@code after}, from the store or from the partner. Fails with {@link NoToken}. */
    CompletionStage<Held> newerThan(long after) {
        return read().thenComposeAsync(entry -> renewed(entry, after), parts.executor());
    }

    /** A token for a merchant's code, in place of whatever there is. Fails with {@link NoToken}. */
    CompletionStage<Held> exchange(Request request) {
        return read().thenComposeAsync(entry -> exchanged(entry, request), parts.executor());
    }

    private CompletionStage<TokenStore.Entry> read() {
        return parts.store().read(name.key());
    }

    private CompletionStage<Held> renewed(TokenStore.Entry entry, long after) {
        Instant now = parts.time().now();
        Held stored = TokenForm.read(entry);
        Step step = Step.next(entry, stored, after, config, now);
        if (step instanceof Step.Use use) {
            return CompletableFuture.completedFuture(use.held());
        }
        if (step instanceof Step.Await) {
            return later(() -> newerThan(after));
        }
        if (step instanceof Step.NotYet notYet) {
            return CompletableFuture.failedFuture(NoToken.before(notYet.until(), notYet.why()));
        }
        if (step instanceof Step.Ask ask) {
            Token last = stored == null ? null : stored.token();
            Request request = scheme.renew(keys, last).orElse(null);
            return request == null
                    ? CompletableFuture.failedFuture(NoToken.refused(now, "there is none yet; " + advice()))
                    : renewed(entry, new Attempt(request, last, ask.askedAt()), () -> newerThan(after));
        }
        throw new IllegalStateException("there is no step " + step);
    }

    /** @param last the token that the request is made with */
    private record Attempt(Request request, @Nullable Token last, List<Instant> askedAt) {}

    private CompletionStage<Held> renewed(
            TokenStore.Entry entry, Attempt attempt, Supplier<CompletionStage<Held>> again) {
        return leased(entry, attempt, again, (lease, heard) -> {
            if (heard.reply() instanceof TokenReply.Granted granted) {
                return kept(lease, granted.token(), again);
            }
            // What somebody else has stored meanwhile is found by looking again; if there is nothing, the pause is.
            return givenBack(lease, entry, heard.sent(), pause(attempt, heard))
                    .thenComposeAsync(done -> again.get(), parts.executor());
        });
    }

    private CompletionStage<Held> exchanged(TokenStore.Entry entry, Request request) {
        List<Instant> askedAt =
                new Pacing(config).with(entry.askedAt(), parts.time().now());
        return leased(entry, new Attempt(request, null, askedAt), () -> exchange(request), (lease, heard) -> {
            TokenReply reply = heard.reply();
            Instant now = parts.time().now();
            if (reply instanceof TokenReply.Granted granted) {
                return kept(
                        lease,
                        granted.token(),
                        () -> CompletableFuture.failedFuture(NoToken.now(now, "another token was stored meanwhile")));
            }
            NoToken no = reply instanceof TokenReply.Refused refused
                    ? NoToken.refused(now, refused.why())
                    : NoToken.now(now, why(reply));
            return givenBack(lease, entry, heard.sent(), entry.pause())
                    .thenComposeAsync(done -> CompletableFuture.failedFuture(no), parts.executor());
        });
    }

    /** @param sent false only if it is certain that the partner was not asked: a gate had no room */
    private record Heard(TokenReply reply, boolean sent) {}

    /** What follows from a partner's reply; the lease is still ours. */
    private interface Next {
        CompletionStage<Held> after(Lease lease, Heard heard);
    }

    private CompletionStage<Held> leased(
            TokenStore.Entry entry, Attempt attempt, Supplier<CompletionStage<Held>> again, Next next) {
        long begun = parts.time().nanos();
        return parts.store()
                .lease(name.key(), entry, config.lease(), attempt.askedAt())
                .thenComposeAsync(
                        lease -> {
                            if (lease.isEmpty()) {
                                return later(again);
                            }
                            return mayAsk(begun)
                                    ? ask(attempt)
                                            .thenComposeAsync(heard -> next.after(lease.get(), heard), parts.executor())
                                    : givenBack(lease.get(), entry, false, entry.pause())
                                            .thenComposeAsync(done -> later(again), parts.executor());
                        },
                        parts.executor());
    }

    /** The lease counts as an asking from the start, as we may end at any moment; what was not sent is taken back. */
    private CompletionStage<Void> givenBack(Lease lease, TokenStore.Entry entry, boolean sent, @Nullable Pause pause) {
        return sent
                ? parts.store().giveBack(lease, pause)
                : parts.store().giveBackUnused(lease, entry.askedAt(), pause);
    }

    private boolean mayAsk(long leaseBegunNanos) {
        Duration left = config.lease().minusNanos(parts.time().nanos() - leaseBegunNanos);
        return left.compareTo(config.callMax()) >= 0;
    }

    private CompletionStage<Held> later(Supplier<CompletionStage<Held>> again) {
        Duration longest = config.lease().multipliedBy(2);
        if (parts.time().nanos() - begunNanos > longest.toNanos()) {
            return CompletableFuture.failedFuture(
                    NoToken.now(parts.time().now(), "other nodes have been renewing it for " + longest));
        }
        return pausing(again);
    }

    private <T> CompletionStage<T> pausing(Supplier<CompletionStage<T>> then) {
        CompletableFuture<Void> waited = new CompletableFuture<>();
        parts.time().after(poll(looks++), () -> waited.complete(null));
        return waited.thenComposeAsync(nothing -> then.get(), parts.executor());
    }

    private Duration poll(int before) {
        long whole = Math.min(
                config.pollMax().toNanos(),
                config.pollMin().multipliedBy(1L << Math.min(before, 20)).toNanos());
        return Duration.ofNanos(whole / 2 + ThreadLocalRandom.current().nextLong(whole / 2 + 1));
    }

    private CompletionStage<Heard> ask(Attempt attempt) {
        return parts.calls()
                .send(name, keys, attempt.request())
                .handleAsync(
                        (answer, failure) ->
                                new Heard(reply(attempt, answer, failure), !NoAnswer.isRefusedByGate(failure)),
                        parts.executor());
    }

    private TokenReply reply(Attempt attempt, @Nullable Answer answer, @Nullable Throwable failure) {
        if (answer == null) {
            parts.metrics().ended(name, Outcome.UNREACHABLE);
            return new TokenReply.TryLater(NoAnswer.after(failure), NoAnswer.why(failure));
        }
        TokenReply reply = scheme.read(answer, attempt.last(), parts.time().now());
        if (reply instanceof TokenReply.TryLater) {
            parts.metrics().ended(name, Outcome.LATER);
        } else if (reply instanceof TokenReply.Refused) {
            parts.metrics().ended(name, Outcome.REFUSED);
        }
        return reply;
    }

    private Pause pause(Attempt attempt, Heard heard) {
        TokenReply reply = heard.reply();
        Instant now = parts.time().now();
        if (reply instanceof TokenReply.Refused) {
            return new Pause(now.plus(config.refusedPause()), why(reply) + "; " + advice());
        }
        Duration wish = reply instanceof TokenReply.TryLater later ? later.after() : Duration.ZERO;
        Instant paced = heard.sent()
                ? new Pacing(config).nextAt(attempt.askedAt(), attempt.last())
                : now.plus(config.apartMin());
        Instant wished = now.plus(wish);
        return new Pause(wished.isAfter(paced) ? wished : paced, why(reply));
    }

    private static String why(TokenReply reply) {
        if (reply instanceof TokenReply.Refused refused) {
            return "the partner has refused: " + refused.why();
        }
        return reply instanceof TokenReply.TryLater later
                ? "the partner gave none: " + later.why()
                : "the partner gave one";
    }

    private String advice() {
        return scheme instanceof AuthorizationCode
                ? "somebody must authorise us: POST /v1/credentials/" + name.credentials() + "/code"
                : "somebody must put tournant.credentials." + name.credentials() + " right";
    }

    /** The token once it is stored; {@code otherwise} if somebody else has stored one in its place. */
    private CompletionStage<Held> kept(Lease lease, Token token, Supplier<CompletionStage<Held>> otherwise) {
        return stored(lease, TokenForm.write(token), parts.time().nanos())
                .thenComposeAsync(
                        stored -> {
                            parts.metrics().ended(name, stored ? Outcome.GRANTED : Outcome.LOST);
                            return stored
                                    ? CompletableFuture.completedFuture(new Held(lease.generation() + 1, token))
                                    : otherwise.get();
                        },
                        parts.executor());
    }

    private CompletionStage<Boolean> stored(Lease lease, String text, long sinceNanos) {
        return parts.store()
                .put(lease, text)
                .handleAsync(
                        (stored, failure) -> {
                            if (failure == null) {
                                return Optional.of(stored);
                            }
                            if (parts.time().nanos() - sinceNanos
                                    > config.storingMax().toNanos()) {
                                parts.metrics().ended(name, Outcome.LOST);
                                throw NoToken.now(parts.time().now(), "the new token cannot be stored");
                            }
                            return Optional.<Boolean>empty();
                        },
                        parts.executor())
                .thenComposeAsync(
                        stored -> stored.isPresent()
                                ? CompletableFuture.completedFuture(stored.get())
                                : pausing(() -> stored(lease, text, sinceNanos)),
                        parts.executor());
    }
}
