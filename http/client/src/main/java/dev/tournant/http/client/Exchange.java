package dev.tournant.http.client;

import akka.http.javadsl.model.HttpRequest;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Outbound.Unreachable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One call from its admission to its answer, over all attempts. Guarded by itself. */
final class Exchange {
    private final HttpRequest request;
    private final boolean repeatable;
    private final long deadlineNanos;
    /** With less time left no attempt is begun: it would be cut off, perhaps after it took effect. */
    private final Duration leastLeft;

    private final CompletableFuture<Answer> result = new CompletableFuture<>();
    private int attempts;
    private @Nullable Connection connection;

    Exchange(HttpRequest request, boolean repeatable, Duration timeout) {
        this.request = request;
        this.repeatable = repeatable;
        this.deadlineNanos = System.nanoTime() + timeout.toNanos();
        this.leastLeft = timeout.dividedBy(10);
    }

    HttpRequest request() {
        return request;
    }

    CompletableFuture<Answer> result() {
        return result;
    }

    boolean isOver() {
        return result.isDone();
    }

    /** Whether an attempt can still end in time; ends the call if not. */
    boolean isWorthwhile() {
        if (left().compareTo(leastLeft) < 0) {
            result.completeExceptionally(new Unreachable("no connection became free in time"));
        }
        return !isOver();
    }

    Duration left() {
        return Duration.ofNanos(Math.max(1, deadlineNanos - System.nanoTime()));
    }

    /** Whether the call may use this connection; it is over if not, so that nothing is sent after its deadline. */
    synchronized boolean begin(Connection with) {
        if (!isWorthwhile()) {
            return false;
        }
        connection = with;
        attempts++;
        return true;
    }

    synchronized void left(Connection with) {
        if (connection == with) {
            connection = null;
        }
    }

    /** Whether another attempt is allowed, apart from the time it would take. */
    synchronized boolean mayRepeat(int attemptsMax) {
        return repeatable && !isOver() && attempts < attemptsMax;
    }

    synchronized int attempts() {
        return attempts;
    }

    void succeed(Answer answer) {
        result.complete(answer);
    }

    /** Ends the call without an answer, and cuts the connection that it holds. */
    void fail(String why) {
        Connection held;
        synchronized (this) {
            result.completeExceptionally(new Unreachable(why));
            held = connection;
            connection = null;
        }
        if (held != null) {
            held.cut();
        }
    }
}
