package dev.tournant.cluster.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.Delivery;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantCommand.Settled;
import dev.tournant.messages.Position;
import dev.tournant.messages.PushOutcome;
import dev.tournant.model.Direction;
import dev.tournant.model.FieldGroup;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.Money;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.PartnerName;
import dev.tournant.model.Presence;
import dev.tournant.model.Projection;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.Stamp;
import dev.tournant.model.SyncRule;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An item that is deleted at the till and still shown at the bar, which nobody can tell to take it away. */
class BroughtBackTest {
    private static final Instant BEGIN = Instant.parse("2026-06-01T12:00:00Z");
    private static final RecordKey TEA = RecordKey.of(Kind.ITEM, "tea");
    private static final LinkId BAR = new LinkId("ba-1");
    private static final LinkId TILL = new LinkId("ti-1");
    private static final Traits READING = Traits.reading(List.of("menu"));
    private static final PartnerName POS = new PartnerName("pos");
    private static final MerchantRules RULES = new MerchantRules(SweepTest.LIMITS, Map.of(POS, READING));

    private MerchantState state = MerchantState.EMPTY;
    private int offset;

    @BeforeEach
    void anItemOfTheBars() {
        ruled(SyncRule.Common.LATEST);
        says(BAR, set(1, price("2.00").with(FieldMap.of(Item.NAME, "Tea"))));
    }

    private void ruled(SyncRule rule) {
        List<Link> links = List.of(link(BAR), link(TILL));
        tell(new MerchantCommand.SetProfile(
                new MerchantProfile(
                        "Grill",
                        Currency.getInstance("USD"),
                        ZoneId.of("UTC"),
                        links,
                        Map.of(FieldGroup.CATALOGUE, rule, FieldGroup.PRICES, rule)),
                null,
                "r",
                BEGIN));
    }

    /** Two of one account: what they call alike is the same. */
    private static Link link(LinkId id) {
        return new Link(id, POS, "A", "L", "main").with(Direction.READ, Projection.ALL);
    }

    private void tell(MerchantCommand command) {
        // As it is after a restart.
        state = MerchantState.of(RULES.decide(state, command).after().snapshot());
    }

    private void says(LinkId link, RecordDelta said) {
        offset++;
        Instant now = BEGIN.plusSeconds(3_600);
        tell(new MerchantCommand.Absorb(
                List.of(new Delivery(
                        new Position("t", 0, offset),
                        link,
                        List.of(new PartnerEvent("e" + offset, List.of(said), List.of())),
                        null,
                        "",
                        List.of(),
                        List.of(),
                        now)),
                now));
    }

    private static Stamp at(int second) {
        return Stamp.at(BEGIN.plusSeconds(second));
    }

    private static RecordDelta set(int second, FieldMap fields) {
        return RecordDelta.set(TEA, at(second), 0, fields);
    }

    private static RecordDelta deleted(int second) {
        return RecordDelta.deleted(TEA, at(second), 0, Presence.TOMBSTONE);
    }

    private static FieldMap price(String amount) {
        return FieldMap.of(Item.PRICE, Money.of(amount, "USD"));
    }

    private FlatRecord tea() {
        return state.records().get(TEA);
    }

    @Test
    void anEditBringsItBackWithAllThatIsSaidThere() {
        says(TILL, deleted(2));
        says(BAR, set(3, price("3.00")));
        assertThat(tea().isPresent()).isTrue();
        assertThat(tea().get(Item.NAME)).contains("Tea");
        assertThat(tea().get(Item.PRICE)).contains(Money.of("3.00", "USD"));
        assertThat(state.link(BAR).counterparts()).as("all of it holds").isEmpty();
    }

    @Test
    void whatItWasToldThatStandsElsewhereIsThereStill() {
        isToldThatItIsOff();
        says(TILL, deleted(2));
        says(BAR, set(3, price("3.00")));
        assertThat(tea().get(Item.STATUS)).contains(SaleStatus.OFF);
    }

    /** Its page of stock is read later, and shows what was changed before the menu was. */
    @Test
    void untilThatIsReadToo() {
        isToldThatItIsOff();
        says(TILL, deleted(2));
        says(BAR, set(5, price("3.00")));
        says(BAR, set(4, FieldMap.of(Item.STATUS, SaleStatus.FOR_SALE)));
        assertThat(tea().get(Item.STATUS)).contains(SaleStatus.FOR_SALE);
    }

    private void isToldThatItIsOff() {
        FieldMap off = FieldMap.of(Item.STATUS, SaleStatus.OFF);
        RecordDelta edit = RecordDelta.set(TEA, Stamp.ZERO, 0, off);
        tell(new MerchantCommand.EditRecord(edit, tea().revision(), "r2", BEGIN.plusSeconds(1)));
        tell(new MerchantCommand.TakePush(
                BAR,
                List.of(new Settled(TEA, PushOutcome.DONE, "f")),
                List.of(RecordDelta.set(TEA, at(1), 0, off)),
                List.of(),
                null,
                BEGIN.plusSeconds(1)));
    }

    @Test
    void soItIsWhereTheEditWasHeardFirst() {
        says(BAR, set(3, price("3.00")));
        says(TILL, deleted(2));
        assertThat(tea().get(Item.NAME)).contains("Tea");
        assertThat(tea().get(Item.PRICE)).contains(Money.of("3.00", "USD"));
    }

    @Test
    void sayingItAgainDoesNot() {
        says(TILL, deleted(2));
        says(BAR, set(3, price("2.00")));
        says(BAR, set(4, price("2.00")));
        assertThat(tea().isPresent()).isFalse();
    }

    @Test
    void anEditFromBeforeItWasDeletedDoesNot() {
        says(TILL, deleted(4));
        says(BAR, set(3, price("3.00")));
        assertThat(tea().isPresent()).isFalse();
    }

    @Test
    void thatItIsSoldOutDoesNot() {
        says(BAR, set(1, FieldMap.of(Item.STATUS, SaleStatus.FOR_SALE)));
        says(TILL, deleted(2));
        says(BAR, set(3, FieldMap.of(Item.STATUS, SaleStatus.OFF)));
        assertThat(tea().isPresent()).isFalse();
    }

    @Test
    void anEditDoesNotWhereTheTillOwnsTheCatalogue() {
        ruled(new SyncRule.Owner(TILL));
        says(TILL, deleted(2));
        says(BAR, set(3, price("3.00")));
        assertThat(tea().isPresent()).isFalse();
    }
}
