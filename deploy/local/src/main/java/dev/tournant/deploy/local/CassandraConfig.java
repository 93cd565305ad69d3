package dev.tournant.deploy.local;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a local Cassandra is started.
 *
 * @param nativePort where CQL is spoken; 0 for any free port, the same again on the same data
 * @param storagePort where nodes would speak to each other; 0 as above
 * @param limits heap, time-outs, disk
 * @param yaml single-valued settings of cassandra.yaml that replace or extend those of the local stack
 */
public record CassandraConfig(int nativePort, int storagePort, ServerLimits limits, Map<String, String> yaml) {
    private static final int HEAP_MIB = 1024;

    private static final Set<String> OWNED = Set.of(
            "cluster_name",
            "native_transport_port",
            "storage_port",
            "listen_address",
            "rpc_address",
            "seed_provider",
            "data_file_directories",
            "commitlog_directory",
            "saved_caches_directory",
            "hints_directory",
            "cdc_raw_directory");

    public CassandraConfig {
        ServerLimits.port("nativePort", nativePort);
        ServerLimits.port("storagePort", storagePort);
        ServerLimits.different("nativePort", nativePort, "storagePort", storagePort);
        yaml = Map.copyOf(yaml);
        Set<String> refused = new TreeSet<>(yaml.keySet());
        refused.retainAll(OWNED);
        if (!refused.isEmpty()) {
            throw new IllegalArgumentException(
                    "The local stack itself sets " + refused + " of cassandra.yaml: leave them out");
        }
    }

    /** Any free ports, 1 GiB of heap. */
    public static CassandraConfig defaults() {
        return new CassandraConfig(0, 0, ServerLimits.ofHeapMiB(HEAP_MIB), Map.of());
    }

    public CassandraConfig withPorts(int nativeOne, int storageOne) {
        return new CassandraConfig(nativeOne, storageOne, limits, yaml);
    }

    public CassandraConfig withLimits(ServerLimits value) {
        return new CassandraConfig(nativePort, storagePort, value, yaml);
    }

    public CassandraConfig withYaml(Map<String, String> settings) {
        return new CassandraConfig(nativePort, storagePort, limits, settings);
    }
}
