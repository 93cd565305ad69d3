package dev.tournant.deploy.node;

import akka.actor.typed.ActorSystem;
import com.typesafe.config.Config;
import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Limit;
import dev.tournant.adapter.News;
import dev.tournant.cluster.gate.GateSettings;
import dev.tournant.cluster.gate.ShardedGates;
import dev.tournant.cluster.lease.NodeLease;
import dev.tournant.http.client.ClientConfig;
import dev.tournant.http.client.PartnerConfig;
import dev.tournant.model.PartnerName;
import dev.tournant.persistence.CassandraLedgers;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The gates of this node: the limits are those of its adapters, and each reads its partner's answers. */
final class NodeGates {
    private NodeGates() {}

    /** Throws {@link IllegalArgumentException} for settings that contradict each other. */
    static ShardedGates start(
            ActorSystem<?> system,
            ClientConfig partners,
            Map<PartnerName, Adapter> adapters,
            NodeLease lease,
            MeterRegistry registry) {
        check(system.settings().config(), partners);
        Map<PartnerName, List<Limit>> limits = new HashMap<>();
        adapters.forEach((partner, adapter) -> limits.put(partner, adapter.limits()));
        return ShardedGates.start(
                system,
                limits,
                (partner, counted, answer) -> news(adapters.get(partner), counted, answer),
                lease,
                CassandraLedgers.create(system),
                registry);
    }

    /** A call for whose answer the client still waits must not be forgotten by its gate. */
    static void check(Config config, ClientConfig partners) {
        Duration life = GateSettings.of(config).requestLife();
        for (PartnerConfig partner : partners.partners().values()) {
            if (partner.timeout().compareTo(life) > 0) {
                throw new IllegalArgumentException(ClientConfig.PATH + ".partners." + partner.partner()
                        + ".timeout must not be longer than tournant.gate.request-life: "
                        + partner.timeout().toMillis()
                        + " ms and " + life.toMillis() + " ms");
            }
        }
    }

    private static List<News> news(@Nullable Adapter adapter, List<Limit> counted, Answer answer) {
        return adapter == null
                ? counted.stream().map(limit -> News.NONE).toList()
                : News.of(counted, adapter.refusals(), answer);
    }
}
