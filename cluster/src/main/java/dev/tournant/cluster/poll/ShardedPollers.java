package dev.tournant.cluster.poll;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.cluster.sharding.typed.ClusterShardingSettings;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Fetch;
import dev.tournant.cluster.gate.Budgets;
import dev.tournant.cluster.merchant.Merchant;
import dev.tournant.cluster.merchant.ReadPlan;
import dev.tournant.cluster.poll.PollerMessage.Feed;
import dev.tournant.messages.FreshnessBoard;
import dev.tournant.messages.MerchantMessage;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.PartnerName;
import dev.tournant.persistence.PollMemories;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pollers of a cluster: one for each pool of calls, on some node. */
public final class ShardedPollers implements ReadPlan {
    private static final Logger LOG = LoggerFactory.getLogger(ShardedPollers.class);

    private final ClusterSharding sharding;
    private final Map<PartnerName, Adapter> adapters;
    private final Budgets budgets;

    private final FreshnessBoard board;

    /** What was said of it once, by partner and resource. */
    private final Set<String> defective = ConcurrentHashMap.newKeySet();

    private ShardedPollers(ActorSystem<?> system, Map<PartnerName, Adapter> adapters, Budgets budgets) {
        this.sharding = ClusterSharding.get(system);
        this.adapters = Map.copyOf(adapters);
        this.budgets = budgets;
        this.board = new PollBoard(
                this, system.settings().config().getDuration("tournant.poll.look-timeout"), system.executionContext());
    }

    /** Lets this node hold pollers. Throws {@link IllegalArgumentException} for settings that are none. */
    public static ShardedPollers start(
            ActorSystem<?> system,
            Map<PartnerName, Adapter> adapters,
            Budgets budgets,
            PollMemories memories,
            MeterRegistry registry) {
        ClusterSharding sharding = ClusterSharding.get(system);
        PollerSetup setup = new PollerSetup(
                PollSettings.of(system.settings().config()),
                memories,
                partner -> {
                    Adapter adapter = adapters.get(partner);
                    return adapter != null && adapter.capabilities().contains(Capability.WEBHOOKS);
                },
                new PartnerWebhooks(System::nanoTime),
                order -> sharding.entityRefFor(
                                Merchant.TYPE, order.name().merchant().value())
                        .tell(new Merchant.ReadNow(
                                order.by(),
                                order.name().feed().link(),
                                order.name().feed().resource(),
                                order.lane(),
                                order.pause())),
                InstantSource.system(),
                new PollMetrics(registry));
        sharding.init(Entity.of(Poller.TYPE, entity -> Poller.create(setup, entity.getEntityId(), entity.getShard()))
                .withSettings(ClusterShardingSettings.create(system).withNoPassivationStrategy())
                .withStopMessage(Poller.Stop.STOP));
        return new ShardedPollers(system, adapters, budgets);
    }

    /** For operators. */
    public FreshnessBoard board() {
        return board;
    }

    void tell(String pool, PollerMessage message) {
        sharding.entityRefFor(Poller.TYPE, pool).tell(message);
    }

    ClusterSharding sharding() {
        return sharding;
    }

    /** The pool whose calls a resource is read with; empty if this node has no adapter for it, or one with a defect. */
    Optional<Budgets.Budget> budget(Link link, String resource) {
        Adapter adapter = adapters.get(link.partner());
        if (adapter == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(budgets.of(link, adapter.open(new Fetch(link, resource, null))));
        } catch (RuntimeException e) {
            // Merchants and the round ask for this: what is wrong with one link must stop neither.
            if (defective.add(link.partner() + " " + resource)) {
                LOG.error(
                        "the adapter of {} cannot open {}, so nobody reads it; first seen at {}",
                        link.partner(),
                        resource,
                        link,
                        e);
            }
            return Optional.empty();
        }
    }

    /** All that is read from a merchant's partners, by pool. */
    Map<Budgets.Budget, List<Feed>> feeds(MerchantProfile profile) {
        Map<Budgets.Budget, List<Feed>> feeds = new HashMap<>();
        for (Link link : profile.links()) {
            Adapter adapter = adapters.get(link.partner());
            for (String resource : adapter == null ? List.<String>of() : adapter.resources()) {
                budget(link, resource)
                        .ifPresent(budget -> feeds.computeIfAbsent(budget, key -> new ArrayList<>())
                                .add(feed(link, resource)));
            }
        }
        return feeds;
    }

    /** Tells each pool what of it a merchant has there. */
    void has(MerchantId merchant, MerchantProfile profile) {
        int zone = offset(profile.zone(), Instant.now());
        feeds(profile)
                .forEach((budget, feeds) ->
                        tell(budget.pool(), new PollerMessage.Has(merchant, feeds, budget.callsPerSecond(), zone)));
    }

    private static int offset(ZoneId zone, Instant at) {
        return zone.getRules().getOffset(at).getTotalSeconds();
    }

    private static Feed feed(Link link, String resource) {
        return new Feed(link.id(), link.partner(), resource);
    }

    @Override
    public void wanted(
            MerchantId id,
            Link link,
            String resource,
            Why why,
            long webhooks,
            Instant at,
            ZoneId zone,
            ActorRef<MerchantMessage> merchant) {
        budget(link, resource)
                .ifPresent(budget -> tell(
                        budget.pool(),
                        new PollerMessage.Wanted(
                                id,
                                feed(link, resource),
                                budget.callsPerSecond(),
                                why,
                                at,
                                offset(zone, Instant.now()),
                                webhooks)));
    }

    @Override
    public void read(
            MerchantId id,
            Link link,
            String resource,
            Instant asOf,
            boolean changed,
            int calls,
            Importance importance) {
        tell(link, resource, new PollerMessage.Read(id, feed(link, resource), asOf, changed, calls, importance));
    }

    @Override
    public void covered(MerchantId id, Link link, String resource, Instant asOf) {
        tell(link, resource, new PollerMessage.Covered(id, feed(link, resource), asOf));
    }

    @Override
    public void broke(MerchantId id, Link link, String resource, Trouble trouble, @Nullable Instant retryAt) {
        tell(link, resource, new PollerMessage.Broke(id, feed(link, resource), trouble, retryAt));
    }

    @Override
    public void gone(String by, MerchantId id, LinkId link, String resource) {
        tell(by, new PollerMessage.Gone(id, link, resource));
    }

    @Override
    public void reading(MerchantId id, Link link, String resource, @Nullable FirstRead first) {
        tell(link, resource, new PollerMessage.Reading(id, feed(link, resource), first));
    }

    /**
     * Whoever gave the order hears that it arrived. A link that leads elsewhere may be read with the calls of another pool now, which
     * the one before is not told otherwise.
     */
    @Override
    public void ordered(String by, MerchantId id, Link link, String resource) {
        budget(link, resource).ifPresent(budget -> {
            if (budget.pool().equals(by)) {
                reading(id, link, resource, null);
            } else {
                gone(by, id, link.id(), resource);
            }
        });
    }

    private void tell(Link link, String resource, PollerMessage message) {
        budget(link, resource).ifPresent(budget -> tell(budget.pool(), message));
    }
}
