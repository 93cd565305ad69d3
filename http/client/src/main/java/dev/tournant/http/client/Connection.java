package dev.tournant.http.client;

import akka.Done;
import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.japi.Pair;
import akka.stream.BoundedSourceQueue;
import akka.stream.KillSwitches;
import akka.stream.SharedKillSwitch;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import dev.tournant.adapter.Outbound.Unreachable;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One connection, with at most one request under way. Once it has ended it stays so. */
final class Connection {
    private final BoundedSourceQueue<HttpRequest> requests;
    private final SharedKillSwitch breaker;
    private final Expected expected;
    private final CompletionStage<?> ended;
    private final CompletableFuture<Done> ready;
    private final Executor executor;

    /** Who waits for the head of an answer. */
    private static final class Expected {
        final AtomicReference<@Nullable CompletableFuture<HttpResponse>> answer = new AtomicReference<>();
        volatile boolean over;
    }

    private Connection(
            BoundedSourceQueue<HttpRequest> requests,
            SharedKillSwitch breaker,
            Expected expected,
            CompletionStage<?> ended,
            CompletableFuture<Done> ready,
            Executor executor) {
        this.requests = requests;
        this.breaker = breaker;
        this.expected = expected;
        this.ended = ended;
        this.ready = ready;
        this.executor = executor;
    }

    /** Begins to connect; a connection that cannot be made is one that ends. */
    static Connection open(Wire wire, ActorSystem<?> system) {
        CompletableFuture<Done> ready = new CompletableFuture<>();
        Expected expected = new Expected();
        Executor executor = system.executionContext();
        SharedKillSwitch breaker = KillSwitches.shared("connection");
        // On both sides of the connection, so that neither direction can keep it open.
        Pair<BoundedSourceQueue<HttpRequest>, ? extends CompletionStage<?>> running = Source.<HttpRequest>queue(1)
                .via(breaker.flow())
                .via(wire.connection(ready))
                .via(breaker.flow())
                .toMat(Sink.foreach(response -> answered(expected, response, system)), Keep.both())
                .run(system);
        CompletionStage<?> ended = running.second()
                .handleAsync(
                        (done, failure) -> {
                            end(expected, ready, failure);
                            return done;
                        },
                        executor);
        return new Connection(running.first(), breaker, expected, ended, ready, executor);
    }

    boolean isOver() {
        return expected.over;
    }

    void whenEnded(Runnable then) {
        ended.whenCompleteAsync((done, failure) -> then.run(), executor);
    }

    /** Completes once what is sent leaves at once; fails with {@link Unreachable} where no connection can be made. */
    CompletionStage<Done> ready() {
        return ready;
    }

    /**
     * Sends a request on a connection that is ready; completes with the head of the answer, whose body must be read before
     * the next request. Empty if the connection has ended: then no byte of the request has left.
     */
    Optional<CompletionStage<HttpResponse>> send(HttpRequest request) {
        CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
        if (!expected.answer.compareAndSet(null, answer)) {
            throw new IllegalStateException("a request is under way on this connection");
        }
        if (expected.over || !requests.offer(request).isEnqueued()) {
            expected.answer.set(null);
            return Optional.empty();
        }
        if (expected.over) {
            // It ended in between, perhaps before it could see that somebody waits.
            broken(expected, null);
        }
        return Optional.of(answer);
    }

    /** Closes the connection, whatever is under way on it; does nothing to one that has ended. */
    void cut() {
        expected.over = true;
        breaker.abort(new Unreachable("the connection was cut"));
    }

    private static void answered(Expected expected, HttpResponse response, ActorSystem<?> system) {
        CompletableFuture<HttpResponse> answer = expected.answer.getAndSet(null);
        if (answer == null || !answer.complete(response)) {
            response.discardEntityBytes(system);
        }
    }

    private static void end(Expected expected, CompletableFuture<Done> ready, @Nullable Throwable failure) {
        expected.over = true;
        ready.completeExceptionally(new Unreachable("no connection could be made: " + why(failure)));
        broken(expected, failure);
    }

    private static void broken(Expected expected, @Nullable Throwable failure) {
        CompletableFuture<HttpResponse> answer = expected.answer.getAndSet(null);
        if (answer != null) {
            answer.completeExceptionally(new Unreachable("the connection broke: " + why(failure)));
        }
    }

    private static String why(@Nullable Throwable failure) {
        return failure == null ? "the partner closed it" : String.valueOf(failure.getMessage());
    }
}
