package dev.tournant.http.client.token;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** All that tokens measure. */
final class TokenMetrics {
    /** Counter by partner and outcome: one request for a token each. */
    static final String RENEWALS = "tournant.client.token.renewals";
    /** Gauge by partner and credentials, in seconds: how long the token in use is good for; below 0 once it is not. */
    static final String EXPIRES_IN = "tournant.client.token.expires.in";

    /** What became of a request for a token. */
    enum Outcome {
        GRANTED,
        LATER,
        REFUSED,
        UNREACHABLE,
        /** Granted, but somebody else had stored a token meanwhile, or it could not be stored. */
        LOST
    }

    private final MeterRegistry registry;

    TokenMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void ended(TokenName name, Outcome outcome) {
        registry.counter(
                        RENEWALS,
                        "partner",
                        name.partner().value(),
                        "outcome",
                        outcome.name().toLowerCase(java.util.Locale.ROOT))
                .increment();
    }

    /** NaN as long as there is no token. */
    void watch(TokenName name, TokenKeeper keeper, ToDoubleFunction<TokenKeeper> seconds) {
        Gauge.builder(EXPIRES_IN, keeper, seconds)
                .tag("partner", name.partner().value())
                .tag("credentials", name.credentials())
                .baseUnit("seconds")
                .register(registry);
    }
}
