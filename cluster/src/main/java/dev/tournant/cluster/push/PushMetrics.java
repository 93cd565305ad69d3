package dev.tournant.cluster.push;

import dev.tournant.adapter.Lane;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Result;
import dev.tournant.model.PartnerName;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;

/** The metrics of the pushes of this node. Tags are partners, lanes and kinds of outcomes, never accounts. */
final class PushMetrics {
    private static final String PARTNER = "partner";
    private static final String OUTCOME = "outcome";

    private final MeterRegistry registry;
    private final AtomicInteger underWay = new AtomicInteger();

    PushMetrics(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("tournant.push.under-way", underWay, AtomicInteger::get)
                .strongReference(true)
                .description("pushes of this node that have begun and not ended")
                .register(registry);
    }

    /** Counts one more, if that keeps within {@code most}. */
    boolean began(int most) {
        return underWay.getAndUpdate(now -> now < most ? now + 1 : now) < most;
    }

    /** @param wasComplete whether all calls were made */
    void ended(PartnerName partner, Lane lane, boolean wasComplete, Duration time) {
        underWay.decrementAndGet();
        Timer.builder("tournant.push.pushes")
                .description("pushes and how long they took, by whether all their calls were made")
                .tag(PARTNER, partner.value())
                .tag("lane", lane.text())
                .tag("end", wasComplete ? "complete" : "broken")
                .register(registry)
                .record(time);
    }

    void refused(PartnerName partner) {
        Counter.builder("tournant.push.refused")
                .description("pushes that were told to come back, as too many were under way")
                .tag(PARTNER, partner.value())
                .register(registry)
                .increment();
    }

    /** Its merchant is not on this node any more. */
    void abandoned(PartnerName partner) {
        Counter.builder("tournant.push.abandoned")
                .description("pushes that began no further call, as their merchant had left the node")
                .tag(PARTNER, partner.value())
                .register(registry)
                .increment();
    }

    /** By the worst outcome among the records that it was about. */
    void called(PartnerName partner, Result result) {
        Counter.builder("tournant.push.calls")
                .description("calls by what became of them; instead: others are made in place of it")
                .tag(PARTNER, partner.value())
                .tag(
                        OUTCOME,
                        result.instead().isEmpty() ? worst(result.outcomes().values()) : "instead")
                .register(registry)
                .increment();
    }

    private static String worst(Collection<Outcome> outcomes) {
        return outcomes.stream()
                .map(OutcomeKind::of)
                .reduce(OutcomeKind.DONE, (one, other) -> one.compareTo(other) > 0 ? one : other)
                .tag();
    }

    void told(PartnerName partner, Collection<Outcome> outcomes) {
        outcomes.forEach(outcome -> Counter.builder("tournant.push.records")
                .description("records that merchants were told of, by what became of them")
                .tag(PARTNER, partner.value())
                .tag(OUTCOME, OutcomeKind.of(outcome).tag())
                .register(registry)
                .increment());
    }
}
