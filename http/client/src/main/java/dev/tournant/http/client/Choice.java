package dev.tournant.http.client;

import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Gates.Refused;
import dev.tournant.adapter.Lane;
import dev.tournant.adapter.Request;
import dev.tournant.http.client.token.TokenName;
import dev.tournant.model.Link;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One call of a link that names several credentials, which have limits of their own. It goes out with the first of them, in
 * the order of the link, whose gates let it go at once ({@code credentials-look}); where none does, it waits for the one that
 * said the earliest time.
 *
 * <p>Credentials that cannot be used, or that the partner answers with 401, are passed over while others are left, and come
 * last for a while ({@link Troubled}). Only where nothing else is left their failure is the answer. A call that may not be
 * repeated is not, after a 401 neither: the next one finds the others.
 *
 * <p>Nothing is guarded: each step begins when the one before has ended.
 */
final class Choice {
    private final Link link;
    private final Troubled troubled;
    private final Function<String, CompletionStage<? extends Ready>> ready;
    private final Request request;
    private final Lane lane;
    private final Executor executor;

    private final Deque<String> untried;
    /** Those whose gates had no room, and when they may have. */
    private final Map<String, Duration> refused = new LinkedHashMap<>();
    /** What became of the first that did not work. */
    private @Nullable CompletionStage<Answer> trouble;

    /** A request as one set of credentials authorises it. */
    interface Ready {
        /**
         * Sends it once it may go.
         *
         * @param soon whether it is to be refused unless it can go at once
         */
        CompletionStage<Answer> send(Lane lane, boolean soon);
    }

    /** @param ready fails where the credentials of that name cannot be used now */
    Choice(
            Link link,
            Troubled troubled,
            Function<String, CompletionStage<? extends Ready>> ready,
            Request request,
            Lane lane,
            Executor executor) {
        this.link = link;
        this.troubled = troubled;
        this.ready = ready;
        this.request = request;
        this.lane = lane;
        this.executor = executor;
        this.untried = new ArrayDeque<>(troubled.last(link.partner(), link.allCredentials()));
    }

    /** Called once. */
    CompletionStage<Answer> send() {
        String name = untried.poll();
        return name == null ? waited() : tried(name, true);
    }

    /** With the one that can go first; of those alike the first named. */
    private CompletionStage<Answer> waited() {
        String soonest = null;
        for (Map.Entry<String, Duration> each : refused.entrySet()) {
            if (soonest == null || each.getValue().compareTo(refused.getOrDefault(soonest, Duration.ZERO)) < 0) {
                soonest = each.getKey();
            }
        }
        if (soonest != null) {
            refused.remove(soonest);
            return tried(soonest, false);
        }
        return trouble == null
                ? CompletableFuture.failedFuture(
                        new IllegalStateException("a link names one set of credentials at least"))
                : trouble;
    }

    private CompletionStage<Answer> tried(String name, boolean soon) {
        return ready.apply(name)
                .handleAsync(
                        (usable, failure) -> usable == null
                                ? passedOver(name, CompletableFuture.failedFuture(cause(failure)))
                                : usable.send(lane, soon)
                                        .handleAsync((answer, none) -> ended(name, soon, answer, none), executor)
                                        .thenComposeAsync(end -> end, executor),
                        executor)
                .thenComposeAsync(end -> end, executor);
    }

    private CompletionStage<Answer> ended(
            String name, boolean soon, @Nullable Answer answer, @Nullable Throwable failure) {
        if (answer == null) {
            Throwable cause = cause(failure);
            if (soon && cause instanceof Refused full) {
                refused.put(name, full.after());
                return send();
            }
            return CompletableFuture.failedFuture(cause);
        }
        CompletionStage<Answer> end = CompletableFuture.completedFuture(answer);
        if (answer.status() != AuthorisedClient.UNAUTHORIZED) {
            return end;
        }
        if (!request.repeatable()) {
            troubled.begin(new TokenName(link.partner(), name));
            return end;
        }
        return passedOver(name, end);
    }

    private CompletionStage<Answer> passedOver(String name, CompletionStage<Answer> end) {
        troubled.begin(new TokenName(link.partner(), name));
        trouble = trouble == null ? end : trouble;
        return send();
    }

    private static Throwable cause(@Nullable Throwable failure) {
        if (failure == null) {
            return new IllegalStateException("neither an answer nor a failure");
        }
        Throwable inner = failure.getCause();
        return failure instanceof CompletionException && inner != null ? inner : failure;
    }
}
