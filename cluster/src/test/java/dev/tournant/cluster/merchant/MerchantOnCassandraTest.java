package dev.tournant.cluster.merchant;

import static dev.tournant.cluster.merchant.MerchantFixture.WITHIN;
import static dev.tournant.cluster.merchant.MerchantFixture.absorb;
import static dev.tournant.cluster.merchant.MerchantFixture.join;
import static dev.tournant.cluster.merchant.MerchantFixture.merchant;
import static dev.tournant.cluster.merchant.MerchantFixture.price;
import static dev.tournant.cluster.merchant.MerchantFixture.summary;
import static dev.tournant.cluster.merchant.MerchantFixture.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.cluster.LocalNode;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Outcome;
import dev.tournant.messages.Problem;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.MerchantId;
import dev.tournant.model.Money;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The actor on its real journal: what it acknowledges is there after it is gone. */
class MerchantOnCassandraTest {
    private static final String KEYSPACE = LocalNode.fresh("merchant");

    private static LocalNode node;
    private static ShardedMerchants merchants;

    @BeforeAll
    static void start() {
        node = LocalNode.on(KEYSPACE, "tournant.merchant.snapshot-every-rows = 5");
        merchants = MerchantFixture.start(node);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void answersWhatItHasTakenInAfterItIsGone() {
        MerchantId merchant = merchant(merchants, "survivor");
        for (int i = 1; i <= 23; i++) {
            assertThat(absorb(merchants, merchant, webhook(i, "e" + i, price("tea", i + ".50", i))))
                    .containsExactly(Outcome.APPLIED);
        }
        MerchantReply.Merchant before = summary(merchants, merchant);
        try (LocalNode second = LocalNode.on(KEYSPACE, "")) {
            ShardedMerchants again = MerchantFixture.start(second);
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
        MerchantId merchant = merchant(merchants, "twice");
        assertThat(absorb(merchants, merchant, webhook(5, "e1", price("tea", "1.00", 1))))
                .containsExactly(Outcome.APPLIED);
        assertThat(absorb(
                        merchants,
                        merchant,
                        webhook(5, "e1", price("tea", "1.00", 1)),
                        webhook(6, "e1", price("tea", "1.00", 1))))
                .containsExactly(Outcome.REDELIVERED, Outcome.DUPLICATE);
        assertThat(summary(merchants, merchant).tally().total()).isEqualTo(2);
    }

    @Test
    void quarantinesAPriceInAForeignCurrencyAndGoesOn() {
        MerchantId merchant = merchant(merchants, "foreign");
        RecordDelta euro = RecordDelta.set(
                RecordKey.of(Kind.ITEM, "tea"), new Stamp(1, 0), 1, FieldMap.of(Item.PRICE, Money.of("1.00", "EUR")));
        List<Outcome> outcomes =
                absorb(merchants, merchant, webhook(1, "e1", euro), webhook(2, "e2", price("tea", "2.00", 2)));
        assertThat(outcomes.get(0).problem()).isEqualTo(Problem.WRONG_CURRENCY);
        assertThat(outcomes.get(0).detail())
                .contains("item/tea")
                .contains("EUR")
                .contains("USD");
        assertThat(outcomes.get(1)).isEqualTo(Outcome.APPLIED);
        assertThat(absorb(merchants, merchant, webhook(1, "e1", euro))).containsExactly(outcomes.get(0));
    }

    @Test
    void letsEachOfManyConcurrentEditsWinOneRevisionOrFail() {
        MerchantId merchant = merchant(merchants, "crowd");
        RecordKey tea = RecordKey.of(Kind.ITEM, "tea");
        absorb(merchants, merchant, webhook(1, "e1", price("tea", "1.00", 1)));
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
                .filter(reply -> reply instanceof MerchantReply.Edited)
                .count();
        assertThat(won).isEqualTo(1);
        assertThat(summary(merchants, merchant).revision()).isEqualTo(revision + 1);
    }
}
