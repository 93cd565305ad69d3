package dev.tournant.http.client;

import akka.actor.Cancellable;
import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.scaladsl.model.EntityStreamSizeException;
import akka.stream.Materializer;
import akka.stream.javadsl.Flow;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Outbound.Unreachable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * All calls to one partner. A call is admitted if fewer than {@code connections-max + queue-max} are under way; it is
 * over at its deadline, whatever state it is in, and the connection that it held is cut: nothing is sent, and nothing
 * goes on, for a caller that was told "no answer".
 */
final class PartnerPool {
    private static final Set<Integer> PASSING = Set.of(502, 503, 504);

    private final PartnerConfig config;
    private final Flow<HttpRequest, HttpResponse, ?> wire;
    private final ActorSystem<?> system;
    private final Executor executor;
    private final Materializer materializer;
    private final ClientMetrics metrics;
    private final Connections connections;
    private final AtomicInteger underWay = new AtomicInteger();

    PartnerPool(
            PartnerConfig config,
            Flow<HttpRequest, HttpResponse, ?> wire,
            ActorSystem<?> system,
            ClientMetrics metrics) {
        this.config = config;
        this.wire = wire;
        this.system = system;
        this.executor = system.executionContext();
        this.materializer = Materializer.matFromSystem(system);
        this.metrics = metrics;
        this.connections = new Connections(config.connectionsMax());
        metrics.watch(config.partner(), underWay, connections);
    }

    CompletionStage<Answer> send(HttpRequest request, boolean repeatable) {
        int max = config.connectionsMax() + config.queueMax();
        if (underWay.getAndUpdate(now -> now < max ? now + 1 : now) >= max) {
            metrics.refused(config.partner());
            return CompletableFuture.failedFuture(new Unreachable("the queue for " + config.partner() + " is full"));
        }
        long begun = System.nanoTime();
        Exchange exchange = new Exchange(request, repeatable, config.timeout());
        Cancellable deadline =
                system.scheduler().scheduleOnce(config.timeout(), () -> expire(exchange), system.executionContext());
        CompletableFuture<Answer> ended = exchange.result().whenComplete((answer, failure) -> {
            deadline.cancel();
            underWay.decrementAndGet();
            metrics.ended(config.partner(), answer, System.nanoTime() - begun);
        });
        run(exchange);
        return ended.thenApplyAsync(answer -> answer, executor);
    }

    void close() {
        connections.close();
    }

    private void expire(Exchange exchange) {
        exchange.fail("no answer within " + config.timeout().toMillis() + " ms");
        connections.giveUp(exchange);
    }

    /** Runs a call or, if it is too late for it, the first in line for which it is not. */
    private void run(@Nullable Exchange first) {
        Exchange exchange = first;
        while (exchange != null && !exchange.isWorthwhile()) {
            exchange = connections.next();
        }
        if (exchange != null) {
            start(exchange);
        }
    }

    private void start(Exchange exchange) {
        Connections.Found found = connections.find(exchange);
        switch (found.step()) {
            case USE -> attempt(exchange, Objects.requireNonNull(found.connection()));
            case OPEN -> open(exchange);
            case WAIT -> {
                if (exchange.isOver()) {
                    connections.giveUp(exchange);
                }
            }
            case CLOSED -> exchange.fail("the client is closed");
        }
    }

    private void open(Exchange exchange) {
        Connection connection = Connection.open(wire, system);
        connection.whenEnded(() -> connections.ended(connection));
        if (connections.opened(connection)) {
            attempt(exchange, connection);
        } else {
            connection.cut();
            exchange.fail("the client is closed");
        }
    }

    private void attempt(Exchange exchange, Connection connection) {
        if (!exchange.begin(connection)) {
            giveBack(connection, true);
            return;
        }
        connection
                .send(exchange.request())
                .thenComposeAsync(this::read, executor)
                .whenCompleteAsync((read, failure) -> attempted(exchange, connection, read, failure), executor);
    }

    /** An answer, and whether its connection may serve again. */
    private record Read(Answer answer, boolean reusable) {}

    /** Reads an answer whole. Its own time limit is never reached: the deadline of the call cuts the connection. */
    private CompletionStage<Read> read(HttpResponse response) {
        int max = config.answerBytesMax();
        if (response.entity().getContentLengthOption().orElse(0) > max) {
            throw tooLarge(max);
        }
        return response.entity()
                .withSizeLimit(max)
                .toStrict(2 * config.timeout().toMillis(), max, materializer)
                .handleAsync(
                        (strict, failure) -> {
                            if (failure != null) {
                                throw broken(failure, max);
                            }
                            Map<String, String> headers = headers(response);
                            boolean reusable = !headers.getOrDefault("connection", "")
                                    .toLowerCase(Locale.ROOT)
                                    .contains("close");
                            return new Read(
                                    new Answer(
                                            response.status().intValue(),
                                            headers,
                                            strict.getData().toArray(),
                                            Instant.now()),
                                    reusable);
                        },
                        executor);
    }

    private static Unreachable broken(Throwable failure, int bytesMax) {
        Throwable cause = cause(failure);
        return cause instanceof EntityStreamSizeException
                ? tooLarge(bytesMax)
                : new Unreachable("the answer broke off: " + cause.getClass().getSimpleName());
    }

    private static Unreachable tooLarge(int bytesMax) {
        return new Unreachable("the answer has more than " + bytesMax + " bytes");
    }

    private static Map<String, String> headers(HttpResponse response) {
        Map<String, String> headers = new HashMap<>();
        for (HttpHeader header : response.getHeaders()) {
            headers.merge(header.lowercaseName(), header.value(), (one, two) -> one + ", " + two);
        }
        headers.put("content-type", response.entity().getContentType().toString());
        return headers;
    }

    private void attempted(Exchange exchange, Connection connection, @Nullable Read read, @Nullable Throwable failure) {
        exchange.left(connection);
        boolean repeats = exchange.mayRepeat(config.attemptsMax())
                && (read == null ? !isTooLarge(failure) : isPassing(read.answer()));
        giveBack(connection, read != null && read.reusable());
        if (!repeats || !repeatLater(exchange)) {
            settle(exchange, read, failure);
        }
    }

    private static boolean isTooLarge(@Nullable Throwable failure) {
        return failure != null && String.valueOf(cause(failure).getMessage()).startsWith("the answer has more than");
    }

    /** A partner that says when to come back is asked again by the caller, not here. */
    private static boolean isPassing(Answer answer) {
        return PASSING.contains(answer.status()) && answer.header("retry-after").isEmpty();
    }

    private static void settle(Exchange exchange, @Nullable Read read, @Nullable Throwable failure) {
        if (read != null) {
            exchange.succeed(read.answer());
        } else {
            Throwable cause = failure == null ? new Unreachable("no answer") : cause(failure);
            exchange.fail(cause instanceof Unreachable ? String.valueOf(cause.getMessage()) : cause.toString());
        }
    }

    /** False when the deadline would come before the next attempt. */
    private boolean repeatLater(Exchange exchange) {
        Duration pause = pause(exchange.attempts());
        if (pause.compareTo(exchange.left()) >= 0) {
            return false;
        }
        metrics.repeated(config.partner());
        system.scheduler().scheduleOnce(pause, () -> run(exchange), system.executionContext());
        return true;
    }

    private Duration pause(int attempts) {
        long whole =
                Math.min(config.backoffMax().toNanos(), config.backoffMin().toNanos() << Math.min(attempts - 1, 10));
        return Duration.ofNanos(whole / 2 + ThreadLocalRandom.current().nextLong(whole / 2 + 1));
    }

    private void giveBack(Connection connection, boolean reusable) {
        if (!reusable) {
            connection.cut();
        }
        run(connections.giveBack(connection, reusable));
    }

    private static Throwable cause(Throwable failure) {
        Throwable inner = failure.getCause();
        return failure instanceof CompletionException && inner != null ? cause(inner) : failure;
    }
}
