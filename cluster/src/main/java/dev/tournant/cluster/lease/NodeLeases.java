package dev.tournant.cluster.lease;

import akka.Done;
import akka.actor.AbstractExtensionId;
import akka.actor.CoordinatedShutdown;
import akka.actor.ExtendedActorSystem;
import akka.actor.Extension;
import akka.actor.typed.ActorSystem;
import akka.cluster.typed.Cluster;
import com.typesafe.config.Config;
import dev.tournant.persistence.CassandraLeases;
import dev.tournant.persistence.Leases;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The lease of the node that an actor system is, found by whatever Akka starts from configuration. */
public final class NodeLeases implements Extension {
    private static final Id ID = new Id();

    private final CompletableFuture<Kept> kept = new CompletableFuture<>();
    /** As many as there are shards, and the resolver's. */
    private final ConcurrentMap<String, NameClaim> claims = new ConcurrentHashMap<>();

    private record Kept(LeaseKeeper keeper, Leases store, Duration releaseWithin) {}

    private static final class Id extends AbstractExtensionId<NodeLeases> {
        @Override
        public NodeLeases createExtension(ExtendedActorSystem system) {
            return new NodeLeases();
        }
    }

    static NodeLeases of(akka.actor.ActorSystem system) {
        return ID.get(system);
    }

    /**
     * Begins this node's lease, waiting for Cassandra, and has it given back at the end: last of all on a clean leave,
     * first of all when the node was downed. {@link NodeLease#ALWAYS} where {@code tournant.lease.enforced} is off.
     * Called once, before anything that acts.
     */
    public static NodeLease start(ActorSystem<?> system, MeterRegistry registry) {
        Config config = system.settings().config();
        if (!config.getBoolean(Timings.ENFORCED)) {
            system.log().warn("{} is off: a node that stood still may answer what is lost", Timings.ENFORCED);
            return NodeLease.ALWAYS;
        }
        Timings timings = Timings.of(config);
        CassandraLeases store = CassandraLeases.connect(config, timings.requestLife(), Runnable::run);
        LeaseKeeper keeper = LeaseKeeper.begin(
                Cluster.get(system).selfMember().address().hostPort().replaceFirst("^.*@", ""),
                config.getDuration("tournant.lease.begin-within"),
                timings.terms(),
                new LeaseKeeper.Surroundings(
                        store, members(system), new LeaseMetrics(registry), System::nanoTime, Halt.JVM));
        of(system.classicSystem())
                .kept
                .complete(new Kept(keeper, store, timings.terms().ttl().multipliedBy(2)));
        giveBackInTheEnd(system, keeper, store);
        return keeper;
    }

    private static Supplier<Set<String>> members(ActorSystem<?> system) {
        akka.cluster.Cluster cluster = akka.cluster.Cluster.get(system);
        return () -> StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
                .map(member -> member.address().hostPort().replaceFirst("^.*@", ""))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static void giveBackInTheEnd(ActorSystem<?> system, LeaseKeeper keeper, CassandraLeases store) {
        CoordinatedShutdown shutdown = CoordinatedShutdown.get(system);
        shutdown.addTask(CoordinatedShutdown.PhaseBeforeServiceUnbind(), "give-lease-back-if-downed", () -> {
            // Others go on without this node: what it does from here on would be for nothing.
            boolean isDowned = shutdown.getShutdownReason()
                    .filter(CoordinatedShutdown.clusterDowningReason()::equals)
                    .isPresent();
            return isDowned ? done(keeper.giveBack()) : CompletableFuture.completedFuture(Done.getInstance());
        });
        shutdown.addTask(
                CoordinatedShutdown.PhaseBeforeActorSystemTerminate(),
                "give-lease-back",
                () -> done(keeper.giveBack()).thenApply(done -> {
                    store.close();
                    return done;
                }));
    }

    private static CompletionStage<Done> done(CompletionStage<Void> stage) {
        return stage.thenApply(done -> Done.getInstance());
    }

    /** Fails never; waits until this node's lease is begun. */
    CompletionStage<NameClaim> claim(String name, Executor executor) {
        return kept.thenApplyAsync(
                each -> claims.computeIfAbsent(
                        name,
                        absent -> new NameClaim(
                                name,
                                each.keeper().self(),
                                each.store(),
                                each.keeper()::await,
                                each.releaseWithin(),
                                executor)),
                executor);
    }

    /**
     * The fencing token of a shard of this node: larger with each node that holds it, so that of two that wrote, the one
     * that came later is known. 0 where leases are not enforced.
     *
     * @throws IllegalStateException if the shard is not, or no longer, this node's
     */
    public static long token(ActorSystem<?> system, String type, String shard) {
        NodeLeases leases = of(system.classicSystem());
        if (leases.kept.getNow(null) == null) {
            return 0;
        }
        // As Akka names the lease of a shard.
        String name = system.name() + "-shard-" + type + "-" + shard;
        NameClaim claim = leases.claims.get(name);
        return Optional.ofNullable(claim)
                .map(NameClaim::token)
                .orElse(OptionalLong.empty())
                .orElseThrow(() -> new IllegalStateException("this node does not hold " + name));
    }

    /** Whether a name belongs to this node and the node's lease holds; false before it is begun. */
    boolean holds(String name) {
        @Nullable Kept now = kept.getNow(null);
        NameClaim claim = claims.get(name);
        return now != null
                && claim != null
                && claim.isMine()
                && now.keeper().left().compareTo(Duration.ZERO) > 0;
    }
}
