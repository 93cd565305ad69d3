package dev.tournant.cluster.lease;

import akka.actor.ExtendedActorSystem;
import akka.coordination.lease.LeaseSettings;
import akka.coordination.lease.javadsl.Lease;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * A lease as Akka's sharding and split brain resolver want it, started by Akka from {@code tournant.lease.shard} and
 * {@code tournant.lease.resolver}. It belongs to this run of this node, whatever owner Akka names.
 *
 * <p>It is never told to be lost: a node whose lease is over halts. Akka makes one object a name, and a second one that it
 * throws away, so nothing begins in the constructor.
 */
public final class NamedLease extends Lease {
    private final LeaseSettings settings;
    private final NodeLeases leases;
    private final Executor executor;
    private final Duration wait;
    private final Duration patience;

    /** Called by Akka. */
    public NamedLease(LeaseSettings settings, ExtendedActorSystem system) {
        this.settings = settings;
        this.leases = NodeLeases.of(system);
        this.executor = system.dispatchers().internalDispatcher();
        this.wait = settings.leaseConfig().getDuration("wait");
        this.patience = settings.leaseConfig().getDuration("patience");
    }

    @Override
    public LeaseSettings getSettings() {
        return settings;
    }

    @Override
    public CompletionStage<Boolean> acquire() {
        return claim().thenComposeAsync(claim -> claim.acquire(wait, patience), executor);
    }

    @Override
    public CompletionStage<Boolean> acquire(Consumer<Optional<Throwable>> lost) {
        return acquire();
    }

    @Override
    public CompletionStage<Boolean> release() {
        return claim().thenComposeAsync(NameClaim::release, executor);
    }

    @Override
    public boolean checkLease() {
        return leases.holds(settings.leaseName());
    }

    private CompletionStage<NameClaim> claim() {
        return leases.claim(settings.leaseName(), executor);
    }
}
