package dev.tournant.http.client;

import akka.actor.Cancellable;
import akka.http.javadsl.model.HttpRequest;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Gates.Pass;
import dev.tournant.adapter.Gates.Refused;
import dev.tournant.adapter.Lane;
import dev.tournant.adapter.Outbound.Unreachable;
import dev.tournant.adapter.Party;
import dev.tournant.adapter.Request;
import dev.tournant.http.client.Ending.Cause;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One call over all its attempts. Each attempt asks the gate first, is sent under the pass that it gets, and tells the pass
 * how it ended.
 *
 * <p>Two clocks run, one at a time: {@code gate-wait-max} while the call waits at the gate, {@code timeout} otherwise.
 * Nothing is guarded: each step begins when the one before has ended, and is run by whoever ended that.
 */
final class Exchange {
    private static final Set<Integer> PASSING = Set.of(502, 503, 504);
    /** How much later than it should a gate may answer; one that is later still is taken to be out of reach. */
    private static final Duration GATE_GRACE = Duration.ofMillis(500);
    /** A pass that was over before there was a connection is replaced so often. */
    private static final int STALE_MAX = 3;

    private final PartnerWay way;
    private final PartnerConfig config;
    private final Party party;
    private final Request request;
    private final HttpRequest out;
    private final Lane lane;
    private final boolean soon;
    private final Duration leastLeft;
    private final CompletableFuture<Answer> result = new CompletableFuture<>();

    private long deadlineNanos;
    private Duration gateLeft;
    private int attempts;
    private int stale;
    /** How the attempt before ended; null if nothing was sent yet. */
    private @Nullable Ending sent;

    /** @param soon whether the first attempt waits no longer than {@code credentials-look} for its gates */
    Exchange(PartnerWay way, Party party, Request request, HttpRequest out, Lane lane, boolean soon) {
        this.way = way;
        this.config = way.config();
        this.party = party;
        this.request = request;
        this.out = out;
        this.lane = lane;
        this.soon = soon;
        this.leastLeft = config.timeout().dividedBy(10);
        this.deadlineNanos = System.nanoTime() + config.timeout().toNanos();
        this.gateLeft = config.gateWaitMax();
    }

    /** Called once. */
    CompletableFuture<Answer> run() {
        ask();
        return result;
    }

    private void ask() {
        long askedNanos = System.nanoTime();
        CompletionStage<?> unused = pass().whenCompleteAsync(
                        (pass, failure) -> {
                            waited(Duration.ofNanos(System.nanoTime() - askedNanos));
                            if (pass == null) {
                                notAdmitted(failure);
                            } else {
                                send(pass);
                            }
                        },
                        way.executor());
    }

    /** A pass, from a gate that may not answer at all; one that comes too late is given back. */
    private CompletableFuture<Pass> pass() {
        CompletableFuture<Pass> mine = new CompletableFuture<>();
        Duration look = config.credentialsLook();
        Duration within = soon && attempts == 0 && look.compareTo(gateLeft) < 0 ? look : gateLeft;
        Cancellable guard = way.after(
                within.plus(GATE_GRACE),
                () -> mine.completeExceptionally(new Refused(Duration.ZERO, "the gate does not answer")));
        CompletionStage<?> unused = admitted(within).whenComplete((pass, failure) -> {
            guard.cancel();
            boolean taken = pass == null ? mine.completeExceptionally(failure) : mine.complete(pass);
            if (!taken && pass != null) {
                pass.unused();
            }
        });
        return mine;
    }

    private CompletionStage<Pass> admitted(Duration within) {
        try {
            return way.gates().admit(party, request, lane, within);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void waited(Duration time) {
        Duration counted = time.compareTo(gateLeft) > 0 ? gateLeft : time;
        deadlineNanos += counted.toNanos();
        gateLeft = gateLeft.minus(counted);
        way.metrics().waited(config.partner(), lane, time);
    }

    private void send(Pass pass) {
        attempts++;
        CompletionStage<?> unused = way.pool()
                .send(new Attempt(out, pass, lane, deadlineNanos, leastLeft))
                .thenAcceptAsync(this::ended, way.executor());
    }

    private void ended(Ending ending) {
        way.metrics().ended(config.partner(), ending);
        if (isStale(ending) && stale++ < STALE_MAX && !gateLeft.isZero()) {
            attempts--;
            ask();
        } else if (!mayRepeat(ending) || !repeatLater(ending)) {
            settle(ending);
        }
    }

    private static boolean isStale(Ending ending) {
        return ending instanceof Ending.Unused unused && unused.cause() == Cause.STALE;
    }

    /** Whether another attempt is allowed, apart from the time it would take. */
    private boolean mayRepeat(Ending ending) {
        if (attempts >= config.attemptsMax()) {
            return false;
        }
        if (ending instanceof Ending.Answered answered) {
            return request.repeatable() && isPassing(answered.answer());
        }
        if (ending instanceof Ending.Lost lost) {
            return request.repeatable() && lost.passing();
        }
        // Nothing was sent, so that sending it does not repeat it.
        return ((Ending.Unused) ending).cause() == Cause.UNCONNECTED;
    }

    /** A partner that says when to come back is asked again by the caller, not here. */
    private static boolean isPassing(Answer answer) {
        return PASSING.contains(answer.status()) && answer.header("retry-after").isEmpty();
    }

    /** False when the deadline would come before the next attempt. */
    private boolean repeatLater(Ending ending) {
        Duration pause = pause();
        if (pause.plus(leastLeft).compareTo(Duration.ofNanos(deadlineNanos - System.nanoTime())) >= 0) {
            return false;
        }
        sent = ending instanceof Ending.Unused ? sent : ending;
        way.metrics().repeated(config.partner());
        way.after(pause, this::ask);
        return true;
    }

    private Duration pause() {
        long whole =
                Math.min(config.backoffMax().toNanos(), config.backoffMin().toNanos() << Math.min(attempts - 1, 10));
        return Duration.ofNanos(whole / 2 + ThreadLocalRandom.current().nextLong(whole / 2 + 1));
    }

    /** What the attempt before brought is the end then: it must not look as if nothing had been sent. */
    private void notAdmitted(@Nullable Throwable failure) {
        way.metrics().gated(config.partner(), lane);
        if (sent != null) {
            settle(sent);
        } else {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            result.completeExceptionally(
                    cause instanceof Refused refused
                            ? refused
                            : new Refused(Duration.ZERO, "the gate failed: " + cause));
        }
    }

    private void settle(Ending ending) {
        if (ending instanceof Ending.Answered answered) {
            result.complete(answered.answer());
        } else if (ending instanceof Ending.Lost lost) {
            result.completeExceptionally(new Unreachable(lost.why()));
        } else {
            String why = ((Ending.Unused) ending).why();
            // An attempt before this one may have arrived.
            result.completeExceptionally(sent == null ? Unreachable.unsent(why) : new Unreachable(why));
        }
    }
}
