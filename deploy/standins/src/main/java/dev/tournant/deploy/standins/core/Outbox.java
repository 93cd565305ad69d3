package dev.tournant.deploy.standins.core;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Delivers the events of one subscription: a few at a time, in no promised order, each until it is answered 2xx in time or
 * its partner gives it up. A redirect is a failure. A delivery that waits for its retry does not hold up the others.
 */
public final class Outbox {
    /** Requests under way to one subscriber. */
    public static final int UNDER_WAY_MAX = 16;

    /** A pause without an end: the subscription is over. */
    public static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

    /** An event, as it is sent at one of its attempts. */
    public interface Letter {
        /**
         * The request of one attempt.
         *
         * @param first when the first attempt was made or, for that one, the event was handed over
         * @param retry 0 for the first attempt
         * @param last what went wrong before; empty for the first attempt
         */
        HttpRequest request(Instant first, int retry, Optional<Trouble> last);
    }

    /** How a partner takes a delivery that failed. */
    public interface Patience {
        /** Waits that double from the first retry, whatever was wrong. */
        static Patience doubling(Duration first, int retriesMax) {
            return (retries, trouble) ->
                    retries >= retriesMax ? Optional.empty() : Optional.of(first.multipliedBy(1L << retries));
        }

        /** The wait before the next attempt, after so many retries; empty gives the event up. */
        Optional<Duration> retryAfter(int retries, Trouble trouble);

        /** How long nothing is sent to the subscriber after this failure; zero goes on, {@link #FOREVER} ends it. */
        default Duration pauseAfter(Trouble trouble) {
            return Duration.ZERO;
        }
    }

    /** Why a delivery failed; the status is 0 when there was no answer. */
    public record Trouble(Kind kind, int status) {
        /** What the subscriber did. */
        public enum Kind {
            REFUSED,
            TIMED_OUT,
            OTHER
        }
    }

    private record Delivery(Letter letter, Instant first, int retry, Optional<Trouble> last) {
        HttpRequest request() {
            return letter.request(first, retry, last);
        }

        Delivery again(Trouble trouble) {
            return new Delivery(letter, first, retry + 1, Optional.of(trouble));
        }
    }

    private final Patience patience;
    private final int waitingMax;
    private final HttpClient client;
    private final Later later;
    private final Stats stats;
    private final ArrayDeque<Delivery> waiting = new ArrayDeque<>();
    private int underWay;
    private int open;
    private boolean paused;
    private boolean closed;

    /** Beyond {@code waitingMax} deliveries that wait, are under way or are to be retried, events are lost. */
    public Outbox(Patience patience, int waitingMax, HttpClient client, Later later, Stats stats) {
        this.patience = patience;
        this.waitingMax = waitingMax;
        this.client = client;
        this.later = later;
        this.stats = stats;
    }

    /** A client for outboxes, which follows no redirect. */
    public static HttpClient client(Duration connectTimeout, Executor executor) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout)
                .executor(executor)
                .build();
    }

    /** Deliveries not yet answered 2xx or given up. */
    public synchronized int open() {
        return open;
    }

    public synchronized boolean isClosed() {
        return closed;
    }

    /** Nothing is sent any more; what waits is lost. */
    public synchronized void close() {
        closed = true;
        open -= waiting.size();
        waiting.clear();
    }

    public void deliver(Letter letter, Duration wait) {
        synchronized (this) {
            if (closed) {
                return;
            }
            if (open >= waitingMax) {
                stats.webhook(Stats.Webhook.OVERFLOWED);
                return;
            }
            open++;
        }
        Delivery delivery = new Delivery(letter, Instant.now(), 0, Optional.empty());
        if (wait.isZero()) {
            enqueue(delivery);
        } else {
            later.run(wait, () -> enqueue(delivery));
        }
    }

    private void enqueue(Delivery delivery) {
        synchronized (this) {
            if (closed) {
                open--;
                return;
            }
            waiting.add(delivery);
        }
        sendNext();
    }

    private void sendNext() {
        Delivery delivery;
        synchronized (this) {
            if (closed || paused || underWay >= UNDER_WAY_MAX || waiting.isEmpty()) {
                return;
            }
            delivery = waiting.remove();
            underWay++;
        }
        stats.webhook(Stats.Webhook.SENT);
        if (delivery.retry() > 0) {
            stats.webhook(Stats.Webhook.RETRIED);
        }
        var unused = client.sendAsync(delivery.request(), HttpResponse.BodyHandlers.discarding())
                .whenComplete((response, failure) -> answered(delivery, response, failure));
    }

    private void answered(Delivery delivery, @Nullable HttpResponse<Void> response, @Nullable Throwable failure) {
        synchronized (this) {
            underWay--;
        }
        Optional<Trouble> trouble = trouble(response, failure);
        if (trouble.isEmpty()) {
            end(Stats.Webhook.ACKED);
        } else {
            failed(delivery, trouble.get());
        }
        sendNext();
    }

    private void failed(Delivery delivery, Trouble trouble) {
        pause(patience.pauseAfter(trouble));
        Optional<Duration> wait = patience.retryAfter(delivery.retry(), trouble);
        if (wait.isPresent()) {
            later.run(wait.get(), () -> enqueue(delivery.again(trouble)));
        } else {
            end(Stats.Webhook.FAILED);
        }
    }

    private void pause(Duration pause) {
        if (pause.isZero()) {
            return;
        }
        stats.webhook(Stats.Webhook.PAUSED);
        if (pause.equals(FOREVER)) {
            close();
            return;
        }
        synchronized (this) {
            paused = true;
        }
        later.run(pause, this::resume);
    }

    private void resume() {
        int some;
        synchronized (this) {
            paused = false;
            some = Math.min(waiting.size(), UNDER_WAY_MAX);
        }
        for (int nth = 0; nth < some; nth++) {
            sendNext();
        }
    }

    private void end(Stats.Webhook how) {
        stats.webhook(how);
        synchronized (this) {
            open--;
        }
    }

    private static Optional<Trouble> trouble(@Nullable HttpResponse<Void> response, @Nullable Throwable failure) {
        if (response != null) {
            int status = response.statusCode();
            return status / 100 == 2 ? Optional.empty() : Optional.of(new Trouble(Trouble.Kind.REFUSED, status));
        }
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        boolean late = cause instanceof HttpTimeoutException;
        return Optional.of(new Trouble(late ? Trouble.Kind.TIMED_OUT : Trouble.Kind.OTHER, 0));
    }
}
