package dev.tournant.cluster.gate;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import dev.tournant.adapter.Gates.Refused;
import dev.tournant.adapter.Lane;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * Takes the calls of this node through the gates that they have to pass. One of it on each node; what waits here is
 * bounded by {@code admissions-max}.
 */
final class Desk extends AbstractBehavior<Desk.Message> {
    private static final Duration TICK = Duration.ofMillis(50);
    private static final Duration FULL_RETRY = Duration.ofSeconds(1);

    /** What the desk receives. */
    sealed interface Message {}

    /** A call that would like to go; {@code result} is completed in any case, by its deadline at the latest. */
    record Admit(
            List<PoolNames.Passing> pools,
            Lane lane,
            long askedAt,
            Duration within,
            CompletableFuture<Admission.End.Passed> result)
            implements Message {
        Admit {
            pools = List.copyOf(pools);
        }
    }

    private record Replied(GateMessage.GateReply reply) implements Message {}

    private enum Tick implements Message {
        NOW
    }

    /** What the desk works with. {@code send} tells a gate by the name of its pool. */
    record Ports(
            GateSettings settings,
            LongSupplier clock,
            LongSupplier ids,
            BiConsumer<String, GateMessage> send,
            GateMetrics metrics) {}

    private final Ports ports;
    private final TimerScheduler<Message> timers;
    private final ActorRef<GateMessage.GateReply> replies;
    private final Map<Long, Waiting> byId = new HashMap<>();
    private final Set<Waiting> all = new LinkedHashSet<>();

    private Desk(ActorContext<Message> context, TimerScheduler<Message> timers, Ports ports) {
        super(context);
        this.ports = ports;
        this.timers = timers;
        this.replies = context.messageAdapter(GateMessage.GateReply.class, Replied::new);
    }

    static Behavior<Message> create(Ports ports) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> new Desk(context, timers, ports)));
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder()
                .onMessage(Admit.class, this::admit)
                .onMessage(Replied.class, this::replied)
                .onMessage(Tick.class, tick -> tick())
                .build();
    }

    private Behavior<Message> admit(Admit admit) {
        if (all.size() >= ports.settings.admissionsMax()) {
            admit.result.completeExceptionally(new Refused(
                    FULL_RETRY, ports.settings.admissionsMax() + " calls of this node wait for gates already"));
            return this;
        }
        if (all.isEmpty()) {
            timers.startTimerWithFixedDelay(Tick.NOW, TICK);
        }
        Waiting waiting = new Waiting(admit);
        all.add(waiting);
        waiting.admission.advance(ports.clock.getAsLong());
        settle(waiting);
        return this;
    }

    private Behavior<Message> replied(Replied replied) {
        GateMessage.GateReply reply = replied.reply;
        // A reply to nobody: it was given up, and its gate was told.
        Waiting waiting = byId.get(reply.id());
        if (waiting != null) {
            if (reply instanceof GateMessage.GateReply.Granted granted) {
                waiting.admission.granted(granted, ports.clock.getAsLong());
            } else if (reply instanceof GateMessage.GateReply.Refused refused) {
                waiting.admission.refused(refused, ports.clock.getAsLong());
            }
            settle(waiting);
        }
        return this;
    }

    private Behavior<Message> tick() {
        long now = ports.clock.getAsLong();
        for (Waiting waiting : List.copyOf(all)) {
            waiting.admission.advance(now);
            settle(waiting);
        }
        return this;
    }

    private void settle(Waiting waiting) {
        Admission.End end = waiting.admission.end();
        if (end == null) {
            ports.metrics.waiting(all.size());
            return;
        }
        all.remove(waiting);
        waiting.forgetIds();
        if (all.isEmpty()) {
            timers.cancel(Tick.NOW);
        }
        ports.metrics.waiting(all.size());
        if (end instanceof Admission.End.Passed passed) {
            waiting.admit.result.complete(passed);
        } else if (end instanceof Admission.End.Failed failed) {
            ports.metrics.refused(failed.pool(), waiting.admit.lane);
            waiting.admit.result.completeExceptionally(failed.refused());
        }
    }

    /** A call, and how it asks. */
    private final class Waiting implements Admission.Way {
        final Admit admit;
        final Admission admission;
        private final Set<Long> ids = new LinkedHashSet<>();

        Waiting(Admit admit) {
            this.admit = admit;
            this.admission = new Admission(
                    admit.pools,
                    admit.lane,
                    admit.askedAt + admit.within.toNanos(),
                    ports.settings.permitLife(),
                    ports.ids,
                    this);
        }

        @Override
        public void ask(Admission.Wanted wanted, int round, Lane lane, Duration within) {
            if (ids.add(wanted.id())) {
                byId.put(wanted.id(), this);
            }
            ports.send.accept(
                    wanted.passing().pool(),
                    new GateMessage.Ask(
                            wanted.id(),
                            round,
                            lane,
                            within.toMillis(),
                            Terms.of(wanted.passing().limit()),
                            replies));
        }

        @Override
        public void unused(Admission.Wanted wanted) {
            ids.remove(wanted.id());
            byId.remove(wanted.id());
            ports.send.accept(
                    wanted.passing().pool(), new GateMessage.Ended(wanted.id(), GateMessage.How.UNUSED, null));
        }

        void forgetIds() {
            for (Iterator<Long> each = ids.iterator(); each.hasNext(); ) {
                byId.remove(each.next());
                each.remove();
            }
        }
    }
}
