package dev.tournant.http.client;

import dev.tournant.adapter.Answer;
import dev.tournant.model.PartnerName;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** All that outbound calls measure. */
final class ClientMetrics {
    /** Timer by partner and outcome: 2xx and so on, or unreachable; over all attempts of a call. */
    static final String CALLS = "tournant.client.calls";
    /** Counter by partner: attempts after the first. */
    static final String REPEATED = "tournant.client.repeated";
    /** Counter by partner: calls that found the queue full. */
    static final String REFUSED = "tournant.client.refused";
    /** Gauge by partner: calls under way, waiting ones included. */
    static final String UNDER_WAY = "tournant.client.under.way";
    /** Gauge by partner: open connections. */
    static final String CONNECTIONS = "tournant.client.connections";

    private static final String PARTNER = "partner";

    private final MeterRegistry registry;

    ClientMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void watch(PartnerName partner, AtomicInteger underWay, Connections connections) {
        Gauge.builder(UNDER_WAY, underWay, AtomicInteger::get)
                .tag(PARTNER, partner.value())
                .register(registry);
        Gauge.builder(CONNECTIONS, connections, Connections::open)
                .tag(PARTNER, partner.value())
                .register(registry);
    }

    void ended(PartnerName partner, @Nullable Answer answer, long nanos) {
        String outcome = answer == null ? "unreachable" : answer.status() / 100 + "xx";
        registry.timer(CALLS, PARTNER, partner.value(), "outcome", outcome).record(Duration.ofNanos(nanos));
    }

    void repeated(PartnerName partner) {
        registry.counter(REPEATED, PARTNER, partner.value()).increment();
    }

    void refused(PartnerName partner) {
        registry.counter(REFUSED, PARTNER, partner.value()).increment();
    }
}
