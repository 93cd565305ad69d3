package dev.tournant.http.client;

import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Gates.Refused;
import dev.tournant.adapter.Lane;
import dev.tournant.model.PartnerName;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** All that outbound calls measure. */
final class ClientMetrics {
    /** Timer by partner and outcome: 2xx and so on, unreachable, or refused by a gate; over all of a call. */
    static final String CALLS = "tournant.client.calls";
    /** Counter by partner and end: passes that were answered, lost or unused. */
    static final String PASSES = "tournant.client.passes";
    /** Timer by partner and lane: how long an attempt waited at the gate, whether or not it was let through. */
    static final String GATE_WAIT = "tournant.client.gate.wait";
    /** Counter by partner and lane: attempts that the gate did not let through. */
    static final String GATE_REFUSED = "tournant.client.gate.refused";
    /** Counter by partner: attempts after the first. */
    static final String REPEATED = "tournant.client.repeated";
    /** Counter by partner: calls that found the queue full. */
    static final String REFUSED = "tournant.client.refused";
    /** Gauge by partner: calls under way, waiting ones included. */
    static final String UNDER_WAY = "tournant.client.under.way";
    /** Gauge by partner: open connections. */
    static final String CONNECTIONS = "tournant.client.connections";

    private static final String PARTNER = "partner";
    private static final String LANE = "lane";

    private final MeterRegistry registry;

    ClientMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void watch(PartnerName partner, PartnerWay way, PartnerPool pool) {
        Gauge.builder(UNDER_WAY, way, PartnerWay::underWay)
                .tag(PARTNER, partner.value())
                .register(registry);
        Gauge.builder(CONNECTIONS, pool, PartnerPool::connections)
                .tag(PARTNER, partner.value())
                .register(registry);
    }

    void ended(PartnerName partner, @Nullable Answer answer, @Nullable Throwable failure, long nanos) {
        String none = failure instanceof Refused ? "refused" : "unreachable";
        String outcome = answer == null ? none : answer.status() / 100 + "xx";
        registry.timer(CALLS, PARTNER, partner.value(), "outcome", outcome).record(Duration.ofNanos(nanos));
    }

    void ended(PartnerName partner, Ending ending) {
        String end = ending instanceof Ending.Answered ? "answered" : ending instanceof Ending.Lost ? "lost" : "unused";
        registry.counter(PASSES, PARTNER, partner.value(), "end", end).increment();
    }

    void waited(PartnerName partner, Lane lane, Duration time) {
        registry.timer(GATE_WAIT, PARTNER, partner.value(), LANE, lane.text()).record(time);
    }

    void gated(PartnerName partner, Lane lane) {
        registry.counter(GATE_REFUSED, PARTNER, partner.value(), LANE, lane.text())
                .increment();
    }

    void repeated(PartnerName partner) {
        registry.counter(REPEATED, PARTNER, partner.value()).increment();
    }

    void refused(PartnerName partner) {
        registry.counter(REFUSED, PARTNER, partner.value()).increment();
    }
}
