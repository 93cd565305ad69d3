package dev.tournant.deploy.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One real Cassandra node, data centre {@code datacenter1}, no authentication, as a child process on loopback.
 *
 * <p>Data, log ({@code cassandra.log}) and ports stay in its directory: a later start on the same directory finds the
 * same rows behind the same ports.
 */
public final class Cassandra implements AutoCloseable {
    private static final String SERVER = "cassandra";
    private static final String NATIVE = "native";
    private static final String STORAGE = "storage";

    /** Packages that Cassandra reaches into; from the jvm17 options of its distribution. */
    private static final List<String> EXPORTS = List.of(
            "java.base/jdk.internal.misc",
            "java.base/jdk.internal.ref",
            "java.base/sun.nio.ch",
            "java.management.rmi/com.sun.jmx.remote.internal.rmi",
            "java.rmi/sun.rmi.registry",
            "java.rmi/sun.rmi.server",
            "java.rmi/sun.rmi.transport.tcp",
            "java.sql/java.sql");

    private static final List<String> OPENS = List.of(
            "java.base/java.lang.module",
            "java.base/jdk.internal.loader",
            "java.base/jdk.internal.ref",
            "java.base/jdk.internal.reflect",
            "java.base/jdk.internal.math",
            "java.base/jdk.internal.module",
            "java.base/jdk.internal.util.jar",
            "jdk.management/com.sun.management.internal",
            "java.base/sun.nio.ch",
            "java.base/java.io",
            "java.base/java.nio",
            "java.base/java.lang",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.base/java.util.concurrent.atomic",
            "java.base/java.lang.reflect");

    private final ChildProcess process;
    private final CassandraConfig config;
    private final int port;
    private final Duration startTime;

    private Cassandra(ChildProcess process, CassandraConfig config, int port, Duration startTime) {
        this.process = process;
        this.config = config;
        this.port = port;
        this.startTime = startTime;
    }

    /** {@link #start(Path, CassandraConfig)} with the defaults. */
    public static Cassandra start(Path data) {
        return start(data, CassandraConfig.defaults());
    }

    /**
     * Starts a node on {@code data} and returns when it answers a query.
     *
     * @throws CannotStart when the JDK, the disk, a port, or another node on the same data forbids it, or when it ends
     *     or stays silent instead of answering
     */
    public static Cassandra start(Path data, CassandraConfig config) {
        return start(data, config, List.of());
    }

    /**
     * Starts a node whose data is of no use once it has ended: its schema is not written to the disk, which is what most of
     * the time goes into that a schema takes.
     */
    static Cassandra startOnce(Path data, CassandraConfig config) {
        return start(data, config, List.of("-Dcassandra.test.flush_local_schema_changes=false"));
    }

    private static Cassandra start(Path data, CassandraConfig config, List<String> flags) {
        long began = System.nanoTime();
        Jdk.check();
        ServerJars jars = ServerJars.of(SERVER);
        DataDirectory home = DataDirectory.open(data, SERVER, config.limits().diskFreeMiBMin());
        Map<String, Integer> asked = new LinkedHashMap<>();
        asked.put(NATIVE, config.nativePort());
        asked.put(STORAGE, config.storagePort());
        Map<String, Integer> ports = home.ports(SERVER, asked);
        int port = ports.getOrDefault(NATIVE, 0);
        Path yaml = write(home.path().resolve("cassandra.yaml"), yaml(home.path(), ports, config.yaml()));

        ChildProcess process = ChildProcess.named(SERVER)
                .classpath(jars.paths())
                .mainClass("org.apache.cassandra.service.CassandraDaemon")
                .jvmFlags(flags(jars, home, yaml, config.limits()))
                .jvmFlags(flags)
                .directory(home.path())
                .log(home.path().resolve("cassandra.log"))
                .start();
        process.awaitReady(() -> Handshake.cql(port), config.limits().startTimeout());
        return new Cassandra(process, config, port, Duration.ofNanos(System.nanoTime() - began));
    }

    /** The port where CQL is spoken. */
    public int port() {
        return port;
    }

    /** As a driver's contact point: {@code 127.0.0.1:port}. */
    public String hostPort() {
        return "127.0.0.1:" + port;
    }

    /** The data centre a driver must name. */
    public String datacenter() {
        return "datacenter1";
    }

    public ChildProcess process() {
        return process;
    }

    /** From the call of {@code start} to the first answer. */
    public Duration startTime() {
        return startTime;
    }

    /** Ends the node, by force after the configured time, and waits for it to be gone. */
    @Override
    public void close() {
        process.terminate(config.limits().stopTimeout());
    }

    static String yaml(Path data, Map<String, Integer> ports, Map<String, String> changed) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("cluster_name", "tournant-local");
        settings.put("partitioner", "org.apache.cassandra.dht.Murmur3Partitioner");
        settings.put("num_tokens", "1");
        settings.put("auto_bootstrap", "false");
        settings.put("endpoint_snitch", "SimpleSnitch");
        settings.put("listen_address", "127.0.0.1");
        settings.put("rpc_address", "127.0.0.1");
        settings.put("native_transport_port", String.valueOf(ports.get(NATIVE)));
        settings.put("storage_port", String.valueOf(ports.get(STORAGE)));
        settings.put("commitlog_directory", quoted(data.resolve("commitlog")));
        settings.put("saved_caches_directory", quoted(data.resolve("saved_caches")));
        settings.put("hints_directory", quoted(data.resolve("hints")));
        settings.put("cdc_raw_directory", quoted(data.resolve("cdc_raw")));
        // The kernel has a write before it is answered: it survives the end of this process, not of the machine.
        settings.put("commitlog_sync", "periodic");
        settings.put("commitlog_sync_period", "10000ms");
        // Half a segment is the largest mutation: 16 MiB, as in production, and above the largest group commit.
        settings.put("commitlog_segment_size", "32MiB");
        settings.put("commitlog_total_space", "256MiB");
        settings.put("memtable_heap_space", "128MiB");
        settings.put("memtable_offheap_space", "128MiB");
        // Less garbage and less to compare for rows that come in order of their keys.
        settings.put("memtable", "{configurations: {default: {class_name: TrieMemtable}}}");
        settings.put("key_cache_size", "8MiB");
        settings.put("networking_cache_size", "32MiB");
        settings.put("concurrent_reads", "8");
        settings.put("concurrent_writes", "8");
        settings.put("concurrent_compactors", "1");
        // A dropped or truncated table of a test would otherwise leave its files behind.
        settings.put("auto_snapshot", "false");
        settings.put("snapshot_before_compaction", "false");
        // A node that cannot write must not go on as if it could.
        settings.put("disk_failure_policy", "die");
        settings.put("commit_failure_policy", "die");
        settings.putAll(changed);

        StringBuilder yaml = new StringBuilder("# Written at every start of the local stack.\n");
        settings.forEach(
                (key, value) -> yaml.append(key).append(": ").append(value).append('\n'));
        yaml.append("data_file_directories: [")
                .append(quoted(data.resolve("data")))
                .append("]\n");
        yaml.append("seed_provider:\n")
                .append("  - class_name: org.apache.cassandra.locator.SimpleSeedProvider\n")
                .append("    parameters:\n")
                .append("      - seeds: \"127.0.0.1:")
                .append(ports.get(STORAGE))
                .append("\"\n");
        return yaml.toString();
    }

    private static List<String> flags(ServerJars jars, DataDirectory home, Path yaml, ServerLimits limits) {
        List<String> flags = new ArrayList<>(Jdk.flags(limits.heapMiB(), limits.quickStart()));
        flags.add("-javaagent:" + jars.jar("jamm"));
        EXPORTS.forEach(each -> flags.add("--add-exports=" + each + "=ALL-UNNAMED"));
        OPENS.forEach(each -> flags.add("--add-opens=" + each + "=ALL-UNNAMED"));
        flags.add("-D" + Child.LOCK + "=" + home.lockFile());
        flags.add("-Dcassandra.config=" + yaml.toUri());
        flags.add("-Dcassandra.storagedir=" + home.path());
        flags.add("-Dcassandra.logdir=" + home.path());
        flags.add("-Dcassandra-foreground=yes");
        // There is no other node to wait for, nor to take leave of.
        flags.add("-Dcassandra.ring_delay_ms=100");
        flags.add("-Dcassandra.skip_wait_for_gossip_to_settle=0");
        flags.add("-Dcassandra.shutdown_announce_in_ms=0");
        // What Cassandra would measure in more than a second of every start: the heap that a row takes in a memtable.
        flags.add("-Dcassandra.memtable.row_overhead_size=181");
        flags.add("-Djdk.attach.allowAttachSelf=true");
        flags.add("-Djava.security.manager=allow");
        flags.add("-Dlogback.configurationFile=dev/tournant/deploy/local/cassandra-logback.xml");
        return flags;
    }

    private static String quoted(Path path) {
        return "'" + path.toString().replace("'", "''") + "'";
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
