package dev.tournant.deploy.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.ActorSystem;
import akka.management.javadsl.CheckResult;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The readiness checks of a node, each by itself, where nothing listens at the addresses of Cassandra and Kafka. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ReadyTest {
    private final ActorSystem system;

    ReadyTest() throws IOException {
        Config config = ConfigFactory.parseString("""
                akka.actor.provider = local
                akka.coordinated-shutdown.exit-jvm = off
                akka.loglevel = OFF
                akka.stdout-loglevel = OFF
                tournant.cassandra.contact-points = ["127.0.0.1:%d"]
                tournant.kafka.servers = "127.0.0.1:%d"
                """.formatted(closedPort(), closedPort()))
                .withFallback(ConfigFactory.parseResources("application.conf"))
                .withFallback(ConfigFactory.defaultReference())
                .resolve();
        system = ActorSystem.create("ready", config);
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @AfterEach
    void end() throws Exception {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().get(1, TimeUnit.MINUTES);
    }

    @Test
    void isNotReadyWithoutTheJournal() throws Exception {
        assertThat(Readiness.of(system, "journal").isFailure()).isTrue();
    }

    @Test
    void isNotReadyWithoutKafka() throws Exception {
        CheckResult result = Readiness.of(system, "kafka");
        assertThat(result.isFailure()).isTrue();
        assertThat(result.failure().orElseThrow()).contains("KafkaCheck");
    }

    @Test
    void asksKafkaAsAllClientsOfTheNodeDo() throws Exception {
        Config nonsense = ConfigFactory.parseString("tournant.kafka.client.security.protocol = NONSENSE")
                .withFallback(system.settings().config());
        ActorSystem other = ActorSystem.create("other", nonsense);
        try {
            assertThatThrownBy(() -> new KafkaCheck(other)).hasStackTraceContaining("NONSENSE");
        } finally {
            other.terminate();
            other.getWhenTerminated().toCompletableFuture().get(1, TimeUnit.MINUTES);
        }
    }

    @Test
    void isNotReadyBeforeItServesAndReadyThen() throws Exception {
        CheckResult before = Readiness.of(system, "serving");
        assertThat(before.isFailure()).isTrue();
        assertThat(before.failure().orElseThrow()).contains("ServingCheck");

        ServingCheck.serving(system, () -> true);

        assertThat(Readiness.of(system, "serving").isSuccess()).isTrue();
    }
}
