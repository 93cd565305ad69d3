package dev.tournant.cluster.merchant;

import static dev.tournant.cluster.merchant.MerchantFixture.absorb;
import static dev.tournant.cluster.merchant.MerchantFixture.join;
import static dev.tournant.cluster.merchant.MerchantFixture.merchant;
import static dev.tournant.cluster.merchant.MerchantFixture.price;
import static dev.tournant.cluster.merchant.MerchantFixture.webhook;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tournant.cluster.LocalNode;
import dev.tournant.messages.Declined;
import dev.tournant.messages.History;
import dev.tournant.messages.History.Moment;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Problem;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.MerchantId;
import dev.tournant.model.Money;
import dev.tournant.model.RecordKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Looking back in a real journal that is longer than a window, a page and what may be folded. */
class HistoryOnCassandraTest {
    private static final RecordKey TEA = RecordKey.of(Kind.ITEM, "tea");
    /** With the profile, a row each; every third is about tea. */
    private static final int CHANGES = 45;

    private static LocalNode node;
    private static JournalHistory history;
    private static MerchantId grill;

    @BeforeAll
    static void live() {
        node = LocalNode.on(LocalNode.fresh("history"), """
                tournant.history { rows-max = 20, window-rows = 7, fold-rows-max = 30 }
                """);
        ShardedMerchants merchants = MerchantFixture.start(node);
        history = new JournalHistory(node.system(), merchants);
        grill = merchant(merchants, "grill");
        for (int i = 1; i <= CHANGES; i++) {
            absorb(merchants, grill, webhook(i, "e" + i, price(i % 3 == 0 ? "tea" : "cake-" + i % 5, i + ".00", i)));
        }
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void goesBackPageByPageToTheBeginning() {
        List<History.Entry> all = new ArrayList<>();
        History.Page page = join(history.of(grill, TEA, null, 4));
        int pages = 1;
        while (page.next() != null) {
            assertThat(page.entries()).hasSizeLessThanOrEqualTo(4);
            all.addAll(page.entries());
            page = join(history.of(grill, TEA, page.next(), 4));
            pages++;
        }
        all.addAll(page.entries());

        assertThat(all)
                .extracting(History.Entry::revision)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, CHANGES / 3)
                        .mapToObj(i -> CHANGES + 3 - 3 * i + 1)
                        .toList());
        assertThat(all).extracting(History.Entry::event).startsWith("e45", "e42", "e39");
        assertThat(page.head()).isEqualTo(CHANGES + 1);
        assertThat(pages).isGreaterThan(3);
    }

    @Test
    void looksThroughABoundedNumberOfRows() {
        RecordKey never = RecordKey.of(Kind.ITEM, "never");
        History.Page page = join(history.of(grill, never, null, 10));
        assertThat(page.entries()).isEmpty();
        assertThat(page.next()).isNotNull();
        assertThat(page.next().row()).isBetween(20L, 30L);
    }

    @Test
    void showsARecordAsItWasAfterARevisionAndAtATime() {
        assertThat(priceOf(new Moment.AfterRevision(10))).isEqualTo(Money.of("9.00", "USD"));
        assertThat(priceOf(new Moment.AfterRevision(9))).isEqualTo(Money.of("6.00", "USD"));
        assertThat(join(history.record(grill, TEA, new Moment.AfterRevision(3))).value())
                .isNull();
        Instant ninth = join(history.of(grill, TEA, new History.Place(11, 11), 1))
                .entries()
                .get(0)
                .at();
        assertThat(priceOf(new Moment.At(ninth))).isEqualTo(Money.of("9.00", "USD"));
        assertThat(join(history.record(grill, TEA, new Moment.At(Instant.EPOCH)))
                        .merchantRevision())
                .isZero();
    }

    private static Money priceOf(Moment moment) {
        FlatRecord tea = join(history.record(grill, TEA, moment)).value();
        return tea.get(Item.PRICE).orElseThrow();
    }

    @Test
    void listsWhatWasThere() {
        MerchantReply.Records first = join(history.records(grill, Kind.ITEM, null, 2, new Moment.AfterRevision(5)));
        assertThat(first.values()).extracting(each -> each.key().id().value()).containsExactly("cake-1", "cake-2");
        assertThat(first.more()).isTrue();
        assertThat(first.merchantRevision()).isEqualTo(5);
        RecordKey last = first.values().get(1).key();
        assertThat(join(history.records(grill, Kind.ITEM, last, 2, new Moment.AfterRevision(5)))
                        .values())
                .extracting(each -> each.key().id().value())
                .containsExactly("cake-4", "tea");
    }

    @Test
    void refusesWhatIsTooFarDownTheJournalAndWhatIsNotThere() {
        assertDeclined(new Moment.AfterRevision(40), Problem.JOURNAL_TOO_LONG, "30 rows");
        assertDeclined(new Moment.At(Instant.now()), Problem.JOURNAL_TOO_LONG, "row 30");
        assertDeclined(new Moment.AfterRevision(1_000), Problem.BAD_REQUEST, "the newest one is 46");
        assertThatThrownBy(() -> join(history.of(new MerchantId("nobody"), TEA, null, 1)))
                .hasCauseInstanceOf(Declined.class);
    }

    private static void assertDeclined(Moment moment, Problem problem, String words) {
        assertThatThrownBy(() -> join(history.record(grill, TEA, moment)))
                .cause()
                .isInstanceOfSatisfying(
                        Declined.class, no -> assertThat(no.problem()).isEqualTo(problem))
                .hasMessageContaining(words);
    }
}
