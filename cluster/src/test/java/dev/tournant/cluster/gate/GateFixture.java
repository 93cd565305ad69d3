package dev.tournant.cluster.gate;

import com.typesafe.config.ConfigFactory;

/** What the tests of gates share. */
final class GateFixture {
    static final GateSettings SETTINGS = settings("");

    private GateFixture() {}

    /** As configured, but for these. */
    static GateSettings settings(String overrides) {
        return GateSettings.of(ConfigFactory.parseString(overrides)
                .withFallback(ConfigFactory.parseResources("tournant-cluster.conf"))
                .resolve());
    }
}
