package dev.tournant.http.client;

import akka.actor.Cancellable;
import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpResponse;
import akka.http.scaladsl.model.EntityStreamSizeException;
import akka.stream.Materializer;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Outbound.Unreachable;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one partner, and all that is sent over them: attempts that have their pass. An attempt is over at its
 * deadline, whatever state it is in, and the connection that it held is cut: nothing is sent, and nothing goes on, for a
 * caller that was told "no answer".
 */
final class PartnerPool {
    private final PartnerConfig config;
    private final Wire wire;
    private final ActorSystem<?> system;
    private final Executor executor;
    private final Materializer materializer;
    private final Connections connections;

    PartnerPool(PartnerConfig config, Wire wire, ActorSystem<?> system) {
        this.config = config;
        this.wire = wire;
        this.system = system;
        this.executor = system.executionContext();
        this.materializer = Materializer.matFromSystem(system);
        this.connections = new Connections(config.connectionsMax());
    }

    int connections() {
        return connections.open();
    }

    /** Sends once; completes when the pass was told how it ended. */
    CompletionStage<Ending> send(Attempt attempt) {
        Cancellable deadline =
                system.scheduler().scheduleOnce(attempt.left(), () -> expire(attempt), system.executionContext());
        run(attempt);
        return attempt.ending().whenComplete((ending, failure) -> deadline.cancel());
    }

    void close() {
        connections.close();
    }

    private void expire(Attempt attempt) {
        attempt.expire("no answer within " + config.timeout().toMillis() + " ms");
        connections.giveUp(attempt);
    }

    /** Runs an attempt or, if it is too late for it, the first in line for which it is not. */
    private void run(@Nullable Attempt first) {
        Attempt attempt = first;
        while (attempt != null && !attempt.isWorthwhile()) {
            attempt = connections.next();
        }
        if (attempt != null) {
            start(attempt);
        }
    }

    private void start(Attempt attempt) {
        Connections.Found found = connections.find(attempt);
        switch (found.step()) {
            case USE -> use(attempt, Objects.requireNonNull(found.connection()));
            case OPEN -> open(attempt);
            case WAIT -> {
                if (attempt.isOver()) {
                    connections.giveUp(attempt);
                }
            }
            case CLOSED -> attempt.close();
        }
    }

    private void open(Attempt attempt) {
        Connection connection = Connection.open(wire, system);
        connection.whenEnded(() -> connections.ended(connection));
        if (connections.opened(connection)) {
            use(attempt, connection);
        } else {
            connection.cut();
            attempt.close();
        }
    }

    private void use(Attempt attempt, Connection connection) {
        if (!attempt.take(connection)) {
            giveBack(connection, true);
            return;
        }
        CompletionStage<?> unused = connection
                .ready()
                .whenCompleteAsync(
                        (ready, failure) -> {
                            if (failure == null) {
                                send(attempt, connection);
                            } else {
                                attempt.unconnected(why(failure), () -> giveBack(connection, false));
                            }
                        },
                        executor);
    }

    private void send(Attempt attempt, Connection connection) {
        CompletionStage<HttpResponse> head = attempt.send();
        if (head == null) {
            giveBack(connection, true);
            return;
        }
        CompletionStage<?> unused = head.thenComposeAsync(this::read, executor)
                .whenCompleteAsync((read, failure) -> sent(attempt, connection, read, failure), executor);
    }

    private void sent(Attempt attempt, Connection connection, @Nullable Read read, @Nullable Throwable failure) {
        Runnable giveBack = () -> giveBack(connection, read != null && read.reusable());
        if (read != null) {
            attempt.answered(read.answer(), giveBack);
        } else {
            attempt.lost(failure == null ? "no answer" : why(failure), !isTooLarge(failure), giveBack);
        }
    }

    private void giveBack(Connection connection, boolean reusable) {
        if (!reusable) {
            connection.cut();
        }
        run(connections.giveBack(connection, reusable));
    }

    /** An answer, and whether its connection may serve again. */
    private record Read(Answer answer, boolean reusable) {}

    /** Reads an answer whole. Its own time limit is never reached: the deadline of the attempt cuts the connection. */
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

    private static boolean isTooLarge(@Nullable Throwable failure) {
        return failure != null && why(failure).startsWith("the answer has more than");
    }

    private static Map<String, String> headers(HttpResponse response) {
        Map<String, String> headers = new HashMap<>();
        for (HttpHeader header : response.getHeaders()) {
            headers.merge(header.lowercaseName(), header.value(), (one, two) -> one + ", " + two);
        }
        headers.put("content-type", response.entity().getContentType().toString());
        return headers;
    }

    private static String why(Throwable failure) {
        Throwable cause = cause(failure);
        return cause instanceof Unreachable ? String.valueOf(cause.getMessage()) : cause.toString();
    }

    private static Throwable cause(Throwable failure) {
        Throwable inner = failure.getCause();
        return failure instanceof CompletionException && inner != null ? cause(inner) : failure;
    }
}
