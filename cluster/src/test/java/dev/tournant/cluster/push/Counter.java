package dev.tournant.cluster.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Lane;
import dev.tournant.adapter.Outbound;
import dev.tournant.adapter.Request;
import dev.tournant.model.Link;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A way out that plays answers: those that are given, or those that the test gives when it has seen the request. */
final class Counter implements Outbound {
    private static final Duration WITHIN = Duration.ofSeconds(20);

    private final Function<Request, Optional<Answer>> answers;
    private final BlockingQueue<Sent> sent = new LinkedBlockingQueue<>();

    Counter() {
        this(request -> Optional.empty());
    }

    /** @param answers empty for one that the test gives */
    Counter(Function<Request, Optional<Answer>> answers) {
        this.answers = answers;
    }

    record Sent(Request request, Lane lane, CompletableFuture<Answer> answer) {
        String path() {
            return request.path();
        }

        void answer(int status) {
            answer.complete(Kiosk.answer(status));
        }

        void fail(RuntimeException why) {
            answer.completeExceptionally(why);
        }
    }

    @Override
    public CompletionStage<Answer> send(Link link, Request request, Lane lane) {
        Sent call = new Sent(request, lane, new CompletableFuture<>());
        answers.apply(request).ifPresent(call.answer::complete);
        sent.add(call);
        return call.answer;
    }

    /** The next request, as soon as there is one. */
    Sent next() throws InterruptedException {
        Sent next = sent.poll(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        return Objects.requireNonNull(next, "no request was sent");
    }

    void assertNothingElseWasSent() {
        assertThat(sent).isEmpty();
    }
}
