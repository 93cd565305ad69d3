package dev.tournant.cluster.merchant;

import static dev.tournant.cluster.merchant.Histories.ONE;
import static dev.tournant.cluster.merchant.Histories.TEA;
import static dev.tournant.cluster.merchant.Histories.TWO;
import static dev.tournant.cluster.merchant.Histories.at;
import static dev.tournant.cluster.merchant.Histories.named;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.messages.Delivery;
import dev.tournant.messages.FeedPage;
import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.MerchantReply.Rehearsal;
import dev.tournant.messages.MerchantReply.Would;
import dev.tournant.messages.Outcome;
import dev.tournant.messages.Position;
import dev.tournant.messages.Problem;
import dev.tournant.messages.Tally;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Money;
import dev.tournant.model.Presence;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.Stamp;
import dev.tournant.persistence.FeedState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What comes a second time on purpose, and what would become of it. */
class ReplayedTest {
    private final Histories lived = new Histories();

    private static Outcome outcome(Decision decision) {
        return ((MerchantReply.Absorbed) decision.reply()).outcomes().get(0);
    }

    private String name() {
        return Objects.requireNonNull(lived.state().records().get(TEA))
                .get(Item.NAME)
                .orElseThrow();
    }

    private Rehearsal rehearse(Delivery... deliveries) {
        MerchantState before = lived.state();
        MerchantReply reply = new Rehearsing(Histories.LIMITS, Histories.PARTNERS)
                .of(before, new MerchantQuery.Rehearse(elsewhere(List.of(deliveries)), at(99)));
        assertThat(lived.state()).isSameAs(before);
        return (Rehearsal) reply;
    }

    @Test
    void aCorrectedReadingOfTheSameStatementTakesTheOldOnesPlace() {
        lived.absorb(lived.says(ONE, "e1", named("tea", 1, "T?a")));
        assertThat(outcome(lived.absorb(lived.says(ONE, "e1", named("tea", 1, "Tea")))))
                .isEqualTo(Outcome.DUPLICATE);

        Decision again = lived.absorb(lived.saysAgain(ONE, "e1", named("tea", 1, "Tea")));

        assertThat(outcome(again)).isEqualTo(Outcome.APPLIED);
        assertThat(name()).isEqualTo("Tea");
        assertThat(lived.state().tally()).isEqualTo(new Tally(2, 1, 0));
    }

    @Test
    void anOlderStatementLosesAgainWhenItIsReadAgain() {
        lived.absorb(lived.says(ONE, "e1", named("tea", 1, "Tea")));
        lived.absorb(lived.says(ONE, "e2", named("tea", 2, "Green tea")));
        long revision = lived.state().revision();
        lived.absorb(lived.saysAgain(ONE, "e1", named("tea", 1, "Other tea")));
        lived.absorb(lived.saysAgain(ONE, "e2", named("tea", 2, "Green tea")));
        assertThat(name()).isEqualTo("Green tea");
        assertThat(lived.state().revision()).isEqualTo(revision);
    }

    @Test
    void anOffsetCountsOnceAlsoOfAReplay() {
        Delivery again = lived.saysAgain(ONE, "e1", named("tea", 1, "Tea"));
        assertThat(outcome(lived.absorb(again))).isEqualTo(Outcome.APPLIED);
        assertThat(outcome(lived.absorb(again))).isEqualTo(Outcome.REDELIVERED);
        assertThat(lived.state().tally().total()).isEqualTo(1);
    }

    @Test
    void leavesTheKnownEventsAsTheyAre() {
        lived.absorb(lived.says(ONE, "e1", named("tea", 1, "Tea")));
        Seen before = lived.state().seen();
        lived.absorb(
                lived.saysAgain(ONE, "e1", named("tea", 1, "Tea")), lived.saysAgain(ONE, "e0", named("tea", 1, "Tea")));
        assertThat(lived.state().seen()).isEqualTo(before);
    }

    @Test
    void movesNoFeedHoweverNewThePageLooks() {
        FeedState before = Objects.requireNonNull(lived.state().feeds().get(MerchantState.feedKey(ONE, "catalog")));
        lived.absorb(lived.delivery(ONE, "", new FeedPage("catalog", 7, true, "T7"), true, named("tea", 1, "Tea")));
        FeedState after = Objects.requireNonNull(lived.state().feeds().get(MerchantState.feedKey(ONE, "catalog")));
        assertThat(after.done()).isEqualTo(before.done());
        assertThat(after.cursor()).isEqualTo(before.cursor());
        assertThat(name()).isEqualTo("Tea");
    }

    @Test
    void saysNothingOfWhetherALinkStillShowsWhatWasDeletedSince() {
        lived.absorb(lived.says(ONE, "e1", named("tea", 1, "Tea")));
        lived.absorb(lived.says(TWO, "f1", named("tea", 2, "Tea")));
        lived.absorb(lived.says(TWO, "f2", gone("tea", 4)));
        lived.absorb(lived.says(ONE, "e2", gone("tea", 5)));
        assertThat(Objects.requireNonNull(lived.state().records().get(TEA)).isPresent())
                .isFalse();
        MerchantState before = lived.state();

        lived.absorb(lived.saysAgain(TWO, "f1", named("tea", 2, "Tea")));

        assertThat(lived.state().link(TWO)).isEqualTo(before.link(TWO));
        assertThat(lived.state().records()).isEqualTo(before.records());
    }

    @Test
    void bringsBackWhatWasTakenForADeletion() {
        lived.absorb(lived.says(ONE, "e1", named("tea", 1, "Tea")));
        lived.absorb(lived.says(TWO, "f1", named("tea", 2, "Tea")));
        lived.absorb(lived.says(ONE, "e2", gone("tea", 5)));
        lived.absorb(lived.saysAgain(ONE, "e2", named("tea", 5, "Green tea")));
        assertThat(name()).isEqualTo("Green tea");
    }

    private static RecordDelta gone(String item, long version) {
        return RecordDelta.deleted(named(item, version, "").key(), Stamp.at(at(version)), version, Presence.TOMBSTONE);
    }

    @Test
    void showsFieldByFieldWhatWouldChange() {
        lived.absorb(lived.says(ONE, "e1", named("tea", 1, "T?a"), named("cake", 1, "Cake"), named("soup", 1, "Soup")));
        RecordDelta gone = gone("soup", 2);
        RecordDelta foreign = RecordDelta.set(
                named("euro", 1, "").key(), Stamp.at(at(1)), 1, FieldMap.of(Item.PRICE, Money.of("1", "EUR")));

        Rehearsal would = rehearse(
                lived.saysAgain(ONE, "e1", named("tea", 1, "Tea"), named("cake", 1, "Cake")),
                lived.saysAgain(ONE, "e2", gone, named("bun", 1, "Bun")),
                lived.saysAgain(ONE, "e3", foreign));

        assertThat(would.changed())
                .containsExactly(
                        new Would(null, set("bun", "Bun")),
                        new Would(set("soup", "Soup"), gone),
                        new Would(set("tea", "T?a"), set("tea", "Tea")));
        assertThat(would.changedCount()).isEqualTo(3);
        assertThat(would.tally()).isEqualTo(new Tally(2, 0, 1));
        assertThat(would.unable()).singleElement().satisfies(each -> {
            assertThat(each.problem()).isEqualTo(Problem.WRONG_CURRENCY);
            assertThat(each.position().offset()).isEqualTo(3);
        });
    }

    private static RecordDelta set(String item, String name) {
        return RecordDelta.set(named(item, 0, name).key(), Stamp.ZERO, 0, FieldMap.of(Item.NAME, name));
    }

    @Test
    void countsMoreThanItShows() {
        RecordDelta[] many = new RecordDelta[Rehearsal.RECORDS_MAX + 7];
        for (int i = 0; i < many.length; i++) {
            many[i] = named("i" + i, 1, "Item " + i);
        }
        Rehearsal would = rehearse(lived.saysAgain(ONE, "e1", many));
        assertThat(would.changed()).hasSize(Rehearsal.RECORDS_MAX);
        assertThat(would.changedCount()).isEqualTo(many.length);
    }

    @Property(tries = 200)
    void whatIsRehearsedIsWhatHappens(@ForAll @Size(max = 30) List<@IntRange(min = 0, max = 200) Integer> steps) {
        Histories other = new Histories();
        List<Delivery> again = new ArrayList<>();
        for (int step : steps) {
            RecordDelta first = named("i" + step % 4, 1 + step % 5, "n" + step);
            RecordDelta corrected = named("i" + step % 4, 1 + step % 5, "n" + step % 50);
            other.absorb(other.says(step % 2 == 0 ? ONE : TWO, "e" + step, first));
            again.add(other.saysAgain(step % 2 == 0 ? ONE : TWO, "e" + step, corrected));
        }
        Rehearsal would = (Rehearsal) new Rehearsing(Histories.LIMITS, Histories.PARTNERS)
                .of(other.state(), new MerchantQuery.Rehearse(elsewhere(again), at(99)));
        MerchantState before = other.state();
        for (int i = 0; i < again.size(); i++) {
            Delivery put = other.saysAgain(
                    again.get(i).link(),
                    again.get(i).events().get(0).id(),
                    again.get(i).events().get(0).deltas().get(0));
            other.absorb(put);
        }
        List<Would> happened = new ArrayList<>();
        other.state()
                .records()
                .all()
                .forEach(after -> Rehearsing.difference(before.records().get(after.key()), after)
                        .ifPresent(happened::add));
        assertThat(would.changed()).isEqualTo(happened);
    }

    private static List<Delivery> elsewhere(List<Delivery> deliveries) {
        return deliveries.stream()
                .map(each -> new Delivery(
                        new Position("rehearsal", 0, each.position().offset()),
                        each.link(),
                        each.events(),
                        null,
                        "",
                        List.of(),
                        List.of(),
                        null,
                        true,
                        List.of(),
                        null))
                .toList();
    }
}
