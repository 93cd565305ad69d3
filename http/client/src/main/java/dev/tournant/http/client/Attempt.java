package dev.tournant.http.client;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Gates.Pass;
import dev.tournant.adapter.Lane;
import dev.tournant.http.client.Ending.Cause;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One sending of a request, for which a gate gave a pass. Guarded by itself; calls nothing while it is locked.
 *
 * <p>It waits for a connection, is sent at most once, and ends once; its pass is told before anybody else is. It
 * counts as sent from before its first byte can leave, so that what ends as unused was never sent, whatever happens at
 * the same time. Whoever ends it while it holds a connection cuts that connection.
 */
final class Attempt implements Comparable<Attempt> {
    private static final AtomicLong COUNT = new AtomicLong();

    private enum State {
        WAITING,
        SENT,
        OVER
    }

    private final HttpRequest request;
    private final Pass pass;
    private final Lane lane;
    private final long deadlineNanos;
    private final Duration leastLeft;
    private final long number = COUNT.getAndIncrement();

    private final CompletableFuture<Ending> ending = new CompletableFuture<>();
    private State state = State.WAITING;
    private @Nullable Connection connection;

    /**
     * @param deadlineNanos as {@link System#nanoTime}: it is cut off then
     * @param leastLeft with less time left it is not sent: it would be cut off, perhaps after it took effect
     */
    Attempt(HttpRequest request, Pass pass, Lane lane, long deadlineNanos, Duration leastLeft) {
        this.request = request;
        this.pass = pass;
        this.lane = lane;
        this.deadlineNanos = deadlineNanos;
        this.leastLeft = leastLeft;
    }

    CompletionStage<Ending> ending() {
        return ending;
    }

    synchronized boolean isOver() {
        return state == State.OVER;
    }

    /** Whether it can still be sent and answered in time; ends it if not. */
    boolean isWorthwhile() {
        if (left().compareTo(leastLeft) < 0) {
            end(false, before -> new Ending.Unused("no connection became free in time", Cause.LATE));
        }
        return !isOver();
    }

    Duration left() {
        return Duration.ofNanos(Math.max(1, deadlineNanos - System.nanoTime()));
    }

    /** It may use this connection once that is ready; false if it is over. */
    synchronized boolean take(Connection with) {
        connection = state == State.WAITING ? with : null;
        return connection != null;
    }

    /** Puts the request onto the connection that was taken; null if that is no longer allowed, and then it is over. */
    @Nullable
    CompletionStage<HttpResponse> send() {
        if (isWorthwhile() && !pass.isGood()) {
            end(false, before -> new Ending.Unused("its pass was over before it could be sent", Cause.STALE));
        }
        Connection with = sent();
        if (with == null) {
            return null;
        }
        CompletionStage<HttpResponse> head = with.send(request).orElse(null);
        if (head == null) {
            end(false, before -> new Ending.Unused("the connection is closed", Cause.UNCONNECTED));
        }
        return head;
    }

    private synchronized @Nullable Connection sent() {
        if (state != State.WAITING) {
            return null;
        }
        state = State.SENT;
        return connection;
    }

    /** {@code giveBack} is run before the caller is told, so that its next call finds the connection free. */
    void answered(Answer answer, Runnable giveBack) {
        end(false, before -> new Ending.Answered(answer), giveBack);
    }

    /** It was sent, and there is no whole answer. */
    void lost(String why, boolean passing, Runnable giveBack) {
        end(true, before -> new Ending.Lost(why, passing), giveBack);
    }

    /** No connection could be made for it. */
    void unconnected(String why, Runnable giveBack) {
        end(true, before -> new Ending.Unused(why, Cause.UNCONNECTED), giveBack);
    }

    /** Its time is over, whatever state it is in. */
    void expire(String why) {
        end(true, before -> before == State.SENT ? new Ending.Lost(why, false) : new Ending.Unused(why, Cause.LATE));
    }

    /** No connection is to be had any more. */
    void close() {
        end(true, before -> new Ending.Unused("the client is closed", Cause.CLOSED));
    }

    private void end(boolean cuts, Function<State, Ending> how) {
        end(cuts, how, () -> {});
    }

    /** {@code then} is run even if it has ended already, and whatever the pass makes of it. */
    private void end(boolean cuts, Function<State, Ending> how, Runnable then) {
        Ending end;
        Connection held;
        synchronized (this) {
            end = state == State.OVER ? null : how.apply(state);
            held = connection;
            state = State.OVER;
            connection = null;
        }
        try {
            if (end != null) {
                tell(end);
            }
        } finally {
            if (cuts && held != null) {
                held.cut();
            }
            then.run();
            if (end != null) {
                ending.complete(end);
            }
        }
    }

    private void tell(Ending end) {
        if (end instanceof Ending.Answered answered) {
            pass.answered(answered.answer());
        } else if (end instanceof Ending.Unused) {
            pass.unused();
        } else {
            pass.lost();
        }
    }

    /** The more urgent first; of one lane the one that has waited longer. */
    @Override
    public int compareTo(Attempt other) {
        int urgent = lane.compareTo(other.lane);
        return urgent != 0 ? urgent : Long.compare(number, other.number);
    }
}
