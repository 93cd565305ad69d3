package dev.tournant.cluster.ingest;

import dev.tournant.messages.Outcome;
import dev.tournant.messages.Problem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The metrics of ingestion on this node. Each record that is consumed is counted as received, and then once under
 * {@code outcome}; what was received and has no outcome yet is pending: received = applied + duplicate + quarantined +
 * redelivered + pending.
 */
public final class IngestMetrics {
    private final MeterRegistry registry;
    private final Counter received;
    private final Map<Outcome.Kind, Counter> outcomes = new EnumMap<>(Outcome.Kind.class);
    private final AtomicLong pending;
    private final AtomicLong newestAppliedMillis;
    private final DistributionSummary chunk;
    private final DistributionSummary batch;
    private final Timer delay;
    private final Counter waits;

    public IngestMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.received = Counter.builder("tournant.ingest.received")
                .description("records consumed from tournant.inbound, redeliveries included")
                .register(registry);
        for (Outcome.Kind kind : Outcome.Kind.values()) {
            outcomes.put(
                    kind,
                    Counter.builder("tournant.ingest.records")
                            .description("records by what became of them")
                            .tag("outcome", kind.name().toLowerCase(java.util.Locale.ROOT))
                            .register(registry));
        }
        this.pending = registry.gauge("tournant.ingest.pending", new AtomicLong());
        this.newestAppliedMillis = registry.gauge("tournant.ingest.newest-applied-epoch-millis", new AtomicLong());
        this.chunk = DistributionSummary.builder("tournant.ingest.chunk.records")
                .description("records that were dealt with together in one partition")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        this.batch = DistributionSummary.builder("tournant.ingest.batch.records")
                .description("records that one merchant was sent in one message")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        this.delay = Timer.builder("tournant.ingest.delay")
                .description("from our receiving a payload until its effect is committed")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        this.waits = Counter.builder("tournant.ingest.waits")
                .description("times that a merchant could not take a batch and it was sent again")
                .register(registry);
    }

    void received(int records) {
        received.increment(records);
        pending.addAndGet(records);
        chunk.record(records);
    }

    void batch(int records) {
        batch.record(records);
    }

    void settled(Outcome.Kind kind, Instant receivedAt) {
        Counter counter = outcomes.get(kind);
        if (counter != null) {
            counter.increment();
        }
        pending.decrementAndGet();
        if (kind == Outcome.Kind.APPLIED) {
            // Another node's clock, or whoever writes to the topic, may be ahead: one such record must not set a gauge
            // for good.
            Instant now = Instant.now();
            Instant received = receivedAt.isAfter(now) ? now : receivedAt;
            delay.record(Duration.between(received, now));
            newestAppliedMillis.accumulateAndGet(received.toEpochMilli(), Math::max);
        }
    }

    /** The stream broke with records under way; they will be received again. */
    void abandoned(int records) {
        pending.addAndGet(-records);
        registry.counter("tournant.ingest.abandoned").increment(records);
    }

    void quarantined(Problem problem, boolean whole) {
        registry.counter("tournant.ingest.quarantined", "problem", problem.code(), "scope", whole ? "whole" : "parts")
                .increment();
    }

    void waited() {
        waits.increment();
    }
}
