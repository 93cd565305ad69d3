package dev.tournant.cluster.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorRef;
import dev.tournant.cluster.LocalNode;
import dev.tournant.messages.Delivery;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Outcome;
import dev.tournant.messages.Position;
import dev.tournant.messages.Problem;
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
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The actor on its real journal: what it acknowledges is there after it is gone. */
class MerchantOnCassandraTest {
    private static final Duration WITHIN = Duration.ofSeconds(20);
    private static final LinkId LINK = new LinkId("sq-1");
    private static final String KEYSPACE = LocalNode.fresh("merchant");

    private static LocalNode node;
    private static ShardedMerchants merchants;

    @BeforeAll
    static void start() {
        node = LocalNode.on(KEYSPACE, "tournant.merchant.snapshot-every-rows = 5");
        merchants = start(node);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static ShardedMerchants start(LocalNode on) {
        MerchantSetup setup = new MerchantSetup(
                MerchantLimits.of(on.system().settings().config()),
                Map.of(new PartnerName("square"), List.of("catalog")),
                new Silent(),
                new MerchantMetrics(new SimpleMeterRegistry()));
        return ShardedMerchants.start(on.system(), setup, new SimpleMeterRegistry());
    }

    /** A node without Kafka or partners: publishing succeeds, fetching never comes back. */
    private static final class Silent implements MerchantPorts {
        @Override
        public void publish(
                MerchantId merchant,
                List<Revision> revisions,
                @Nullable MerchantProfile profile,
                ActorRef<Merchant.Internal> replyTo) {
            replyTo.tell(new Published(revisions.get(revisions.size() - 1).number(), null));
        }

        @Override
        public void fetch(
                MerchantId merchant,
                Link link,
                String resource,
                @Nullable String since,
                long generation,
                ActorRef<Merchant.Internal> replyTo) {}
    }

    private static MerchantId merchant(String id) {
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

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static RecordDelta price(String item, String amount, long version) {
        return RecordDelta.set(
                RecordKey.of(Kind.ITEM, item),
                new Stamp(version, 0),
                version,
                FieldMap.builder(Kind.ITEM)
                        .set(Item.NAME, item)
                        .set(Item.PRICE, Money.of(amount, "USD"))
                        .build());
    }

    private static Delivery webhook(long offset, String event, RecordDelta... deltas) {
        return new Delivery(
                new Position("topic", 0, offset),
                LINK,
                List.of(new PartnerEvent(event, List.of(deltas), List.of())),
                null);
    }

    private static List<Outcome> absorb(MerchantId merchant, Delivery... deliveries) {
        MerchantReply reply =
                join(merchants.tell(merchant, new MerchantCommand.Absorb(List.of(deliveries), Instant.now()), WITHIN));
        assertThat(reply).isInstanceOf(MerchantReply.Absorbed.class);
        return ((MerchantReply.Absorbed) reply).outcomes();
    }

    private static MerchantReply.Merchant summary(ShardedMerchants from, MerchantId merchant) {
        return (MerchantReply.Merchant) join(from.ask(merchant, new MerchantQuery.Summary(), WITHIN));
    }

    @Test
    void answersWhatItHasTakenInAfterItIsGone() {
        MerchantId merchant = merchant("survivor");
        for (int i = 1; i <= 23; i++) {
            assertThat(absorb(merchant, webhook(i, "e" + i, price("tea", i + ".50", i))))
                    .containsExactly(Outcome.APPLIED);
        }
        MerchantReply.Merchant before = summary(merchants, merchant);
        try (LocalNode second = LocalNode.on(KEYSPACE, "")) {
            ShardedMerchants again = start(second);
            assertThat(summary(again, merchant)).isEqualTo(before);
            MerchantReply.OneRecord tea = (MerchantReply.OneRecord)
                    join(again.ask(merchant, new MerchantQuery.OneRecord(RecordKey.of(Kind.ITEM, "tea")), WITHIN));
            assertThat(tea.value()).isNotNull();
            assertThat(tea.value().get(Item.PRICE)).contains(Money.of("23.50", "USD"));
        }
        assertThat(before.revision()).isEqualTo(24);
    }

    @Test
    void tellsRedeliveriesAndDuplicatesApart() {
        MerchantId merchant = merchant("twice");
        assertThat(absorb(merchant, webhook(5, "e1", price("tea", "1.00", 1)))).containsExactly(Outcome.APPLIED);
        assertThat(absorb(
                        merchant, webhook(5, "e1", price("tea", "1.00", 1)), webhook(6, "e1", price("tea", "1.00", 1))))
                .containsExactly(Outcome.REDELIVERED, Outcome.DUPLICATE);
        assertThat(summary(merchants, merchant).tally().total()).isEqualTo(2);
    }

    @Test
    void quarantinesAPriceInAForeignCurrencyAndGoesOn() {
        MerchantId merchant = merchant("foreign");
        RecordDelta euro = RecordDelta.set(
                RecordKey.of(Kind.ITEM, "tea"), new Stamp(1, 0), 1, FieldMap.of(Item.PRICE, Money.of("1.00", "EUR")));
        List<Outcome> outcomes = absorb(merchant, webhook(1, "e1", euro), webhook(2, "e2", price("tea", "2.00", 2)));
        assertThat(outcomes.get(0).problem()).isEqualTo(Problem.WRONG_CURRENCY);
        assertThat(outcomes.get(0).detail())
                .contains("item/tea")
                .contains("EUR")
                .contains("USD");
        assertThat(outcomes.get(1)).isEqualTo(Outcome.APPLIED);
        assertThat(absorb(merchant, webhook(1, "e1", euro))).containsExactly(outcomes.get(0));
    }

    @Test
    void letsEachOfManyConcurrentEditsWinOneRevisionOrFail() {
        MerchantId merchant = merchant("crowd");
        RecordKey tea = RecordKey.of(Kind.ITEM, "tea");
        absorb(merchant, webhook(1, "e1", price("tea", "1.00", 1)));
        long revision = summary(merchants, merchant).revision();
        List<CompletableFuture<MerchantReply>> replies = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            RecordDelta edit = RecordDelta.set(tea, Stamp.ZERO, 0, FieldMap.of(Item.NAME, "tea " + i));
            replies.add(merchants
                    .tell(merchant, new MerchantCommand.EditRecord(edit, revision, "r" + i, Instant.now()), WITHIN)
                    .toCompletableFuture());
        }
        long won = replies.stream()
                .map(CompletableFuture::join)
                .filter(reply -> reply instanceof MerchantReply.Done)
                .count();
        assertThat(won).isEqualTo(1);
        assertThat(summary(merchants, merchant).revision()).isEqualTo(revision + 1);
    }
}
