package dev.tournant.cluster.gate;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import akka.cluster.typed.Cluster;
import dev.tournant.adapter.Gates;
import dev.tournant.adapter.Limit;
import dev.tournant.cluster.lease.NodeLease;
import dev.tournant.messages.PoolBoard;
import dev.tournant.model.PartnerName;
import dev.tournant.persistence.GateLedgers;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.BiConsumer;

/**
 * The gates of a node: lets it hold pools, and gives its calls the way through all of them.
 *
 * @param gates for calls that go out
 * @param board for operators
 */
public record ShardedGates(Gates gates, PoolBoard board) {
    /**
     * Starts them.
     *
     * @param limits of each partner, as its adapter declares them
     * @param news what a partner's answers tell about its limits
     */
    public static ShardedGates start(
            ActorSystem<?> system,
            Map<PartnerName, List<Limit>> limits,
            GateClient.NewsReader news,
            NodeLease lease,
            GateLedgers ledgers,
            MeterRegistry registry) {
        GateSettings settings = GateSettings.of(system.settings().config());
        PoolNames names = new PoolNames(limits, settings.parts());
        GateMetrics metrics = new GateMetrics(registry);
        ClusterSharding sharding = ClusterSharding.get(system);
        BiConsumer<String, GateMessage> send =
                (pool, message) -> sharding.entityRefFor(Gate.TYPE, pool).tell(message);
        NavigableSet<String> held = new ConcurrentSkipListSet<>();
        GateSetup setup = new GateSetup(
                settings,
                names,
                lease,
                ledgers,
                Cluster.get(system).selfMember().address().hostPort(),
                System::nanoTime,
                InstantSource.system(),
                send,
                held,
                metrics);
        sharding.init(Entity.of(Gate.TYPE, entity -> Gate.create(setup, entity.getEntityId()))
                .withStopMessage(Gate.Stop.STOP));
        system.systemActorOf(Board.teller(held), "gate-names", Props.empty());
        SecureRandom ids = new SecureRandom();
        Desk.Ports ports = new Desk.Ports(settings, System::nanoTime, ids::nextLong, send, metrics);
        ActorRef<Desk.Message> desk = system.systemActorOf(
                Behaviors.supervise(Desk.create(ports)).onFailure(SupervisorStrategy.restart()),
                "gate-desk",
                Props.empty());
        return new ShardedGates(
                new GateClient(names, news, desk::tell, send, System::nanoTime, system.executionContext(), metrics),
                Board.of(system, setup.node(), settings.lookTimeout()));
    }
}
