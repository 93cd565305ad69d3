package dev.tournant.deploy.bench;

import dev.tournant.cluster.ops.TopicSetup;
import dev.tournant.deploy.local.Cassandra;
import dev.tournant.deploy.local.ChildProcess;
import dev.tournant.deploy.local.FreePorts;
import dev.tournant.deploy.local.Kafka;
import dev.tournant.persistence.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;

/** Fresh Cassandra and Kafka for one bench, and the JVMs that it measures; all end with this JVM. */
final class Servers implements AutoCloseable {
    /** The same for every JVM that is compared, so that only the programs differ. */
    static final List<String> JVM_FLAGS = List.of(
            "-Xmx3g",
            "-Xms3g",
            "-Xmn2g",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-XX:+ExitOnOutOfMemoryError",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");

    private final Path data;
    private final Cassandra cassandra;
    private final @Nullable Kafka kafka;

    private Servers(Path data, Cassandra cassandra, @Nullable Kafka kafka) {
        this.data = data;
        this.cassandra = cassandra;
        this.kafka = kafka;
    }

    /** @param partitions of the topics; 0 for no Kafka at all */
    static Servers start(Path data, int partitions) throws IOException, InterruptedException {
        prepare(data);
        System.out.println(partitions == 0 ? "starting Cassandra …" : "starting Cassandra and Kafka …");
        Cassandra cassandra = Cassandra.start(data.resolve("cassandra"));
        Kafka kafka = null;
        try {
            Schema.apply(cassandra.hostPort(), cassandra.datacenter(), "tournant", 1);
            if (partitions > 0) {
                kafka = Kafka.start(data.resolve("kafka"));
                TopicSetup.make(kafka.hostPort(), partitions, (short) 1);
                makeTopic(kafka.hostPort(), StreamsPeer.CHANGES, partitions);
            }
            return new Servers(data, cassandra, kafka);
        } catch (RuntimeException | InterruptedException e) {
            if (kafka != null) {
                kafka.close();
            }
            cassandra.close();
            throw e;
        }
    }

    private static void makeTopic(String kafka, String name, int partitions) throws InterruptedException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka))) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("topic " + name + " cannot be made", e);
        }
    }

    private static final String MARK = "made-by-tournant-bench";

    /** Makes a bench's directory, or empties it. */
    static void prepare(Path data) throws IOException {
        wipe(data);
        Files.createDirectories(data);
        Files.createFile(data.resolve(MARK));
    }

    /** Only what an earlier bench made is deleted. */
    private static void wipe(Path data) throws IOException {
        if (!Files.exists(data)) {
            return;
        }
        try (Stream<Path> inside = Files.list(data)) {
            if (!Files.exists(data.resolve(MARK)) && inside.findAny().isPresent()) {
                throw new IllegalArgumentException(data + " holds something that no bench made; give another --data");
            }
        }
        try (Stream<Path> paths = Files.walk(data)) {
            for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }

    Cassandra cassandra() {
        return cassandra;
    }

    Kafka kafka() {
        if (kafka == null) {
            throw new IllegalStateException("this bench runs without Kafka");
        }
        return kafka;
    }

    Path data() {
        return data;
    }

    /** A JVM with this one's class path; its log is in the data directory. */
    ChildProcess child(String name, Class<?> main, List<String> flags, Map<String, String> env, String... args) {
        ChildProcess.Builder builder = ChildProcess.named(name)
                .ownClasspath()
                .mainClass(main.getName())
                .jvmFlags(JVM_FLAGS)
                .jvmFlags(flags)
                .jvmFlags(System.getProperty("bench.flags." + name, "-Dbench=" + name)
                        .split(" ", -1))
                .args(args)
                .directory(data)
                .log(data.resolve(name + ".log"));
        env.forEach(builder::env);
        return builder.start();
    }

    /** The pids of all servers that run now, and of the given children, by name. */
    Map<String, Long> pids(ChildProcess... children) {
        Map<String, Long> pids = new LinkedHashMap<>();
        for (ChildProcess child : children) {
            pids.put(child.name(), child.pid());
        }
        pids.put("cassandra", cassandra.process().pid());
        if (kafka != null) {
            pids.put("kafka", kafka.process().pid());
        }
        return pids;
    }

    /** Starts a whole node, as production runs it, and waits until it is ready. */
    Node node(List<String> flags, Map<String, String> more) {
        List<Integer> ports = FreePorts.pick(3);
        Map<String, String> env = new LinkedHashMap<>();
        env.put("TOURNANT_CASSANDRA", cassandra.hostPort());
        env.put("TOURNANT_KAFKA", kafka().hostPort());
        env.put("TOURNANT_HTTP_PORT", ports.get(0).toString());
        env.put("TOURNANT_HTTP_PUBLIC_URL", "http://127.0.0.1:" + ports.get(0));
        env.put("TOURNANT_MANAGEMENT_PORT", ports.get(1).toString());
        env.put("TOURNANT_PORT", ports.get(2).toString());
        env.put("TOURNANT_SEEDS", "127.0.0.1:" + ports.get(2));
        env.put("TOURNANT_HTTP_KEYS", "bench:" + Api.KEY_SHA256 + ":read+write");
        env.put("TOURNANT_HTTP_KEY_RATE_PER_SECOND", "1000000");
        env.put("TOURNANT_HTTP_KEY_RATE_BURST", "1000000");
        env.put("TOURNANT_HTTP_IN_FLIGHT_MAX", "1024");
        env.put("TOURNANT_ROUND_EVERY", "24h");
        env.put("TOURNANT_POLL_MAX_AGE", "48h");
        env.put("TOURNANT_POLL_WORTH", "12h");
        env.putAll(more);
        ChildProcess process = child("node", dev.tournant.deploy.node.Main.class, flags, env);
        Api management = new Api("http://127.0.0.1:" + ports.get(1));
        process.awaitReady(() -> management.isOk("/ready"), Duration.ofMinutes(2));
        return new Node(process, new Api("http://127.0.0.1:" + ports.get(0)), management);
    }

    /** A running node, its API and its management endpoints. */
    record Node(ChildProcess process, Api api, Api management) implements AutoCloseable {
        /** Journal rows that it has written. */
        double rows() {
            return management.metric("tournant_merchant_rows_total");
        }

        @Override
        public void close() {
            process.terminate(Duration.ofSeconds(40));
        }
    }

    @Override
    public void close() {
        if (kafka != null) {
            kafka.close();
        }
        cassandra.close();
        try {
            discard(data.resolve("cassandra"), data.resolve("kafka"), data.resolve("streams"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Logs stay; what the servers stored is of no use any more. */
    static void discard(Path... roots) throws IOException {
        for (Path root : roots) {
            if (Files.exists(root)) {
                try (Stream<Path> paths = Files.walk(root)) {
                    for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
                        Files.deleteIfExists(each);
                    }
                }
            }
        }
    }
}
