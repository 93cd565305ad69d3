package dev.tournant.cluster;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorSystem;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.tournant.deploy.local.LocalServices;
import dev.tournant.persistence.Schema;
import java.util.UUID;

/** A cluster of one node in this JVM, on real Cassandra and, where asked for, real Kafka. */
public final class LocalNode implements AutoCloseable {
    private final ActorTestKit kit;

    private LocalNode(Config config) {
        this.kit = ActorTestKit.create("tournant", config);
        Cluster cluster = Cluster.get(kit.system());
        cluster.manager().tell(Join.create(cluster.selfMember().address()));
    }

    /** A name that no other test of this run uses: a keyspace or a prefix. */
    public static String fresh(String prefix) {
        return prefix + "_" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** A node on its own keyspace; give the same keyspace again to find what is stored there. */
    public static LocalNode on(String keyspace, String overrides) {
        Schema.apply(LocalServices.cassandra(), "datacenter1", keyspace, 1);
        return at(LocalServices.cassandra(), keyspace, overrides);
    }

    /** A node on another Cassandra, which must have the schema. */
    public static LocalNode at(String cassandra, String keyspace, String overrides) {
        return new LocalNode(config(cassandra, keyspace, overrides));
    }

    private static Config config(String cassandra, String keyspace, String overrides) {
        return ConfigFactory.parseString(overrides)
                .withFallback(ConfigFactory.parseString("""
                        tournant.cassandra.contact-points = ["%s"]
                        tournant.cassandra.keyspace = "%s"
                        akka.remote.artery.canonical.port = 0
                        akka.cluster.jmx.multi-mbeans-in-same-jvm = on
                        akka.coordinated-shutdown.exit-jvm = off
                        # A busy machine may take its time.
                        akka.actor.testkit.typed.system-shutdown-default = 60s
                        akka.cluster.sharding.number-of-shards = 10
                        """.formatted(cassandra, keyspace)))
                .withFallback(ConfigFactory.parseResources("tournant-cluster.conf"))
                .withFallback(ConfigFactory.defaultReference())
                .resolve();
    }

    public ActorSystem<?> system() {
        return kit.system();
    }

    public ActorTestKit kit() {
        return kit;
    }

    @Override
    public void close() {
        kit.shutdownTestKit();
    }
}
