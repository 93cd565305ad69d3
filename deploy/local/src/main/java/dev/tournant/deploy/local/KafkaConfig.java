package dev.tournant.deploy.local;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a local Kafka is started.
 *
 * @param port where clients connect; 0 for any free port, the same again on the same data
 * @param controllerPort where the controller in the same process listens; 0 as above
 * @param limits heap, time-outs, disk
 * @param properties broker properties that replace or extend those of the local stack
 */
public record KafkaConfig(int port, int controllerPort, ServerLimits limits, Map<String, String> properties) {
    private static final int HEAP_MIB = 512;

    private static final Set<String> OWNED = Set.of(
            "process.roles",
            "node.id",
            "listeners",
            "advertised.listeners",
            "controller.quorum.voters",
            "controller.listener.names",
            "inter.broker.listener.name",
            "listener.security.protocol.map",
            "log.dirs",
            "log.dir");

    public KafkaConfig {
        ServerLimits.port("port", port);
        ServerLimits.port("controllerPort", controllerPort);
        ServerLimits.different("port", port, "controllerPort", controllerPort);
        properties = Map.copyOf(properties);
        Set<String> refused = new TreeSet<>(properties.keySet());
        refused.retainAll(OWNED);
        if (!refused.isEmpty()) {
            throw new IllegalArgumentException(
                    "The local stack itself sets " + refused + " of the broker: leave them out");
        }
    }

    /** Any free ports, 512 MiB of heap. */
    public static KafkaConfig defaults() {
        return new KafkaConfig(0, 0, ServerLimits.ofHeapMiB(HEAP_MIB), Map.of());
    }

    public KafkaConfig withPorts(int clients, int controller) {
        return new KafkaConfig(clients, controller, limits, properties);
    }

    public KafkaConfig withLimits(ServerLimits value) {
        return new KafkaConfig(port, controllerPort, value, properties);
    }

    public KafkaConfig withProperties(Map<String, String> settings) {
        return new KafkaConfig(port, controllerPort, limits, settings);
    }
}
