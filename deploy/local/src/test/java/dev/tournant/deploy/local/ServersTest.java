package dev.tournant.deploy.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real servers. What can run side by side does: a start is mostly one thread at work. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class ServersTest {
    @TempDir
    Path directory;

    @Test
    void comeBackWithTheirDataBehindTheSamePorts() {
        CompletableFuture<Void> kafka = CompletableFuture.runAsync(this::kafkaComesBack);
        CompletableFuture<Void> cassandra = CompletableFuture.runAsync(this::cassandraComesBack);
        CompletableFuture.allOf(kafka, cassandra).join();
    }

    private void cassandraComesBack() {
        Path data = directory.resolve("cassandra");
        int port;
        try (Cassandra first = Cassandra.start(data, cassandra())) {
            port = first.port();
            assertThat(first.hostPort()).isEqualTo("127.0.0.1:" + port);
            assertThat(Handshake.cql(
                            port,
                            "CREATE KEYSPACE kept WITH replication ="
                                    + " {'class': 'SimpleStrategy', 'replication_factor': 1}"))
                    .isTrue();
            assertThat(Handshake.cql(port, "CREATE TABLE kept.dish (id text PRIMARY KEY)"))
                    .isTrue();
            assertThatThrownBy(() -> Cassandra.start(data, cassandra()))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("Another cassandra is running on");
            first.process().kill9();
        }
        try (Cassandra second = Cassandra.start(data, cassandra())) {
            assertThat(second.port()).isEqualTo(port);
            assertThat(Handshake.cql(port, "INSERT INTO kept.dish (id) VALUES ('soup')"))
                    .isTrue();
            assertThat(Handshake.cql(port, "SELECT nothing FROM kept.dish")).isFalse();
        }
    }

    private void kafkaComesBack() {
        Path data = directory.resolve("kafka");
        int port;
        String cluster;
        try (Kafka first = Kafka.start(data, kafka())) {
            port = first.port();
            cluster = clusterId(data);
            assertThat(first.hostPort()).isEqualTo("127.0.0.1:" + port);
        }
        try (Kafka second = Kafka.start(data, kafka())) {
            assertThat(second.port()).isEqualTo(port);
            assertThat(clusterId(data)).isEqualTo(cluster);
            second.process().kill9();
        }
        try (Kafka third = Kafka.start(data, kafka())) {
            assertThat(third.port()).isEqualTo(port);
            assertThat(clusterId(data)).isEqualTo(cluster);
        }
    }

    @Test
    void areSharedByAllTestsOfOneJvm() {
        LocalServices.startBoth();

        assertThat(Handshake.cql(port(LocalServices.cassandra()))).isTrue();
        assertThat(Handshake.kafka(port(LocalServices.kafka()))).isTrue();
        assertThat(LocalServices.cassandra()).isEqualTo(LocalServices.cassandra());
        assertThat(LocalServices.kafka()).isEqualTo(LocalServices.kafka());
    }

    @Test
    void sayWhatTheyDislikeWhenTheyDieAtTheStart() {
        KafkaConfig wrong = kafka().withProperties(Map.of("num.io.threads", "many"));

        assertThatThrownBy(() -> Kafka.start(directory.resolve("kafka"), wrong))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("kafka ended with exit code 1 while it was starting")
                .hasMessageContaining("num.io.threads");
    }

    private static String clusterId(Path data) {
        try {
            return Files.readAllLines(data.resolve("logs").resolve("meta.properties")).stream()
                    .filter(line -> line.startsWith("cluster.id="))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int port(String hostPort) {
        return Integer.parseInt(hostPort.substring(hostPort.indexOf(':') + 1));
    }

    private static CassandraConfig cassandra() {
        CassandraConfig config = CassandraConfig.defaults();
        return config.withLimits(quick(config.limits()));
    }

    private static KafkaConfig kafka() {
        KafkaConfig config = KafkaConfig.defaults();
        return config.withLimits(quick(config.limits()));
    }

    private static ServerLimits quick(ServerLimits limits) {
        return limits.withQuickStart(true).withStartTimeout(Duration.ofSeconds(90));
    }
}
