package dev.tournant.deploy.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * One Cassandra and one Kafka for all tests of a JVM.
 *
 * <p>Each starts when it is first asked for, on an empty directory, and is killed and its data deleted when the JVM
 * ends. Tests share them: use keyspaces, topics and ids of your own. A start that failed is not tried again.
 */
public final class LocalServices {
    private LocalServices() {}

    /** Contact point of the shared Cassandra, {@code 127.0.0.1:port}; its data centre is {@code datacenter1}. */
    public static String cassandra() {
        return SharedCassandra.ONE.hostPort();
    }

    /** Bootstrap server of the shared Kafka, {@code 127.0.0.1:port}. */
    public static String kafka() {
        return SharedKafka.ONE.hostPort();
    }

    /** Starts both side by side, which takes less time than one after the other. */
    public static void startBoth() {
        Thread kafka = new Thread(LocalServices::kafka, "local-kafka");
        kafka.setDaemon(true);
        kafka.start();
        cassandra();
        kafka();
    }

    /** Initialized by its first use, once, as the JVM does with classes. */
    private static final class SharedCassandra {
        static final Cassandra ONE = start();

        private static Cassandra start() {
            Path data = temporary("tournant-cassandra-");
            CassandraConfig config = CassandraConfig.defaults();
            Cassandra started =
                    Cassandra.start(data, config.withLimits(config.limits().withQuickStart(true)));
            endWithJvm(started.process(), data);
            return started;
        }
    }

    private static final class SharedKafka {
        static final Kafka ONE = start();

        private static Kafka start() {
            Path data = temporary("tournant-kafka-");
            KafkaConfig config = KafkaConfig.defaults();
            Kafka started = Kafka.start(data, config.withLimits(config.limits().withQuickStart(true)));
            endWithJvm(started.process(), data);
            return started;
        }
    }

    private static void endWithJvm(ChildProcess process, Path data) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            process.kill9();
                            delete(data);
                        },
                        "end-" + process.name()));
    }

    private static Path temporary(String prefix) {
        try {
            return Files.createTempDirectory(prefix);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> walk = Files.walk(directory)) {
            List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
