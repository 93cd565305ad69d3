package dev.tournant.deploy.node;

import akka.actor.typed.ActorSystem;
import com.typesafe.config.Config;
import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Credentials;
import dev.tournant.adapter.Limit;
import dev.tournant.adapter.News;
import dev.tournant.adapter.Party;
import dev.tournant.cluster.gate.Budgets;
import dev.tournant.cluster.gate.GateSettings;
import dev.tournant.cluster.gate.ShardedGates;
import dev.tournant.cluster.lease.NodeLease;
import dev.tournant.http.client.ClientConfig;
import dev.tournant.http.client.PartnerConfig;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Link;
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
        return ShardedGates.start(
                system,
                limits(adapters),
                (partner, counted, answer) -> news(adapters.get(partner), counted, answer),
                lease,
                CassandraLedgers.create(system),
                registry);
    }

    /** What calls are bounded by in the long run. */
    static Budgets budgets(
            Config config, ClientConfig partners, Map<PartnerName, Adapter> adapters, Credentials credentials) {
        return Budgets.of(config, limits(adapters), link -> party(link, partners.egress(), credentials));
    }

    /** A call for a link whose credentials are missing or no good goes nowhere; it still has to be counted somewhere. */
    private static Party party(Link link, String egress, Credentials credentials) {
        Party unknown = new Party(link.partner(), link.credentials(), link.account(), link.location());
        try {
            return credentials
                    .named(link.credentials())
                    .map(keys -> Party.of(link, keys, egress))
                    .orElse(unknown);
        } catch (InvalidValue e) {
            return unknown;
        }
    }

    private static Map<PartnerName, List<Limit>> limits(Map<PartnerName, Adapter> adapters) {
        Map<PartnerName, List<Limit>> limits = new HashMap<>();
        adapters.forEach((partner, adapter) -> limits.put(partner, adapter.limits()));
        return limits;
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
