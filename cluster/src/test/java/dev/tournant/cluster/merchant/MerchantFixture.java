package dev.tournant.cluster.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorRef;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Lane;
import dev.tournant.cluster.LocalNode;
import dev.tournant.cluster.lease.NodeLease;
import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.Delivery;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Outcome;
import dev.tournant.messages.Position;
import dev.tournant.messages.Revision;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.Money;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.PartnerName;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Merchants on a node without Kafka or partners, and what one says to them. */
final class MerchantFixture {
    static final Duration WITHIN = Duration.ofSeconds(20);
    static final LinkId LINK = new LinkId("sq-1");

    private MerchantFixture() {}

    static ShardedMerchants start(LocalNode on) {
        return start(on, new Silent());
    }

    static ShardedMerchants start(LocalNode on, MerchantPorts ports) {
        return start(on, ports, NodeLease.ALWAYS);
    }

    static ShardedMerchants start(LocalNode on, MerchantPorts ports, NodeLease lease) {
        return start(on, ports, lease, new SimpleMeterRegistry());
    }

    static ShardedMerchants start(LocalNode on, MerchantPorts ports, NodeLease lease, MeterRegistry registry) {
        MerchantSetup setup = new MerchantSetup(
                MerchantLimits.of(on.system().settings().config()),
                Map.of(new PartnerName("square"), Traits.reading(List.of("catalog"))),
                ports,
                new MerchantMetrics(registry),
                lease);
        return ShardedMerchants.start(on.system(), setup, registry);
    }

    /** A node without Kafka or partners: publishing succeeds, fetches and pushes never come back. */
    static class Silent implements MerchantPorts {
        @Override
        public void publish(
                MerchantId merchant,
                List<Revision> revisions,
                @Nullable MerchantProfile profile,
                ActorRef<Merchant.Internal> replyTo) {
            replyTo.tell(new Published(revisions.get(revisions.size() - 1).number(), null));
        }

        @Override
        public void fetch(MerchantId merchant, Reading reading, ActorRef<Merchant.Internal> replyTo) {}

        @Override
        public void push(MerchantId merchant, Difference difference, Lane lane, ActorRef<Merchant.Internal> replyTo) {}
    }

    static MerchantId merchant(ShardedMerchants merchants, String id) {
        MerchantProfile profile = new MerchantProfile(
                "Grill",
                Currency.getInstance("USD"),
                ZoneId.of("America/New_York"),
                List.of(new Link(LINK, new PartnerName("square"), "M1", "L1", "main")));
        MerchantId merchant = new MerchantId(id);
        MerchantReply reply = join(
                merchants.tell(merchant, new MerchantCommand.SetProfile(profile, null, "test", Instant.now()), WITHIN));
        assertThat(reply).isEqualTo(new MerchantReply.Done(1, true));
        return merchant;
    }

    static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    static RecordDelta price(String item, String amount, long version) {
        return RecordDelta.set(
                RecordKey.of(Kind.ITEM, item),
                new Stamp(version, 0),
                version,
                FieldMap.builder(Kind.ITEM)
                        .set(Item.NAME, item)
                        .set(Item.PRICE, Money.of(amount, "USD"))
                        .build());
    }

    static Delivery webhook(long offset, String event, RecordDelta... deltas) {
        return new Delivery(
                new Position("topic", 0, offset),
                LINK,
                List.of(new PartnerEvent(event, List.of(deltas), List.of())),
                null);
    }

    static List<Outcome> absorb(ShardedMerchants merchants, MerchantId merchant, Delivery... deliveries) {
        MerchantReply reply =
                join(merchants.tell(merchant, new MerchantCommand.Absorb(List.of(deliveries), Instant.now()), WITHIN));
        assertThat(reply).isInstanceOf(MerchantReply.Absorbed.class);
        return ((MerchantReply.Absorbed) reply).outcomes();
    }

    static MerchantReply.Merchant summary(ShardedMerchants from, MerchantId merchant) {
        return (MerchantReply.Merchant) join(from.ask(merchant, new MerchantQuery.Summary(), WITHIN));
    }
}
