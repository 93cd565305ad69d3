package dev.tournant.deploy.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One real Kafka broker and its controller in one process (KRaft), no authentication, as a child process on loopback.
 *
 * <p>Log directories, cluster id, log ({@code kafka.log}) and ports stay in its directory: a later start on the same
 * directory finds the same records behind the same ports. A topic must be created before it is used.
 */
public final class Kafka implements AutoCloseable {
    private static final String SERVER = "kafka";
    private static final String CLIENTS = "clients";
    private static final String CONTROLLER = "controller";

    private final ChildProcess process;
    private final KafkaConfig config;
    private final int port;
    private final Duration startTime;

    private Kafka(ChildProcess process, KafkaConfig config, int port, Duration startTime) {
        this.process = process;
        this.config = config;
        this.port = port;
        this.startTime = startTime;
    }

    /** {@link #start(Path, KafkaConfig)} with the defaults. */
    public static Kafka start(Path data) {
        return start(data, KafkaConfig.defaults());
    }

    /**
     * Starts a broker on {@code data} and returns when it answers and takes part in its cluster.
     *
     * @throws CannotStart when the JDK, the disk, a port, or another broker on the same data forbids it, or when it
     *     ends or stays silent instead of answering
     */
    public static Kafka start(Path data, KafkaConfig config) {
        long began = System.nanoTime();
        Jdk.check();
        ServerJars jars = ServerJars.of(SERVER);
        DataDirectory home = DataDirectory.open(data, SERVER, config.limits().diskFreeMiBMin());
        Map<String, Integer> asked = new LinkedHashMap<>();
        asked.put(CLIENTS, config.port());
        asked.put(CONTROLLER, config.controllerPort());
        Map<String, Integer> ports = home.ports(SERVER, asked);
        int port = ports.getOrDefault(CLIENTS, 0);
        Path logs = home.path().resolve("logs");
        Path properties = write(home.path().resolve("server.properties"), properties(logs, ports, config.properties()));

        ChildProcess.Builder child = ChildProcess.named(SERVER)
                .classpath(jars.paths())
                .mainClass(KafkaChild.class.getName())
                .jvmFlags(flags(home, config.limits()))
                .args(properties.toString())
                .directory(home.path())
                .log(home.path().resolve("kafka.log"));
        if (!Files.exists(logs.resolve("meta.properties"))) {
            child.args(freshClusterId());
        }
        ChildProcess process = child.start();
        process.awaitReady(() -> Handshake.kafka(port), config.limits().startTimeout());
        return new Kafka(process, config, port, Duration.ofNanos(System.nanoTime() - began));
    }

    /** The port where clients connect. */
    public int port() {
        return port;
    }

    /** As {@code bootstrap.servers}: {@code 127.0.0.1:port}. */
    public String hostPort() {
        return "127.0.0.1:" + port;
    }

    public ChildProcess process() {
        return process;
    }

    /** From the call of {@code start} to the first answer of a broker that takes part. */
    public Duration startTime() {
        return startTime;
    }

    /** Ends the broker, by force after the configured time, and waits for it to be gone. */
    @Override
    public void close() {
        process.terminate(config.limits().stopTimeout());
    }

    static String properties(Path logs, Map<String, Integer> ports, Map<String, String> changed) {
        String clients = "PLAINTEXT://127.0.0.1:" + ports.get(CLIENTS);
        String controller = "127.0.0.1:" + ports.get(CONTROLLER);
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.voters", "1@" + controller);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("listeners", clients + ",CONTROLLER://" + controller);
        settings.put("advertised.listeners", clients);
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        settings.put("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT");
        settings.put("log.dirs", logs.toString());
        // A misspelt topic must be an error here as it is in production.
        settings.put("auto.create.topics.enable", "false");
        settings.put("default.replication.factor", "1");
        settings.put("min.insync.replicas", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        // Fifty partitions each, the default, are fifty directories to make before the first consumer gets a record.
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("share.coordinator.state.topic.num.partitions", "4");
        // One consumer is the whole group more often than not: nobody to wait for.
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("log.cleaner.dedupe.buffer.size", "16777216");
        settings.put("log.index.size.max.bytes", "1048576");
        // After a kill -9 the controller refuses the same broker until its former session has run out.
        settings.put("broker.session.timeout.ms", "3000");
        settings.put("broker.heartbeat.interval.ms", "500");
        settings.putAll(changed);

        StringBuilder text = new StringBuilder("# Written at every start of the local stack.\n");
        settings.forEach((key, value) ->
                text.append(key).append('=').append(value.replace("\\", "\\\\")).append('\n'));
        return text.toString();
    }

    private static List<String> flags(DataDirectory home, ServerLimits limits) {
        List<String> flags = new ArrayList<>(Jdk.flags(limits.heapMiB(), limits.quickStart()));
        flags.add("-D" + Child.LOCK + "=" + home.lockFile());
        flags.add("-Dlog4j2.configurationFile=classpath:dev/tournant/deploy/local/kafka-log4j2.properties");
        flags.add("-Djava.awt.headless=true");
        return flags;
    }

    private static String freshClusterId() {
        UUID id = UUID.randomUUID();
        byte[] bytes = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
