package dev.tournant.cluster.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Writing;
import dev.tournant.cluster.sync.Comparing;
import dev.tournant.cluster.sync.LinkState;
import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.Delivery;
import dev.tournant.messages.FeedPage;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantCommand.ControlLink.Action;
import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.MerchantReply.Explanation;
import dev.tournant.messages.MerchantReply.LinkReport;
import dev.tournant.messages.Position;
import dev.tournant.messages.Problem;
import dev.tournant.messages.PushOutcome;
import dev.tournant.messages.RemoteRecord;
import dev.tournant.model.Category;
import dev.tournant.model.Direction;
import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Hours;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.Money;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.PartnerName;
import dev.tournant.model.Placement;
import dev.tournant.model.Presence;
import dev.tournant.model.PriceChange;
import dev.tournant.model.Projection;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.Stamp;
import dev.tournant.model.Store;
import dev.tournant.model.Tax;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What support staff is told, after things as they happen. */
class LinkQueriesTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final LinkId TILL = new LinkId("sq-1");
    private static final LinkId MARKET = new LinkId("dd-1");
    private static final PartnerName SQUARE = new PartnerName("square");
    private static final PartnerName DOORDASH = new PartnerName("doordash");
    private static final RecordKey TEA = RecordKey.of(Kind.ITEM, "tea");
    private static final MerchantLimits LIMITS = TestLimits.shipped();
    private static final Traits TOLD = new Traits(
            List.of(), Set.of(Capability.WRITE_CATALOGUE), Optional.of(Writing.Scope.WHOLE), Optional.empty());
    private static final Map<PartnerName, Traits> PARTNERS =
            Map.of(SQUARE, Traits.reading(List.of("catalog")), DOORDASH, TOLD);
    private static final MerchantRules RULES = new MerchantRules(LIMITS, PARTNERS);
    private static final Projection DEARER =
            new Projection(List.of(), List.of(), List.of(PriceChange.percent("10")), List.of());

    private MerchantState state = MerchantState.EMPTY;
    private int offset;
    private String withheld = "";
    private Set<Field<?>> readOnly = Set.of();
    private Set<Capability> can = TOLD.can();

    private MerchantReply tell(MerchantCommand command) {
        Decision decision = RULES.decide(state, command);
        state = decision.after();
        return decision.reply();
    }

    private MerchantReply ask(MerchantQuery query) {
        Traits withholding = new Traits(
                TOLD.resources(),
                can,
                TOLD.scope(),
                TOLD.jobs(),
                TOLD.madeIn(),
                readOnly,
                FieldMap.EMPTY,
                (key, shown, now) -> withheld.isEmpty() ? Optional.empty() : Optional.of(withheld));
        Map<PartnerName, Traits> partners = new HashMap<>(PARTNERS);
        partners.put(DOORDASH, withholding);
        return MerchantQueries.answer(state, query, partners, 1_000_000, NOW);
    }

    private LinkReport market() {
        return (LinkReport) ask(new MerchantQuery.OneLink(MARKET, NOW));
    }

    private Explanation why(@Nullable String field, @Nullable LinkId link) {
        return (Explanation) ask(new MerchantQuery.Explain(TEA, field, link, NOW));
    }

    private void begin(Projection projection) {
        Link till = new Link(TILL, SQUARE, "M1", "L1", "main");
        Link market = new Link(MARKET, DOORDASH, "P1", "S1", "main").with(Direction.WRITE, projection);
        tell(new MerchantCommand.SetProfile(
                new MerchantProfile("Grill", Currency.getInstance("USD"), ZoneId.of("UTC"), List.of(till, market)),
                null,
                "r",
                NOW));
        till(
                1,
                FieldMap.builder(Kind.ITEM)
                        .set(Item.NAME, "Tea")
                        .set(Item.PRICE, Money.of("2.00", "USD"))
                        .set(Item.STATUS, SaleStatus.FOR_SALE)
                        .build());
    }

    /** The till says something, in a page that is its last. */
    private void till(long version, FieldMap fields) {
        till(TEA, version, fields);
    }

    private void till(RecordKey key, long version, FieldMap fields) {
        till(RecordDelta.set(key, Stamp.at(NOW.plusSeconds(version)), version, fields));
    }

    private void till(RecordDelta said) {
        long version = said.version();
        offset++;
        tell(new MerchantCommand.Absorb(
                List.of(new Delivery(
                        new Position("t", 0, offset),
                        TILL,
                        List.of(new PartnerEvent("e" + version, List.of(said), List.of())),
                        new FeedPage("catalog", offset, true, "u"))),
                NOW.plusSeconds(version)));
    }

    /** The market took what it should show of the tea. */
    private void pushed(PushOutcome outcome, FieldMap fields) {
        RecordDelta told = RecordDelta.set(TEA, Stamp.at(NOW.plusSeconds(5)), 0, fields);
        tell(new MerchantCommand.TakePush(
                MARKET,
                List.of(new MerchantCommand.Settled(
                        TEA,
                        outcome,
                        new Comparing(TOLD, LinkState.of(MARKET), Map.of(TEA, fields), key -> null)
                                .fingerprint(TEA, fields))),
                outcome.kind() == PushOutcome.Kind.DONE ? List.of(told) : List.of(),
                List.of(),
                "",
                NOW.plusSeconds(5)));
        boolean inStep = market().pendingCount() == 0;
        tell(new MerchantCommand.NoteStep(MARKET, inStep, null, List.of(), NOW.plusSeconds(6)));
    }

    private static FieldMap tea(String price, SaleStatus status) {
        return FieldMap.builder(Kind.ITEM)
                .set(Item.NAME, "Tea")
                .set(Item.PRICE, Money.of(price, "USD"))
                .set(Item.STATUS, status)
                .build();
    }

    @Test
    void saysWhoTookAnItemOffSale() {
        begin(Projection.ALL);
        till(2, FieldMap.of(Item.STATUS, SaleStatus.PAUSED));
        String decided = "; status was set by sq-1 at 2026-06-01T12:00:02Z in event e2 (rule: strictest)";
        assertThat(why(null, null).answer()).isEqualTo("item/tea (Tea) cannot be ordered: paused" + decided);
        assertThat(why(null, MARKET).answer()).isEqualTo("item/tea (Tea) is not on dd-1 yet");
        assertThat(why(null, MARKET).next()).isEqualTo("dd-1 is behind: 1 record still to be told");

        pushed(PushOutcome.DONE, tea("2.00", SaleStatus.FOR_SALE));
        assertThat(why(null, MARKET).answer())
                .isEqualTo("item/tea (Tea) shows status for-sale on dd-1 and should show paused" + decided);
        assertThat(market().pending()).containsExactly("item/tea: status");

        pushed(PushOutcome.DONE, tea("2.00", SaleStatus.PAUSED));
        Explanation inStep = why(null, MARKET);
        assertThat(inStep.answer()).isEqualTo("item/tea (Tea) cannot be ordered on dd-1: paused" + decided);
        assertThat(inStep.next()).isEqualTo("nothing: dd-1 shows what it should");
        assertThat(inStep.fields()).singleElement().satisfies(status -> {
            assertThat(status.desired()).isEqualTo("paused");
            assertThat(status.reported()).satisfies(reported -> {
                assertThat(reported.told()).isTrue();
                assertThat(reported.value()).isEqualTo("paused");
            });
        });
        assertThat(market().state()).isEqualTo("in-step");
        assertThat(market().since()).isEqualTo(NOW.plusSeconds(6));
    }

    @Test
    void saysWhichVariationKeepsADishOff() {
        begin(Projection.ALL);
        RecordKey cup = variation("cup", SaleStatus.FOR_SALE, 2);
        RecordKey pot = variation("pot", SaleStatus.PAUSED, 3);
        assertThat(why(null, null).answer()).as("the cup can be ordered").isEqualTo("item/tea (Tea) is for sale");
        variation("cup", SaleStatus.OFF, 4);
        assertThat(why(null, null).answer())
                .isEqualTo("item/tea (Tea) cannot be ordered, as no variation of it can: item/cup (cup) cannot be"
                        + " ordered: off sale; status was set by sq-1 at 2026-06-01T12:00:04Z in event e4"
                        + " (rule: strictest)");
        assertThat(why(null, null).fields())
                .extracting(MerchantReply.FieldStory::field)
                .contains("status");
        assertThat(why(null, MARKET).answer()).isEqualTo("item/tea (Tea) is not on dd-1 yet");
        tell(new MerchantCommand.TakePush(
                MARKET,
                List.of(),
                List.of(),
                List.of(
                        new RemoteRecord(TEA, TEA.id(), 0, null),
                        new RemoteRecord(cup, cup.id(), 0, null),
                        new RemoteRecord(pot, pot.id(), 0, null)),
                null,
                NOW));
        assertThat(why(null, MARKET).answer())
                .contains("cannot be ordered on dd-1")
                .contains("event e4");
    }

    /** A name that is read only there is left as it is, and no reason for anything to be done. */
    @Test
    void saysWhatCanOnlyBeReadThere() {
        begin(Projection.ALL);
        pushed(PushOutcome.DONE, tea("2.00", SaleStatus.FOR_SALE));
        assertThat(market().pendingCount()).isZero();
        till(2, FieldMap.of(Item.NAME, "Green tea"));
        assertThat(market().pendingCount()).as("where names can be told").isEqualTo(1);
        readOnly = Set.of(Item.NAME);
        assertThat(market().pendingCount()).isZero();
        assertThat(why("name", MARKET).answer()).endsWith(", which is read-only there and not told");
        assertThat(why("name", MARKET).next()).isEqualTo("nothing: name is read-only at this partner, not told");
        assertThat(why(null, MARKET).answer()).isEqualTo("item/tea (Green tea) is for sale on dd-1");
        assertThat(why(null, MARKET).fields())
                .extracting(MerchantReply.FieldStory::field)
                .contains("name");
        assertThat(why(null, MARKET).next()).isEqualTo("nothing: name is read-only at this partner, not told");
        till(3, FieldMap.of(Item.NAME, "Tea"));
        assertThat(why("name", MARKET).next()).isEqualTo("nothing: dd-1 shows what it should");
    }

    /** A dish may be off on a channel for what it asks for, whatever it says itself: only the adapter knows. */
    @Test
    void saysWhatTheChannelKeepsOffThoughItIsForSale() {
        begin(Projection.ALL);
        pushed(PushOutcome.DONE, tea("2.00", SaleStatus.FOR_SALE));
        assertThat(why(null, MARKET).answer()).isEqualTo("item/tea (Tea) is for sale on dd-1");
        withheld = "nothing that it asks for can be chosen";
        assertThat(why(null, MARKET).answer())
                .isEqualTo("item/tea (Tea) cannot be ordered on dd-1, though it is for sale itself: " + withheld);
        assertThat(why("status", MARKET).answer()).endsWith("; it cannot be ordered there, as " + withheld);
        assertThat(why(null, null).answer()).isEqualTo("item/tea (Tea) is for sale");
        till(2, FieldMap.of(Item.STATUS, SaleStatus.PAUSED));
        pushed(PushOutcome.DONE, tea("2.00", SaleStatus.PAUSED));
        assertThat(why(null, MARKET).answer()).as("its own reason first").contains("cannot be ordered on dd-1: paused");
    }

    @Test
    void whatWasRefusedBeforeItChangedIsNoReasonAnyMore() {
        begin(Projection.ALL);
        pushed(PushOutcome.givenUp("NAME_TOO_SHORT", "4 at least"), tea("2.00", SaleStatus.FOR_SALE));
        assertThat(why(null, MARKET).answer()).contains("NAME_TOO_SHORT");
        till(2, FieldMap.of(Item.NAME, "Green tea"));
        assertThat(why(null, MARKET).answer()).isEqualTo("item/tea (Green tea) is not on dd-1 yet");
        till(3, FieldMap.of(Item.NAME, "Tea"));
        assertThat(why(null, MARKET).answer()).as("and is one again").contains("NAME_TOO_SHORT");
    }

    private RecordKey variation(String id, SaleStatus status, long version) {
        RecordKey key = RecordKey.of(Kind.ITEM, id);
        till(
                key,
                version,
                FieldMap.builder(Kind.ITEM)
                        .set(Item.NAME, id)
                        .set(Item.VARIATION_OF, new Placement(TEA.id(), 0))
                        .set(Item.STATUS, status)
                        .build());
        return key;
    }

    @Test
    void saysThatAPauseIsOver() {
        begin(Projection.ALL);
        till(
                2,
                FieldMap.builder(Kind.ITEM)
                        .set(Item.STATUS, SaleStatus.PAUSED)
                        .set(Item.UNTIL, NOW.minusSeconds(1))
                        .build());
        assertThat(why("status", MARKET).answer()).contains("; dd-1 should show for-sale, as its pause is over; ");
        assertThat(why("until", MARKET).answer()).contains("; dd-1 should show nothing, as its pause is over; ");
        assertThat(why("name", MARKET).fields())
                .extracting(MerchantReply.FieldStory::because)
                .containsExactly("");
    }

    @Test
    void saysOfEachFieldOfARefusedRecordWhyAndWhatToDo() {
        begin(Projection.ALL);
        pushed(PushOutcome.givenUp("NAME_TOO_SHORT", "4 at least"), tea("2.00", SaleStatus.FOR_SALE));
        String todo = "change it, or POST .../links/dd-1/resync to try it again as it is";
        assertThat(why("price", MARKET).answer())
                .endsWith("; the partner will not have it, NAME_TOO_SHORT: 4 at least");
        assertThat(why("price", MARKET).next()).isEqualTo(todo);
        assertThat(why(null, MARKET).next()).isEqualTo(todo);
    }

    @Test
    void promisesNothingOfWhatThePartnerIsNeverTold() {
        can = Set.of(Capability.WRITE_STOCK);
        begin(Projection.ALL);
        assertThat(why(null, MARKET).answer()).isEqualTo("item/tea (Tea) is not on dd-1: doordash takes none from us");
        assertThat(why(null, MARKET).next()).isEqualTo("nothing: doordash takes none from us");
    }

    @Test
    void namesWhoDecidedOnlyWhereThatIsTheReason() {
        begin(Projection.ALL);
        till(
                2,
                FieldMap.builder(Kind.ITEM)
                        .set(Item.STOCK_TRACKED, true)
                        .set(Item.QUANTITY, BigDecimal.TEN)
                        .build());
        closed(3);
        assertThat(why(null, null).answer())
                .isEqualTo("item/tea (Tea) cannot be ordered: store/store: outside its hours");
        till(4, FieldMap.of(Item.QUANTITY, BigDecimal.ZERO));
        assertThat(why(null, null).answer())
                .startsWith("item/tea (Tea) cannot be ordered: out of stock; quantity was set by sq-1");
    }

    @Test
    void speaksOfEachKindInItsOwnWords() {
        begin(Projection.ALL);
        closed(2);
        till(RecordKey.of(Kind.TAX, "t"), 3, FieldMap.of(Tax.NAME, "Sales"));
        till(RecordKey.of(Kind.CATEGORY, "c"), 4, FieldMap.of(Category.NAME, "Drinks"));
        assertThat(answer(RecordKey.of(Kind.TAX, "t"), TILL)).isEqualTo("tax/t (Sales) is as it should be on sq-1");
        assertThat(answer(RecordKey.of(Kind.TAX, "t"), null)).isEqualTo("tax/t (Sales) is there");
        assertThat(answer(RecordKey.of(Kind.CATEGORY, "c"), null))
                .isEqualTo("category/c (Drinks) is not offered now: store/store: outside its hours");
        assertThat(answer(RecordKey.of(Kind.STORE, "store"), null))
                .isEqualTo("store/store takes no orders: outside its hours");
    }

    private String answer(RecordKey key, @Nullable LinkId link) {
        return ((Explanation) ask(new MerchantQuery.Explain(key, null, link, NOW))).answer();
    }

    private void closed(long version) {
        till(RecordKey.of(Kind.STORE, "store"), version, FieldMap.of(Store.HOURS, Hours.weekly()));
    }

    @Test
    void saysWhyAPriceIsAnotherOnTheChannel() {
        begin(DEARER);
        assertThat(why("price", MARKET).answer())
                .isEqualTo("item/tea (Tea) has the price 2.00 USD, set by sq-1 at 2026-06-01T12:00:01Z in event e1"
                        + " (rule: owner sq-1); dd-1 should show 2.20 USD, as prices[0] of the link's projection"
                        + " changes it; what dd-1 shows is not known");
        pushed(PushOutcome.DONE, tea("2.20", SaleStatus.FOR_SALE));
        assertThat(why("price", MARKET).answer())
                .endsWith("; dd-1 shows 2.20 USD, as it was told at 2026-06-01T12:00:05Z");
        assertThat(why("sku", MARKET).answer()).startsWith("item/tea (Tea) has no sku");
    }

    @Test
    void saysWhatIsLeftOut() {
        begin(new Projection(List.of(), List.of(TEA), List.of(), List.of()));
        assertThat(why(null, MARKET).answer())
                .isEqualTo("item/tea (Tea) is not shown on dd-1: without[0] of the link's projection leaves it out");
        assertThat(market().pendingCount()).isZero();
    }

    @Test
    void saysWhatAPartnerRefused() {
        begin(Projection.ALL);
        pushed(PushOutcome.givenUp("NAME_TOO_SHORT", "4 at least"), tea("2.00", SaleStatus.FOR_SALE));
        assertThat(market().quarantined()).singleElement().satisfies(each -> {
            assertThat(each.key()).isEqualTo(TEA);
            assertThat(each.code()).isEqualTo("NAME_TOO_SHORT");
        });
        assertThat(market().what()).startsWith("it shows what it should, but for 1 record that the partner will not");
        assertThat(why(null, MARKET).answer())
                .isEqualTo("item/tea (Tea) is not on dd-1 as it should be: the partner will not have it,"
                        + " NAME_TOO_SHORT: 4 at least");
        till(2, FieldMap.of(Item.NAME, "Green tea"));
        assertThat(market().pending()).as("another value is tried").containsExactly("item/tea: name, price, status");
    }

    @Test
    void saysWhatAPartnerWillNotTakeAway() {
        begin(Projection.ALL);
        pushed(PushOutcome.DONE, tea("2.00", SaleStatus.FOR_SALE));
        till(RecordDelta.deleted(TEA, Stamp.at(NOW.plusSeconds(2)), 2, Presence.TOMBSTONE));
        tell(new MerchantCommand.TakePush(
                MARKET,
                List.of(new MerchantCommand.Settled(TEA, PushOutcome.givenUp("in-use", "an order has it"), "")),
                List.of(),
                List.of(),
                null,
                NOW.plusSeconds(9)));
        assertThat(market().quarantined())
                .singleElement()
                .satisfies(each -> assertThat(each.why())
                        .isEqualTo(
                                "an order has it; it should not be there any more; it is tried again by itself, less and"
                                        + " less often, once so far"));
        assertThat(market().what()).endsWith("; 1 of them will be tried again without that");
        assertThat(why(null, MARKET).answer())
                .startsWith("item/tea was deleted by sq-1")
                .contains(", and is still on dd-1: the partner will not take it away, in-use: an order has it");
    }

    @Test
    void saysThatAnOperatorPausedIt() {
        begin(Projection.ALL);
        tell(new MerchantCommand.ControlLink(MARKET, Action.PAUSE, "r", NOW));
        assertThat(market().state()).isEqualTo("paused");
        assertThat(why("price", MARKET).next()).startsWith("dd-1 is paused: an operator paused it");
        tell(new MerchantCommand.ControlLink(null, Action.RESUME, "r", NOW));
        assertThat(market().state()).isEqualTo("behind");
    }

    @Test
    void saysThatAPartnerFailsAndThatItDoesNoMore() {
        begin(Projection.ALL);
        pushed(PushOutcome.DONE, tea("2.00", SaleStatus.FOR_SALE));
        till(2, FieldMap.of(Item.NAME, "Green tea"));
        came(PushOutcome.later(Duration.ZERO, "HTTP 503"), 10);
        tell(new MerchantCommand.NoteStep(MARKET, false, "no connection", List.of(), NOW.plusSeconds(20)));
        assertThat(market().state()).isEqualTo("failing");
        assertThat(market().since()).as("since the first").isEqualTo(NOW.plusSeconds(10));
        assertThat(market().what())
                .startsWith("HTTP 503; it is tried again by itself")
                .endsWith("2 times so far");
        assertThat(market().pending()).containsExactly("item/tea: name");
        assertThat(why("name", MARKET).next()).startsWith("dd-1 is failing: HTTP 503");

        pushed(PushOutcome.DONE, greenTea());
        assertThat(market().state()).isEqualTo("in-step");
        assertThat(market().what()).isEqualTo("it shows what it should");
        came(PushOutcome.later(Duration.ZERO, "HTTP 500"), 30);
        assertThat(market().what()).as("counted anew").startsWith("HTTP 500").endsWith(", once so far");
    }

    @Test
    void saysThatAPartnerWantsNewAuthorisationAndThatItHasIt() {
        begin(Projection.ALL);
        pushed(PushOutcome.DONE, tea("2.00", SaleStatus.FOR_SALE));
        till(2, FieldMap.of(Item.NAME, "Green tea"));
        came(PushOutcome.later(Duration.ZERO, "HTTP 503"), 10);
        came(PushOutcome.needsAuthorisation("HTTP 401: the token was revoked"), 12);
        assertThat(market().state()).isEqualTo("needs-authorisation");
        assertThat(market().since()).isEqualTo(NOW.plusSeconds(12));
        assertThat(market().what())
                .isEqualTo("the partner wants access to be granted again: HTTP 401: the token was revoked;"
                        + " renew the credentials \"main\"");
        tell(new MerchantCommand.NoteStep(MARKET, false, "broke off", List.of(), NOW.plusSeconds(13)));
        assertThat(market().state()).as("what there is to do").isEqualTo("needs-authorisation");

        pushed(PushOutcome.DONE, greenTea());
        assertThat(market().state()).isEqualTo("in-step");
    }

    @Test
    void isNotInStepWithWhatItCouldNotBeTold() {
        begin(Projection.ALL);
        pushed(PushOutcome.DONE, tea("2.00", SaleStatus.FOR_SALE));
        came(PushOutcome.needsAuthorisation("HTTP 401"), 10);
        assertThat(market().state()).isEqualTo("needs-authorisation");
        tell(new MerchantCommand.NoteStep(MARKET, true, null, List.of(), NOW.plusSeconds(20)));
        assertThat(market().state()).as("nothing is left to be told").isEqualTo("in-step");
        assertThat(market().since()).isEqualTo(NOW.plusSeconds(20));
    }

    /** The market did not take it. */
    private void came(PushOutcome outcome, int second) {
        tell(new MerchantCommand.TakePush(
                MARKET,
                List.of(new MerchantCommand.Settled(TEA, outcome, "f")),
                List.of(),
                List.of(),
                null,
                NOW.plusSeconds(second)));
    }

    private static FieldMap greenTea() {
        return FieldMap.of(Item.NAME, "Green tea");
    }

    @Test
    void namesAnOperatorAsSuch() {
        begin(Projection.ALL);
        RecordDelta edit = RecordDelta.set(TEA, Stamp.ZERO, 0, FieldMap.of(Item.NAME, "Chai"));
        tell(new MerchantCommand.EditRecord(edit, state.records().get(TEA).revision(), "r7", NOW.plusSeconds(9)));
        Explanation name = why("name", TILL);
        assertThat(name.answer())
                .startsWith("item/tea (Chai) has the name Chai, set by an operator at 2026-06-01T12:00:09Z"
                        + " in request r7 (rule: owner sq-1)");
        assertThat(name.fields().get(0).overruled())
                .extracting(MerchantReply.Said::value)
                .containsExactly("Tea");
    }

    @Test
    void refusesWhatNobodyKnows() {
        begin(Projection.ALL);
        assertThat(problem(new MerchantQuery.Explain(TEA, "colour", null, NOW))).isEqualTo(Problem.INVALID_VALUE);
        assertThat(problem(new MerchantQuery.Explain(TEA, null, new LinkId("x"), NOW)))
                .isEqualTo(Problem.UNKNOWN_LINK);
        assertThat(problem(new MerchantQuery.Explain(RecordKey.of(Kind.ITEM, "x"), null, null, NOW)))
                .isEqualTo(Problem.UNKNOWN_RECORD);
        assertThat(ask(new MerchantQuery.Conflicts())).isEqualTo(new MerchantReply.Conflicts(List.of()));
    }

    private Problem problem(MerchantQuery query) {
        return ((MerchantReply.Rejected) ask(query)).problem();
    }
}
