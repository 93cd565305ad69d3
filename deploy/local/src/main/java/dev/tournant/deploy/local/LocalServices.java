package dev.tournant.deploy.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One Cassandra and one Kafka for all tests of a JVM.
 *
 * <p>Each starts when it is first asked for, on an empty directory, and is killed and its data deleted when the JVM
 * ends. Tests share them: use keyspaces, topics and ids of your own. A start that failed is not tried again.
 */
public final class LocalServices {
    private static final Once<Cassandra> CASSANDRA = new Once<>(LocalServices::startCassandra);
    private static final Once<Kafka> KAFKA = new Once<>(LocalServices::startKafka);

    private LocalServices() {}

    /** Contact point of the shared Cassandra, {@code 127.0.0.1:port}; its data centre is {@code datacenter1}. */
    public static String cassandra() {
        return CASSANDRA.get().hostPort();
    }

    /** Bootstrap server of the shared Kafka, {@code 127.0.0.1:port}. */
    public static String kafka() {
        return KAFKA.get().hostPort();
    }

    /** Starts both side by side, which takes less time than one after the other. */
    public static void startBoth() {
        Thread kafka = new Thread(KAFKA::tryGet, "local-kafka");
        kafka.setDaemon(true);
        kafka.start();
        cassandra();
        kafka();
    }

    private static Cassandra startCassandra() {
        Path data = temporary("tournant-cassandra-");
        CassandraConfig config = CassandraConfig.defaults();
        Cassandra started = Cassandra.startOnce(data, config.withLimits(forTests(config.limits())));
        endWithJvm(started.process(), data);
        return started;
    }

    private static Kafka startKafka() {
        Path data = temporary("tournant-kafka-");
        KafkaConfig config = KafkaConfig.defaults();
        Kafka started = Kafka.start(data, config.withLimits(forTests(config.limits())));
        endWithJvm(started.process(), data);
        return started;
    }

    private static ServerLimits forTests(ServerLimits limits) {
        return limits.withQuickStart(true);
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

    /** One start for all who ask; who asks after a failure gets the same failure. */
    private static final class Once<T> {
        private final Supplier<T> start;
        private @Nullable T started;
        private @Nullable RuntimeException failed;

        Once(Supplier<T> start) {
            this.start = start;
        }

        synchronized T get() {
            if (failed != null) {
                throw failed;
            }
            T result = started;
            if (result == null) {
                try {
                    result = start.get();
                } catch (RuntimeException e) {
                    failed = e;
                    throw e;
                }
                started = result;
            }
            return result;
        }

        /** For a thread that nobody listens to: whoever asks next is told. */
        void tryGet() {
            try {
                get();
            } catch (RuntimeException e) {
                assert failed == e;
            }
        }
    }
}
