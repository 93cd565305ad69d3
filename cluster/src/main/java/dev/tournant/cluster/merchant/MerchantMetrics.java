package dev.tournant.cluster.merchant;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;

/** The metrics of the merchants of this node. */
public final class MerchantMetrics {
    private final DistributionSummary groupCommands;
    private final Counter revisions;
    private final Counter rows;
    private final Timer journal;
    private final Timer recovery;
    private final Counter restarts;
    private final Counter slowDowns;
    private final Timer publishLag;
    private final Counter publishFailures;
    private final Counter discards;

    public MerchantMetrics(MeterRegistry registry) {
        this.groupCommands = DistributionSummary.builder("tournant.merchant.group.commands")
                .description("commands that were decided and written together")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        this.revisions = Counter.builder("tournant.merchant.revisions")
                .description("committed changes")
                .register(registry);
        this.rows = Counter.builder("tournant.merchant.rows")
                .description("rows written to the journal")
                .register(registry);
        this.journal = Timer.builder("tournant.merchant.journal")
                .description("from handing a row to the journal until it is confirmed")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        this.recovery = Timer.builder("tournant.merchant.recovery")
                .description("from starting a merchant until its state is back")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        this.discards = Counter.builder("tournant.replay.discards")
                .description("journal rows of a second writer that recovery left out; any is an alarm")
                .register(registry);
        this.restarts = Counter.builder("tournant.merchant.restarts")
                .description("merchants that were started again because the journal failed")
                .register(registry);
        this.slowDowns = Counter.builder("tournant.merchant.slow-downs")
                .description("commands that were sent back because too many were waiting")
                .register(registry);
        this.publishLag = Timer.builder("tournant.merchant.publish-lag")
                .description("from deciding a change until it is in tournant.changes; the oldest of each batch")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        this.publishFailures = Counter.builder("tournant.merchant.publish-failures")
                .description("attempts to publish that will be repeated")
                .register(registry);
    }

    void group(int commands, int changes) {
        groupCommands.record(commands);
        revisions.increment(changes);
    }

    void persisted(Duration time) {
        rows.increment();
        journal.record(time);
    }

    void discarded(int rowsLeftOut) {
        discards.increment(rowsLeftOut);
    }

    void recovered(Duration time) {
        recovery.record(time);
    }

    void restarted() {
        restarts.increment();
    }

    void slowedDown() {
        slowDowns.increment();
    }

    void published(Instant decidedAt) {
        // A former holder's clock may be ahead of this one.
        Duration lag = Duration.between(decidedAt, Instant.now());
        publishLag.record(lag.isNegative() ? Duration.ZERO : lag);
    }

    void publishFailed() {
        publishFailures.increment();
    }
}
