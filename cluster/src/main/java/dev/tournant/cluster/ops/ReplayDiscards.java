package dev.tournant.cluster.ops;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.Behaviors;
import akka.event.Logging;
import akka.event.Logging.LogEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts what Akka's replay filter finds wrong: rows of a second writer of one merchant. Any is an alarm, although it
 * need not be a loss: a row that a lost node wrote last, and never acknowledged, is found in this way too. The filter only
 * logs, so its log events are listened to, where it makes them and before any logger's threshold.
 */
public final class ReplayDiscards {
    private static final String FILTER = "akka.persistence.journal.ReplayFilter";

    private ReplayDiscards() {}

    public static void count(ActorSystem<?> system, MeterRegistry registry) {
        Counter discards = Counter.builder("tournant.replay.discards")
                .description("journal rows of a second writer that recovery left out; any is an alarm")
                .register(registry);
        ActorRef<LogEvent> listener = system.systemActorOf(listener(discards), "replay-discards", Props.empty());
        akka.event.EventStream events = system.classicSystem().eventStream();
        akka.actor.ActorRef classic = akka.actor.typed.javadsl.Adapter.toClassic(listener);
        events.subscribe(classic, Logging.Warning.class);
        events.subscribe(classic, Logging.Error.class);
    }

    private static Behavior<LogEvent> listener(Counter discards) {
        return Behaviors.receiveMessage(event -> {
            if (FILTER.equals(event.logClass().getName())) {
                discards.increment();
            }
            return Behaviors.same();
        });
    }
}
