package dev.tournant.cluster.lease;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** The metrics of this node's lease. A halt cannot be counted by who halts: the next run does, as a lease lost before. */
final class LeaseMetrics {
    private final MeterRegistry registry;
    private final Timer renewals;
    private final Counter unknown;
    private final Counter lostBefore;
    private final Counter ended;

    LeaseMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.renewals = Timer.builder("tournant.lease.renewals")
                .description("renewals of this node's lease that were done")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        this.unknown = Counter.builder("tournant.lease.renewals-unknown")
                .description("renewals of which nothing is known; they are repeated")
                .register(registry);
        this.lostBefore = Counter.builder("tournant.lease.lost-before")
                .description("1 if the run of this node before this one did not give its lease back: killed or halted")
                .register(registry);
        this.ended = Counter.builder("tournant.lease.ended")
                .description("leases of other nodes that this one saw run out, and ended")
                .register(registry);
    }

    void watch(NodeLease lease) {
        Gauge.builder("tournant.lease.left", lease, each -> each.left().toNanos() / 1e9)
                .description("how long this node's lease holds on, in seconds")
                .baseUnit("seconds")
                .strongReference(true)
                .register(registry);
    }

    void renewed(Duration time) {
        renewals.record(time);
    }

    void unknown() {
        unknown.increment();
    }

    void lostBefore() {
        lostBefore.increment();
    }

    void ended() {
        ended.increment();
    }
}
