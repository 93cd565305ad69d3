package dev.tournant.cluster.gate;

import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.PreRestart;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import dev.tournant.cluster.gate.GateMessage.Ask;
import dev.tournant.cluster.gate.GateMessage.Ended;
import dev.tournant.cluster.gate.GateMessage.GateReply;
import dev.tournant.cluster.gate.GateMessage.How;
import dev.tournant.cluster.gate.GateMessage.Internal;
import dev.tournant.cluster.gate.GateMessage.Look;
import dev.tournant.cluster.gate.GateMessage.Seen;
import dev.tournant.persistence.GateLedger;
import dev.tournant.persistence.GateLedgers.Found;
import dev.tournant.persistence.GateLedgers.Opened;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The actor of one limit pool: a thin shell around {@link Pool}.
 *
 * <p><b>Beginning.</b> The first call opens the pool's row. What that finds says how to begin: never used, as a former
 * holder left it, or, where that one ended without a word, as if all were used up. Until the row is open nothing is granted;
 * while the store fails, that is tried again and again.
 *
 * <p><b>End.</b> When it is idle or its shard moves it closes the row with what was used, and hands what came meanwhile to
 * the next holder, which then begins at once. If the store does not answer in {@code close-within} the row stays open, and
 * the next holder begins with everything used up.
 *
 * <p><b>Bounds.</b> Who waits: {@code waiting-max} of each lane in the pool; {@value #EARLY_MAX} while the row is opened or
 * closed.
 */
final class Gate extends AbstractBehavior<GateMessage> {
    static final EntityTypeKey<GateMessage> TYPE = EntityTypeKey.create(GateMessage.class, "gate");

    static final int EARLY_MAX = 4096;
    private static final Duration EARLY_FULL_RETRY = Duration.ofSeconds(1);
    private static final Duration RESTART_MIN = Duration.ofMillis(500);
    private static final Duration RESTART_MAX = Duration.ofSeconds(20);
    private static final Duration TICK_MAX = Duration.ofHours(1);

    /** Sharding asks the actor to stop: it is idle, or its shard moves. */
    enum Stop implements Internal {
        STOP
    }

    /** What a timer says is due. */
    private enum Due implements Internal {
        TICK,
        OPEN,
        KEEP,
        CLOSE
    }

    private record RowOpened(
            @Nullable Opened opened, @Nullable Throwable failure) implements Internal {}

    private record RowKept(@Nullable Boolean ours, @Nullable Throwable failure) implements Internal {}

    private record RowClosed(
            @Nullable Boolean ours, @Nullable Throwable failure) implements Internal {}

    private final GateSetup setup;
    private final String name;
    private final String holder;
    private final TimerScheduler<GateMessage> timers;
    private final HeardTerms terms;
    /** What came before the row was open, or while it is closed; calls by their ids. */
    private final Map<Long, GateMessage> early = new LinkedHashMap<>();

    private @Nullable Holding holding;
    private boolean opening;
    /** What was said when the row was opened. */
    private boolean sets;

    private boolean stopping;
    private @Nullable GateLedger last;
    private long closingSince;
    private Duration pause;
    private long tickAt = Long.MAX_VALUE;

    private Gate(ActorContext<GateMessage> context, TimerScheduler<GateMessage> timers, GateSetup setup, String name) {
        super(context);
        this.setup = setup;
        this.name = name;
        this.holder = setup.node() + "/" + UUID.randomUUID();
        this.timers = timers;
        this.pause = setup.settings().storeRetryMin();
        this.terms = new HeardTerms(
                setup.names().limit(name).map(Terms::of).orElse(null),
                setup.settings().termsKept());
    }

    static Behavior<GateMessage> create(GateSetup setup, String name) {
        Behavior<GateMessage> gate =
                Behaviors.setup(context -> Behaviors.withTimers(timers -> new Gate(context, timers, setup, name)));
        return Behaviors.supervise(gate)
                .onFailure(SupervisorStrategy.restartWithBackoff(RESTART_MIN, RESTART_MAX, 0.2)
                        .withStashCapacity(EARLY_MAX));
    }

    @Override
    public Receive<GateMessage> createReceive() {
        return newReceiveBuilder()
                .onMessage(Ask.class, this::ask)
                .onMessage(Ended.class, this::ended)
                .onMessage(Look.class, this::look)
                .onMessage(Due.class, this::due)
                .onMessage(RowOpened.class, this::opened)
                .onMessage(RowKept.class, this::kept)
                .onMessage(RowClosed.class, this::closed)
                .onMessage(Stop.class, stop -> stop())
                .onSignal(PostStop.class, signal -> holdsNoMore())
                .onSignal(PreRestart.class, signal -> holdsNoMore())
                .build();
    }

    private Behavior<GateMessage> due(Due due) {
        return switch (due) {
            case TICK -> tick();
            case OPEN -> open();
            case KEEP -> settled();
            case CLOSE -> close();
        };
    }

    private long now() {
        return setup.nanos().getAsLong();
    }

    private Behavior<GateMessage> ask(Ask ask) {
        if (!terms.hear(ask.terms(), now())) {
            return refuse(
                    ask, "the nodes name too many different terms for " + name + "; roll one manifest out at a time");
        }
        Holding pool = holding;
        if (pool == null || stopping) {
            return early(ask.id(), ask);
        }
        if (terms.changed()) {
            getContext().getLog().info("the limit of {} is now {}", name, terms.rules());
            pool.rules(terms.rules());
        }
        pool.ask(ask);
        return settled();
    }

    private Behavior<GateMessage> refuse(Ask ask, String why) {
        ask.replyTo().tell(new GateReply.Refused(ask.id(), EARLY_FULL_RETRY.toMillis(), why));
        return this;
    }

    private Behavior<GateMessage> early(long id, GateMessage message) {
        if (early.size() < EARLY_MAX || early.containsKey(id)) {
            early.put(id, message);
        } else if (message instanceof Ask ask) {
            refuse(ask, "the gate of " + name + " is being opened, and too many wait for that");
        }
        return opening || stopping ? this : open();
    }

    private Behavior<GateMessage> ended(Ended ended) {
        if (holding != null && !stopping) {
            holding.ended(ended);
            return settled();
        }
        early.remove(ended.id());
        // What a former holder granted is in its ledger, and runs out by itself; only an answer has something to say.
        return ended.how() == How.ANSWERED || stopping ? early(ended.id(), ended) : this;
    }

    private Behavior<GateMessage> look(Look look) {
        Instant wall = setup.wall().instant();
        look.replyTo().tell(new Seen(holding == null ? null : PoolReport.of(name, holding.view(), setup.node(), wall)));
        return this;
    }

    private Behavior<GateMessage> open() {
        if (!opening) {
            opening = true;
            terms.changed();
            sets = !Quota.longWindows(terms.rules(), setup.settings()).isEmpty();
        }
        getContext().pipeToSelf(setup.ledgers().open(name, holder, sets), RowOpened::new);
        return this;
    }

    private Behavior<GateMessage> opened(RowOpened result) {
        Opened row = result.opened();
        if (row == null) {
            return failed("opened", result.failure(), Due.OPEN);
        }
        opening = false;
        pause = setup.settings().storeRetryMin();
        terms.changed();
        if (terms.rules().isEmpty()) {
            // Only ends came, of calls of a limit that this node does not know: nobody can say what they count against.
            early.clear();
        } else {
            hold(row);
        }
        return stopping ? close() : settled();
    }

    private void hold(Opened row) {
        List<Rule> rules = terms.rules();
        if (sets && Quota.longWindows(rules, setup.settings()).isEmpty()) {
            // Nothing was used yet, so the next holder finds what this one found.
            throw new IllegalStateException("the limit of " + name + " was no quota any more when it was open");
        }
        if (row.found() == Found.LEFT_OPEN) {
            setup.metrics().of(name).leftOpen().increment();
            getContext().getLog().warn("{} was left open by its former holder; it begins as if used up", name);
        } else if (row.found() == Found.LEFT_KEPT) {
            getContext()
                    .getLog()
                    .info("{} was left open by its former holder; all that it had set aside counts as used", name);
        }
        Instant wall = setup.wall().instant();
        holding = new Holding(setup, name, rules, Beginning.of(row, rules, setup.settings(), wall));
        setup.held().add(name);
        setup.metrics().opened();
        List<GateMessage> waited = new ArrayList<>(early.values());
        early.clear();
        if (stopping) {
            waited.forEach(this::handOn);
        } else {
            waited.forEach(each -> {
                if (each instanceof Ask ask) {
                    ask(ask);
                } else if (each instanceof Ended ended) {
                    ended(ended);
                }
            });
        }
    }

    private Behavior<GateMessage> failed(String what, @Nullable Throwable failure, Internal again) {
        setup.metrics().storeFailed(name);
        Logger log = getContext().getLog();
        log.warn("the ledger of {} cannot be {}, tried again in {}: {}", name, what, pause, String.valueOf(failure));
        timers.startSingleTimer(again, again, pause);
        Duration twice = pause.multipliedBy(2);
        Duration most = setup.settings().storeRetryMax();
        pause = twice.compareTo(most) < 0 ? twice : most;
        return this;
    }

    private Behavior<GateMessage> tick() {
        tickAt = Long.MAX_VALUE;
        if (holding != null && !stopping) {
            holding.tick();
        }
        return settled();
    }

    /** After everything that may have changed the pool: writes the row if it has to say more, and sets the one timer. */
    private Behavior<GateMessage> settled() {
        Holding pool = holding;
        if (pool == null || stopping) {
            return this;
        }
        GateLedger kept = timers.isTimerActive(Due.KEEP) ? null : pool.nextKept();
        if (kept != null) {
            getContext().pipeToSelf(setup.ledgers().keep(name, holder, kept), RowKept::new);
        }
        long left = pool.nanosToTick();
        if (left != Long.MAX_VALUE && now() + left < tickAt) {
            long most = Math.min(left, TICK_MAX.toNanos());
            tickAt = now() + most;
            timers.startSingleTimer(Due.TICK, Duration.ofNanos(most));
        }
        return this;
    }

    private Behavior<GateMessage> kept(RowKept result) {
        if (stopping) {
            // The ledger is taken, and who waited for this block is handed on. Whether it was written, or came too late
            // for
            // a row that was closed before, is all the same.
            return this;
        }
        if (Boolean.FALSE.equals(result.ours())) {
            throw new IllegalStateException(name + " was opened by another holder while this one had it");
        }
        if (holding != null) {
            holding.kept(result.ours() != null);
        }
        if (result.ours() == null) {
            setup.metrics().storeFailed(name);
            getContext()
                    .getLog()
                    .warn("what is set aside of {} could not be written: {}", name, String.valueOf(result.failure()));
            timers.startSingleTimer(Due.KEEP, setup.settings().storeRetryMin());
        }
        return settled();
    }

    private Behavior<GateMessage> stop() {
        stopping = true;
        closingSince = now();
        return opening ? this : close();
    }

    private Behavior<GateMessage> close() {
        Holding pool = holding;
        if (pool == null) {
            return stopped();
        }
        if (last == null) {
            timers.cancelAll();
            last = pool.ledger();
            pool.waiting().forEach(each -> early.putIfAbsent(each.id(), each));
        }
        getContext().pipeToSelf(setup.ledgers().close(name, holder, last), RowClosed::new);
        return this;
    }

    private Behavior<GateMessage> closed(RowClosed result) {
        if (result.ours() == null) {
            if (now() - closingSince < setup.settings().closeWithin().toNanos()) {
                return failed("closed", result.failure(), Due.CLOSE);
            }
            getContext().getLog().warn("{} stays open: the store did not answer in time", name);
        } else if (!result.ours()) {
            getContext().getLog().error("{} was opened by another holder while this one had it", name);
        }
        return stopped();
    }

    private Behavior<GateMessage> stopped() {
        early.values().forEach(this::handOn);
        early.clear();
        return Behaviors.stopped();
    }

    private void handOn(GateMessage message) {
        setup.send().accept(name, message);
    }

    private Behavior<GateMessage> holdsNoMore() {
        if (holding != null) {
            setup.held().remove(name);
            setup.metrics().shut();
        }
        return this;
    }
}
