package dev.tournant.deploy.node;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.ActorSystem;
import akka.actor.ExtendedActorSystem;
import akka.management.HealthCheckSettings;
import akka.management.NamedHealthCheck;
import akka.management.javadsl.CheckResult;
import akka.management.javadsl.HealthChecks;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The readiness checks of a node, each by itself, where nothing listens at the addresses of Cassandra and Kafka. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ReadyTest {
    /** Longer than a node gives them: a check is to say by itself that it cannot reach what it asks. */
    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(30);

    private final Config config;
    private final ActorSystem system;

    ReadyTest() throws IOException {
        config = ConfigFactory.parseString("""
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
        assertThat(result("journal").isFailure()).isTrue();
    }

    @Test
    void isNotReadyWithoutKafka() throws Exception {
        CheckResult result = result("kafka");
        assertThat(result.isFailure()).isTrue();
        assertThat(result.failure().orElseThrow()).contains("KafkaCheck");
    }

    @Test
    void isNotReadyBeforeItServesAndReadyThen() throws Exception {
        CheckResult before = result("serving");
        assertThat(before.isFailure()).isTrue();
        assertThat(before.failure().orElseThrow()).contains("ServingCheck");

        ServingCheck.serving(system, () -> true);

        assertThat(result("serving").isSuccess()).isTrue();
    }

    /** Of what the node's configuration names so, as Akka Management asks it. */
    private CheckResult result(String check) throws Exception {
        HealthCheckSettings all = HealthCheckSettings.create(config.getConfig("akka.management.health-checks"));
        List<NamedHealthCheck> asked = all.getReadinessChecks().stream()
                .filter(each -> each.name().equals(check))
                .toList();
        assertThat(asked).hasSize(1);
        HealthCheckSettings only =
                HealthCheckSettings.create(asked, List.of(), all.readinessPath(), all.livenessPath(), CHECK_TIMEOUT);
        return new HealthChecks((ExtendedActorSystem) system, only)
                .readyResult()
                .toCompletableFuture()
                .get(1, TimeUnit.MINUTES);
    }
}
