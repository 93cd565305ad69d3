package dev.tournant.cluster.poll;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import dev.tournant.cluster.poll.PollerMessage.Broke;
import dev.tournant.cluster.poll.PollerMessage.Covered;
import dev.tournant.cluster.poll.PollerMessage.Has;
import dev.tournant.cluster.poll.PollerMessage.Internal;
import dev.tournant.cluster.poll.PollerMessage.Look;
import dev.tournant.cluster.poll.PollerMessage.LookAt;
import dev.tournant.cluster.poll.PollerMessage.Read;
import dev.tournant.cluster.poll.PollerMessage.Reading;
import dev.tournant.cluster.poll.PollerMessage.Refresh;
import dev.tournant.cluster.poll.PollerMessage.Refreshed;
import dev.tournant.cluster.poll.PollerMessage.Suppose;
import dev.tournant.cluster.poll.PollerMessage.Supposed;
import dev.tournant.cluster.poll.PollerMessage.Wanted;
import dev.tournant.cluster.schedule.Supposition;
import dev.tournant.messages.FreshnessBoard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The actor of one pool's polls: a thin shell around its {@link Timetable}, with one timer.
 *
 * <p>It keeps no promise: the gates keep the limits and the merchants remember what they want to read. What it loses when its
 * node ends is said again by the merchants and on the next round; what it has learnt it writes down now and then.
 *
 * <p>Its times are those of the wall clock, by which merchants and partners speak. Where that is put back, a timetable would stand
 * still until it has caught up: then a new one begins at once with what the one before had learnt, as after a restart.
 *
 * <p><b>Bounds.</b> {@code early-max} messages wait while the memory is read; those after them are said again in their time.
 */
final class Poller extends AbstractBehavior<PollerMessage> {
    static final EntityTypeKey<PollerMessage> TYPE = EntityTypeKey.create(PollerMessage.class, "poller");

    private static final Duration RESTART_MIN = Duration.ofMillis(500);
    private static final Duration RESTART_MAX = Duration.ofSeconds(20);
    private static final Duration TICK_MAX = Duration.ofMinutes(1);
    private static final Duration TICK_MIN = Duration.ofMillis(1);
    private static final Duration MEASURED_EVERY = Duration.ofSeconds(10);

    /** One that is seen that often in turn to have nothing to poll rests. */
    private static final int EMPTY_MAX = 6;

    /** A clock that is put back by no more stands still for so long. */
    private static final double STANDS_STILL_SECONDS = 1;

    /** Sharding asks the actor to stop: it is idle, or its shard moves. */
    enum Stop implements Internal {
        STOP
    }

    /** What a timer says is due. */
    private enum Due implements Internal {
        ORDERS,
        REMEMBER,
        MEASURE
    }

    private static final class MemoryRead implements Internal {
        private final byte @Nullable [] bytes;
        private final @Nullable Throwable failure;

        MemoryRead(byte @Nullable [] bytes, @Nullable Throwable failure) {
            this.bytes = bytes;
            this.failure = failure;
        }
    }

    private record MemoryWritten(@Nullable Throwable failure) implements Internal {}

    private final PollerSetup setup;
    private final String pool;
    private final TimerScheduler<PollerMessage> timers;
    private final ActorRef<ClusterSharding.ShardCommand> shard;
    private final List<PollerMessage> early = new ArrayList<>();
    private final PollMetrics.OfPool metrics;

    private @Nullable Timetable timetable;
    /** Before then nothing is written down, but for what is known last. */
    private double rememberAt;

    /** The latest that the wall clock has shown. */
    private double latest = Double.NEGATIVE_INFINITY;

    private long generation;
    /** How often it was seen in turn to have nothing to poll. */
    private int empty;

    private boolean changed;
    private boolean writing;
    private boolean stopping;

    private Poller(
            ActorContext<PollerMessage> context,
            TimerScheduler<PollerMessage> timers,
            PollerSetup setup,
            String pool,
            ActorRef<ClusterSharding.ShardCommand> shard) {
        super(context);
        this.setup = setup;
        this.pool = pool;
        this.timers = timers;
        this.shard = shard;
        this.metrics = setup.metrics().of(pool);
        context.pipeToSelf(setup.memories().read(pool), MemoryRead::new);
        timers.startTimerWithFixedDelay(Due.REMEMBER, setup.settings().rememberEvery());
        timers.startTimerWithFixedDelay(Due.MEASURE, MEASURED_EVERY);
    }

    static Behavior<PollerMessage> create(
            PollerSetup setup, String pool, ActorRef<ClusterSharding.ShardCommand> shard) {
        Behavior<PollerMessage> poller = Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new Poller(context, timers, setup, pool, shard)));
        return Behaviors.supervise(poller)
                .onFailure(SupervisorStrategy.restartWithBackoff(RESTART_MIN, RESTART_MAX, 0.2)
                        .withStashCapacity(setup.settings().earlyMax()));
    }

    @Override
    public Receive<PollerMessage> createReceive() {
        return newReceiveBuilder()
                .onMessage(MemoryRead.class, this::remembered)
                .onMessage(MemoryWritten.class, this::written)
                .onMessage(Due.class, this::due)
                .onMessage(Stop.class, stop -> stop())
                .onMessage(PollerMessage.class, this::told)
                .onSignal(PostStop.class, stopped -> postStop())
                .build();
    }

    private double now() {
        return setup.wall().millis() / 1e3;
    }

    private Behavior<PollerMessage> remembered(MemoryRead read) {
        byte[] bytes = read.bytes;
        Timetable now = new Timetable(pool, setup.settings(), setup.subscribed(), now());
        if (bytes == null && stopping) {
            return Behaviors.stopped();
        }
        if (bytes == null) {
            // To begin with nothing would be to write that down over what is there, and to read all that is old at
            // once.
            throw new IllegalStateException("what was learnt of " + pool + " cannot be read yet", read.failure);
        }
        if (bytes.length > 0) {
            try {
                now = Timetable.of(bytes, pool, setup.settings(), setup.subscribed(), now());
            } catch (IllegalArgumentException e) {
                getContext()
                        .getLog()
                        .warn("what was learnt of {} is of no use, so it is learnt again: {}", pool, e.getMessage());
            }
        }
        timetable = now;
        List<PollerMessage> waited = List.copyOf(early);
        early.clear();
        for (PollerMessage each : waited) {
            tell(now, each);
        }
        if (stopping) {
            return stop();
        }
        return settled(now);
    }

    /** By today's clock; null while the memory is read. */
    private @Nullable Timetable current() {
        double now = now();
        Timetable open = timetable;
        if (open != null && now < latest - STANDS_STILL_SECONDS) {
            getContext()
                    .getLog()
                    .warn(
                            "the clock was put back by {} s: the polls of {} begin anew, with what was learnt",
                            latest - now,
                            pool);
            open = Timetable.of(open.memory(latest), pool, setup.settings(), setup.subscribed(), now);
            timetable = open;
            rememberAt = now;
            latest = now;
        }
        latest = Math.max(latest, now);
        return open;
    }

    private Behavior<PollerMessage> told(PollerMessage message) {
        Timetable open = current();
        if (open != null) {
            tell(open, message);
            return settled(open);
        }
        if (early.size() < setup.settings().earlyMax()) {
            early.add(message);
        }
        return this;
    }

    private void tell(Timetable to, PollerMessage message) {
        int size = to.size();
        take(to, message, now());
        changed |= to.size() != size;
    }

    private void take(Timetable to, PollerMessage message, double now) {
        if (message instanceof Has has) {
            to.allowed(has.callsPerSecond(), now);
            to.has(has.merchant(), has.feeds(), has.zone(), now);
        } else if (message instanceof Wanted wanted) {
            to.allowed(wanted.callsPerSecond(), now);
            Timetable.Name name = new Timetable.Name(wanted.merchant(), wanted.feed());
            if (to.wanted(name, wanted.zone(), wanted.why(), wanted.webhooks(), seconds(wanted.at()), now) > 0) {
                setup.webhooks().heard(wanted.feed().partner());
            }
        } else if (message instanceof Read read) {
            Timetable.Name name = new Timetable.Name(read.merchant(), read.feed());
            to.read(name, seconds(read.asOf()), read.changed(), read.calls(), read.importance(), now);
            metrics.read(read.feed(), read.changed());
            changed = true;
        } else if (message instanceof Covered covered) {
            to.covered(new Timetable.Name(covered.merchant(), covered.feed()), seconds(covered.asOf()), now);
            setup.webhooks().heard(covered.feed().partner());
            changed = true;
        } else if (message instanceof Broke broke) {
            Instant retryAt = broke.retryAt();
            Timetable.Name name = new Timetable.Name(broke.merchant(), broke.feed());
            to.broke(name, broke.trouble(), retryAt == null ? now : seconds(retryAt), now);
            metrics.broke(broke.feed(), broke.trouble());
        } else if (message instanceof PollerMessage.Gone gone) {
            to.gone(gone.merchant(), gone.link(), gone.resource(), now);
        } else if (message instanceof Reading reading) {
            to.reading(new Timetable.Name(reading.merchant(), reading.feed()), reading.first(), now);
        } else if (message instanceof Refresh refresh) {
            refresh.replyTo().tell(new Refreshed(to.refresh(refresh.merchant(), refresh.link(), now)));
        } else if (message instanceof Look look) {
            look.replyTo().tell(new PollerMessage.Seen(to.isEmpty() ? null : Views.pool(pool, to, now)));
        } else if (message instanceof LookAt look) {
            look.replyTo()
                    .tell(new PollerMessage.SeenOf(
                            Views.resources(pool, to.standings(look.merchant(), look.links(), now))));
        } else if (message instanceof Suppose suppose) {
            suppose.replyTo().tell(new Supposed(supposed(to, suppose.supposition(), now)));
        } else {
            throw new IllegalArgumentException("a message that this version does not know: " + message);
        }
    }

    private static FreshnessBoard.@Nullable Outlook supposed(
            Timetable of, FreshnessBoard.Supposition supposition, double now) {
        if (of.isEmpty()) {
            return null;
        }
        Double asked = supposition.callsPerSecond();
        double calls = asked == null ? of.callsPerSecond() : asked;
        return Views.outlook(
                calls, of.suppose(new Supposition(calls, supposition.resourcesFactor(), supposition.webhooks()), now));
    }

    private static double seconds(Instant at) {
        return at.toEpochMilli() / 1e3;
    }

    /** Hands out what is due, and sets the one timer. */
    private Behavior<PollerMessage> settled(Timetable open) {
        if (stopping) {
            return this;
        }
        double now = now();
        for (Order order : open.orders(now)) {
            metrics.ordered(order);
            setup.send().accept(order);
        }
        double wait = Math.max(0, open.nextAt(now) - now);
        Duration most = wait >= TICK_MAX.toSeconds() ? TICK_MAX : Duration.ofNanos((long) (wait * 1e9));
        timers.startSingleTimer(Due.ORDERS, Due.ORDERS, most.compareTo(TICK_MIN) < 0 ? TICK_MIN : most);
        return this;
    }

    private Behavior<PollerMessage> due(Due due) {
        Timetable open = current();
        if (open == null) {
            return this;
        }
        switch (due) {
            case ORDERS -> {
                return settled(open);
            }
            case REMEMBER -> {
                if (now() >= rememberAt) {
                    remember(open);
                }
            }
            case MEASURE -> {
                open.webhooks(setup.webhooks()::silentSeconds, now());
                metrics.measured(open.isEmpty() ? null : Views.pool(pool, open, now()));
                rest(open);
            }
        }
        return this;
    }

    /** Akka would let one rest that polls by its own timer, and to which nobody speaks before the next round. */
    private void rest(Timetable open) {
        empty = open.isEmpty() ? empty + 1 : 0;
        if (empty > EMPTY_MAX) {
            shard.tell(new ClusterSharding.Passivate<>(getContext().getSelf()));
        }
    }

    private void remember(Timetable open) {
        if (changed && !writing) {
            changed = false;
            writing = true;
            // Larger than those before it, also where the clock was put back.
            generation = Math.max(generation + 1, setup.wall().millis());
            byte[] bytes = open.memory(now());
            rememberAt = now() + bytes.length / (double) setup.settings().rememberBytesPerSecond();
            getContext()
                    .pipeToSelf(
                            setup.memories().write(pool, generation, bytes),
                            (done, failure) -> new MemoryWritten(failure));
        }
    }

    private Behavior<PollerMessage> written(MemoryWritten written) {
        writing = false;
        if (written.failure() != null) {
            changed = true;
            getContext()
                    .getLog()
                    .warn("what was learnt of {} cannot be written down: {}", pool, String.valueOf(written.failure()));
        }
        if (!stopping) {
            return this;
        }
        // What was learnt while it was written down goes with it as well.
        return written.failure() == null ? stop() : Behaviors.stopped();
    }

    /** What was learnt last is worth no waiting for a store that does not answer: sharding ends this actor in its time. */
    private Behavior<PollerMessage> stop() {
        stopping = true;
        timers.cancelAll();
        Timetable open = timetable;
        if (open != null) {
            remember(open);
        }
        // What came before the memory was read is learnt and written once it is.
        return writing || !early.isEmpty() ? this : Behaviors.stopped();
    }

    private Behavior<PollerMessage> postStop() {
        metrics.close();
        return this;
    }
}
