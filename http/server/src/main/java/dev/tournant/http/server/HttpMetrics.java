package dev.tournant.http.server;

import dev.tournant.messages.Problem;
import dev.tournant.model.PartnerName;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/** All that the HTTP server measures. No tag holds what a caller may choose. */
final class HttpMetrics {
    /** Timer by route (template), method and status (2xx); for streams until the answer begins. */
    static final String REQUESTS = "tournant.http.requests";
    /** Counter by code of the problem. */
    static final String REFUSED = "tournant.http.refused";
    /** Counter by partner and outcome: accepted, or the code of the problem. */
    static final String HOOKS = "tournant.http.hooks";
    /** Gauge: streams of changes open now. */
    static final String STREAMS_OPEN = "tournant.http.streams.open";
    /** Gauge by kind (api, hook): requests under way. */
    static final String IN_FLIGHT = "tournant.http.in.flight";

    private final MeterRegistry registry;

    HttpMetrics(MeterRegistry registry, Slots streams, Slots calls, Slots hooks) {
        this.registry = registry;
        Gauge.builder(STREAMS_OPEN, streams, Slots::taken).register(registry);
        Gauge.builder(IN_FLIGHT, calls, Slots::taken).tag("kind", "api").register(registry);
        Gauge.builder(IN_FLIGHT, hooks, Slots::taken).tag("kind", "hook").register(registry);
    }

    void answered(Router.Match match, int status, long nanos) {
        registry.timer(REQUESTS, "route", match.route(), "method", match.method(), "status", status / 100 + "xx")
                .record(Duration.ofNanos(nanos));
    }

    void refused(Problem problem) {
        registry.counter(REFUSED, "code", problem.code()).increment();
    }

    void hook(PartnerName partner, String outcome) {
        registry.counter(HOOKS, "partner", partner.value(), "outcome", outcome).increment();
    }
}
