package dev.tournant.cluster.gate;

import dev.tournant.adapter.Lane;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The metrics of the gates of this node and of the calls that this node lets through them. Tags are partners, limits and
 * lanes, never accounts: there are as many series as adapters declare limits.
 */
public final class GateMetrics {
    private static final String PARTNER = "partner";
    private static final String LIMIT = "limit";
    private static final String LANE = "lane";

    private final MeterRegistry registry;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();

    public GateMetrics(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("tournant.gate.waiting", waiting, AtomicInteger::get)
                .description("calls of this node that wait for gates")
                .register(registry);
        Gauge.builder("tournant.gate.open", open, AtomicInteger::get)
                .description("pools that this node holds")
                .register(registry);
    }

    void waiting(int calls) {
        waiting.set(calls);
    }

    void opened() {
        open.incrementAndGet();
    }

    void shut() {
        open.decrementAndGet();
    }

    void passed(String partner, Lane lane, Duration waited) {
        Timer.builder("tournant.gate.wait")
                .description("from asking for a pass until there is one")
                .tag(PARTNER, partner)
                .tag(LANE, lane.text())
                .publishPercentiles(0.5, 0.99)
                .register(registry)
                .record(waited);
    }

    void refused(String pool, Lane lane) {
        Counter.builder("tournant.gate.refusals")
                .description("calls that were refused a pass, by the limit that left no room")
                .tag(PARTNER, PoolNames.partner(pool))
                .tag(LIMIT, PoolNames.limitName(pool))
                .tag(LANE, lane.text())
                .register(registry)
                .increment();
    }

    /** A call of a partner that declares no limit for it. */
    void unlimited(String partner) {
        Counter.builder("tournant.gate.unlimited")
                .description("calls that no limit was known for")
                .tag(PARTNER, partner)
                .register(registry)
                .increment();
    }

    void granted(String pool) {
        count("tournant.gate.grants", "permits that gates of this node gave", pool);
    }

    void ended(String pool, GateMessage.How how) {
        if (how == GateMessage.How.LOST) {
            count("tournant.gate.lost", "calls whose answer is not known", pool);
        }
    }

    /** An answer that said "too many", though the gate had counted: somebody else uses the quota, or it is declared wrong. */
    void tooMany(String pool) {
        count("tournant.gate.too-many", "answers that said too many", pool);
    }

    void leftOpen(String pool) {
        count("tournant.gate.left-open", "pools whose former holder ended without closing them", pool);
    }

    void storeFailed(String pool) {
        count("tournant.gate.store-failures", "attempts at a ledger that will be repeated", pool);
    }

    private void count(String name, String description, String pool) {
        Counter.builder(name)
                .description(description)
                .tag(PARTNER, PoolNames.partner(pool))
                .tag(LIMIT, PoolNames.limitName(pool))
                .register(registry)
                .increment();
    }
}
