package dev.tournant.deploy.node;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.ActorSystem;
import akka.cluster.Cluster;
import akka.management.javadsl.CheckResult;
import com.typesafe.config.ConfigFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Of Akka's own check of membership: that a node's configuration has it, and what it says of a node that joins. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class MemberReadyTest {
    private final ActorSystem system = ActorSystem.create(
            "member",
            ConfigFactory.parseString("""
                    akka.remote.artery.canonical.port = 0
                    akka.cluster.jmx.multi-mbeans-in-same-jvm = on
                    akka.coordinated-shutdown.exit-jvm = off
                    akka.loglevel = OFF
                    akka.stdout-loglevel = OFF
                    """)
                    .withFallback(ConfigFactory.parseResources("application.conf"))
                    .withFallback(ConfigFactory.defaultReference())
                    .resolve());

    @AfterEach
    void end() throws Exception {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().get(1, TimeUnit.MINUTES);
    }

    @Test
    void isNotReadyBeforeItIsAMemberAndReadyThen() throws Exception {
        CheckResult before = Readiness.of(system, "cluster-membership");
        assertThat(before.isFailure()).isTrue();
        assertThat(before.failure().orElseThrow()).contains("ClusterMembershipCheck");

        Cluster cluster = Cluster.get(system);
        CompletableFuture<Void> up = new CompletableFuture<>();
        cluster.registerOnMemberUp(() -> up.complete(null));
        cluster.join(cluster.selfAddress());
        up.get(1, TimeUnit.MINUTES);

        assertThat(Readiness.of(system, "cluster-membership").isSuccess()).isTrue();
    }
}
