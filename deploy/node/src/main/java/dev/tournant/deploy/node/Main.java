package dev.tournant.deploy.node;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.management.javadsl.AkkaManagement;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import dev.tournant.cluster.lease.Joining;
import dev.tournant.cluster.lease.Timings;
import dev.tournant.cluster.ops.KafkaClient;
import dev.tournant.persistence.ContactPoints;
import dev.tournant.persistence.NodeConfig;
import dev.tournant.persistence.TokenSeal;
import java.util.concurrent.ForkJoinPool;

/** Starts one node. All it needs to know is in {@code application.conf} and the environment. */
public final class Main {
    private static final String CLUSTER = "tournant";

    private Main() {}

    public static void main(String[] args) {
        if (ForkJoinPool.getCommonPoolParallelism() < 2) {
            System.err.println("Start the node with"
                    + " -Djava.util.concurrent.ForkJoinPool.common.parallelism=2 (or the number of CPUs, if larger):"
                    + " with one thread in the common pool, every answer of a merchant would start a thread.");
            System.exit(2);
        }
        try {
            Config config = NodeConfig.load();
            // Before anything is started: a node with half a key would store what nobody can read.
            TokenSeal.of(config);
            Joining.seeds(config);
            ContactPoints.of(config);
            KafkaClient.of(config);
            start(Timings.of(config).over(config));
        } catch (ConfigException e) {
            System.err.println("The configuration is wrong: " + e.getMessage());
            System.exit(2);
        }
    }

    private static void start(Config config) {
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), CLUSTER, config);
        try {
            // Alive at once, ready when the checks say so.
            AkkaManagement.get(system)
                    .start()
                    .whenCompleteAsync(
                            (address, failure) -> {
                                if (failure != null) {
                                    system.log()
                                            .error("the management port cannot be opened: {}", failure.getMessage());
                                    system.terminate();
                                }
                            },
                            system.executionContext());
            Node.start(system);
        } catch (RuntimeException e) {
            system.log().error("the node cannot start: {}", e.getMessage(), e);
            system.terminate();
        }
    }
}
