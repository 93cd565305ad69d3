package dev.tournant.deploy.bench;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Lane;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapters.doordash.DoorDashAdapter;
import dev.tournant.cluster.lease.NodeLeases;
import dev.tournant.cluster.lease.Timings;
import dev.tournant.cluster.merchant.Merchant;
import dev.tournant.cluster.merchant.MerchantLimits;
import dev.tournant.cluster.merchant.MerchantMetrics;
import dev.tournant.cluster.merchant.MerchantPorts;
import dev.tournant.cluster.merchant.MerchantSetup;
import dev.tournant.cluster.merchant.ShardedMerchants;
import dev.tournant.cluster.ops.KafkaSettings;
import dev.tournant.cluster.publish.KafkaChanges;
import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.Merchants;
import dev.tournant.messages.Revision;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.PartnerName;
import dev.tournant.model.RecordKey;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The merchants of a node without its HTTP and its ingestion, so that the load comes from the same JVM and costs next
 * to nothing. Rules, actor, sharding, journal and publishing are those of production.
 */
final class BareNode {
    private final ActorSystem<?> system;
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final Merchants merchants;

    private BareNode(ActorSystem<?> system, boolean publishing) {
        this.system = system;
        this.merchants = ShardedMerchants.start(
                system,
                new MerchantSetup(
                        MerchantLimits.of(system.settings().config()),
                        Map.of(
                                new PartnerName("square"),
                                Traits.reading(List.of("catalog")),
                                new PartnerName("doordash"),
                                written(new DoorDashAdapter())),
                        new Ports(publishing ? changes(system, registry) : null),
                        new MerchantMetrics(registry),
                        NodeLeases.start(system, registry)),
                registry);
    }

    /**
     * @param kafka where changes are published; empty for nowhere
     * @param overrides over {@code tournant-cluster.conf}
     */
    static BareNode start(String cassandra, String kafka, Map<String, Object> overrides) {
        return new BareNode(join(cassandra, kafka, overrides), !kafka.isEmpty());
    }

    /** A cluster of one that holds nothing yet; parameters as for {@link #start}. */
    static ActorSystem<Void> join(String cassandra, String kafka, Map<String, Object> overrides) {
        Config config = ConfigFactory.parseMap(overrides)
                .withFallback(ConfigFactory.parseString("""
                        tournant.cassandra.contact-points = ["%s"]
                        tournant.kafka.servers = "%s"
                        akka.remote.artery.canonical.port = 0
                        akka.cluster.jmx.multi-mbeans-in-same-jvm = on
                        """.formatted(cassandra, kafka)))
                .withFallback(ConfigFactory.parseResources("tournant-cluster.conf"))
                .withFallback(ConfigFactory.defaultReference())
                .resolve();
        ActorSystem<Void> system = ActorSystem.create(
                Behaviors.empty(), "tournant", Timings.of(config).over(config));
        Cluster cluster = Cluster.get(system);
        cluster.manager().tell(Join.create(cluster.selfMember().address()));
        return system;
    }

    /** Of a partner that takes all at once, and of which nothing has to be read before. */
    private static Traits written(Adapter adapter) {
        Traits all = Traits.of(adapter);
        return new Traits(List.of(), all.can(), all.scope(), Optional.empty());
    }

    private static KafkaChanges changes(ActorSystem<?> system, MeterRegistry registry) {
        return new KafkaChanges(
                system,
                new KafkaSettings(system).producer(),
                system.settings().config().getBytes("tournant.kafka.publish-bytes-max"),
                registry);
    }

    ActorSystem<?> system() {
        return system;
    }

    Merchants merchants() {
        return merchants;
    }

    /** Rows written to the journal so far. */
    long rows() {
        return (long) registry.get("tournant.merchant.rows").counter().count();
    }

    /** Without Kafka, what is to be published counts as published at once; nothing is ever fetched, and what is pushed is taken. */
    private record Ports(@Nullable KafkaChanges changes) implements MerchantPorts {
        @Override
        public void publish(
                MerchantId merchant,
                List<Revision> revisions,
                @Nullable MerchantProfile profile,
                ActorRef<Merchant.Internal> replyTo) {
            if (changes == null) {
                replyTo.tell(new Published(revisions.get(revisions.size() - 1).number(), null));
            } else {
                changes.publish(merchant, revisions, profile, replyTo);
            }
        }

        @Override
        public void fetch(MerchantId merchant, Reading reading, ActorRef<Merchant.Internal> replyTo) {}

        @Override
        public void push(MerchantId merchant, Difference difference, Lane lane, ActorRef<Merchant.Internal> replyTo) {
            Map<RecordKey, Outcome> outcomes = new HashMap<>();
            difference.wanted().keySet().forEach(key -> outcomes.put(key, Outcome.DONE));
            difference.removed().forEach(key -> outcomes.put(key, Outcome.DONE));
            LinkId link = difference.link().id();
            replyTo.tell(new Told(link, difference.nonce(), outcomes, Map.of(), "bench"));
            replyTo.tell(new PushEnded(link, difference.nonce(), null, Duration.ZERO));
        }
    }
}
