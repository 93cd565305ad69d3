package dev.tournant.deploy.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How hard the cluster is worked, and where.
 *
 * @param merchants each with a writer and an observer at each node
 * @param pace between two updates of a writer
 * @param look between two questions of an observer
 * @param fedPerSecond records put into Kafka
 * @param leaseEnforced off to see what is lost without
 * @param pauseTolerated empty for the node's default
 * @param timesJudged whether a merchant that answers later than promised is wrong
 */
record Settings(
        int merchants,
        int writers,
        Duration pace,
        Duration look,
        int fedPerSecond,
        boolean leaseEnforced,
        String pauseTolerated,
        boolean timesJudged,
        Path data) {
    static final int NODES = 3;
    /** Of a node, or of Cassandra. */
    static final Duration STANDSTILL_MAX = Duration.ofSeconds(60);
    /** Longer than {@link #STANDSTILL_MAX}, so that whoever was paused finds callers that still wait. */
    static final Duration PATIENCE = Duration.ofSeconds(80);

    /** Writers that do not rest, and observers that look this often. */
    Settings withoutPace(Duration newLook) {
        return new Settings(
                merchants,
                writers,
                Duration.ZERO,
                newLook,
                fedPerSecond,
                leaseEnforced,
                pauseTolerated,
                timesJudged,
                data);
    }

    Map<String, String> nodeEnvironment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("TOURNANT_HTTP_KEY_RATE_PER_SECOND", "1000000");
        environment.put("TOURNANT_HTTP_KEY_RATE_BURST", "1000000");
        environment.put("TOURNANT_HTTP_IN_FLIGHT_MAX", "4096");
        environment.put("TOURNANT_ROUND_EVERY", "24h");
        environment.put("TOURNANT_POLL_MAX_AGE", "48h");
        environment.put("TOURNANT_POLL_WORTH", "12h");
        if (!leaseEnforced) {
            environment.put("TOURNANT_LEASE_ENFORCED", "off");
        }
        if (!pauseTolerated.isEmpty()) {
            environment.put("TOURNANT_PAUSE_TOLERATED", pauseTolerated);
        }
        return environment;
    }
}
