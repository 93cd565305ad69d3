package dev.tournant.cluster.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.Delivery;
import dev.tournant.messages.FeedPage;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Outcome;
import dev.tournant.messages.Position;
import dev.tournant.messages.Problem;
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
import dev.tournant.model.Store;
import dev.tournant.model.SyncRule;
import dev.tournant.model.Whole;
import dev.tournant.persistence.Commit;
import dev.tournant.persistence.FeedState;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The rules of a merchant: examples, and laws over generated histories. */
class MerchantRulesTest {
    private static final LinkId LINK = new LinkId("sq-1");
    private static final PartnerName SQUARE = new PartnerName("square");
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final MerchantLimits LIMITS = SweepTest.LIMITS;
    private static final MerchantRules RULES =
            new MerchantRules(LIMITS, Map.of(SQUARE, Traits.reading(List.of("catalog", "inventory"))));

    private static final MerchantCommand.SetProfile CREATE = profile("Grill", "USD");

    private static MerchantCommand.SetProfile profile(String name, String currency) {
        MerchantProfile profile = new MerchantProfile(
                name,
                Currency.getInstance(currency),
                ZoneId.of("America/New_York"),
                List.of(new Link(LINK, SQUARE, "M1", "L1", "main")));
        return new MerchantCommand.SetProfile(profile, null, "put", NOW);
    }

    private static MerchantState created() {
        return decide(MerchantState.EMPTY, CREATE).after();
    }

    private static Decision decide(MerchantState state, MerchantCommand command) {
        return RULES.decide(state, command);
    }

    private static RecordDelta named(String item, long version, String name) {
        return RecordDelta.set(
                RecordKey.of(Kind.ITEM, item), new Stamp(1_000 + version, 0), version, FieldMap.of(Item.NAME, name));
    }

    private static RecordDelta described(String item, String words) {
        return RecordDelta.set(
                RecordKey.of(Kind.ITEM, item), new Stamp(1_001, 0), 1, FieldMap.of(Item.DESCRIPTION, words));
    }

    private static RecordDelta priced(String item, long version, String currency) {
        FieldMap price = FieldMap.of(Item.PRICE, Money.of("1.00", currency));
        return RecordDelta.set(RecordKey.of(Kind.ITEM, item), new Stamp(1_000 + version, 0), version, price);
    }

    private static Delivery delivery(long offset, String event, RecordDelta... deltas) {
        return new Delivery(
                new Position("t", 0, offset), LINK, List.of(new PartnerEvent(event, List.of(deltas), List.of())), null);
    }

    private static MerchantCommand.Absorb absorb(Delivery... deliveries) {
        return new MerchantCommand.Absorb(List.of(deliveries), NOW);
    }

    private static List<Outcome> outcomes(Decision decision) {
        return ((MerchantReply.Absorbed) decision.reply()).outcomes();
    }

    private static MerchantCommand.EditRecord edit(String item, String name, long ifRevision) {
        return new MerchantCommand.EditRecord(named(item, 0, name), ifRevision, "patch", NOW);
    }

    @Test
    void createsAMerchantAndWantsEveryResourceOfItsLinks() {
        MerchantState state = created();
        assertThat(state.revision()).isEqualTo(1);
        assertThat(state.feeds().values()).allMatch(FeedState::isDue).hasSize(2);
        assertThat(decide(state, CREATE).commit().isEmpty())
                .as("saying it again changes nothing")
                .isTrue();
    }

    @Test
    void refusesALinkToAPartnerWithoutAnAdapter() {
        MerchantProfile profile = new MerchantProfile(
                "Grill",
                Currency.getInstance("USD"),
                ZoneId.of("UTC"),
                List.of(new Link(LINK, new PartnerName("nobody"), "M1", null, "main")));
        Decision decision = decide(MerchantState.EMPTY, new MerchantCommand.SetProfile(profile, null, "put", NOW));
        assertThat(decision.reply()).isInstanceOfSatisfying(MerchantReply.Rejected.class, rejected -> {
            assertThat(rejected.problem()).isEqualTo(Problem.UNKNOWN_PARTNER);
            assertThat(rejected.detail()).contains("nobody").contains("square");
        });
    }

    @Test
    void refusesALinkAsOwnerThatIsOnlyTold() {
        Link told = new Link(LINK, SQUARE, "M1", null, "main").with(Direction.WRITE, Projection.ALL);
        assertThat(owning(told).reply()).isInstanceOfSatisfying(MerchantReply.Rejected.class, rejected -> {
            assertThat(rejected.problem()).isEqualTo(Problem.INVALID_VALUE);
            assertThat(rejected.detail()).startsWith("rules.prices: the link \"" + LINK + "\" is only told");
        });
        assertThat(owning(told.with(Direction.BOTH, Projection.ALL)).reply()).isInstanceOf(MerchantReply.Done.class);
    }

    private static Decision owning(Link link) {
        MerchantProfile profile = new MerchantProfile(
                "Grill",
                Currency.getInstance("USD"),
                ZoneId.of("UTC"),
                List.of(link),
                Map.of(FieldGroup.PRICES, new SyncRule.Owner(link.id())));
        return decide(MerchantState.EMPTY, new MerchantCommand.SetProfile(profile, null, "put", NOW));
    }

    @Test
    void doesNotChangeTheCurrencyUnderExistingPrices() {
        MerchantState state = decide(created(), absorb(delivery(1, "e1", priced("tea", 1, "USD"))))
                .after();
        assertThat(decide(state, profile("Grill", "EUR")).reply())
                .isInstanceOfSatisfying(
                        MerchantReply.Rejected.class,
                        rejected -> assertThat(rejected.problem()).isEqualTo(Problem.WRONG_CURRENCY));
    }

    @Test
    void quarantinesWhatIsAddressedToNobodyAndRemembersNothingOfIt() {
        Decision decision = decide(MerchantState.EMPTY, absorb(delivery(1, "e1", named("tea", 1, "Tea"))));
        assertThat(outcomes(decision).get(0).problem()).isEqualTo(Problem.UNKNOWN_MERCHANT);
        assertThat(decision.commit().isEmpty()).isTrue();
    }

    @Test
    void ignoresAnOlderVersionThatComesLater() {
        Decision decision = decide(
                created(),
                absorb(delivery(1, "e1", named("tea", 5, "New")), delivery(2, "e2", named("tea", 4, "Old"))));
        assertThat(decision.after()
                        .records()
                        .get(RecordKey.of(Kind.ITEM, "tea"))
                        .get(Item.NAME))
                .contains("New");
        assertThat(outcomes(decision)).containsExactly(Outcome.APPLIED, Outcome.APPLIED);
        assertThat(decision.after().revision()).isEqualTo(2);
    }

    @Test
    void keepsAValueThatWasSaidAgainAgainstALateStatementFromInBetween() {
        MerchantState state = decide(
                        created(),
                        absorb(
                                delivery(1, "e1", named("tea", 1, "Tea")),
                                delivery(2, "e3", named("tea", 3, "Tea")),
                                delivery(3, "e2", named("tea", 2, "Chai"))))
                .after();
        assertThat(state.records().get(RecordKey.of(Kind.ITEM, "tea")).get(Item.NAME))
                .contains("Tea");
        assertThat(state.revision()).as("saying it again is no revision").isEqualTo(2);
    }

    /** Partners' adapters call it "store": of two, a channel would take one for the other. */
    @Test
    void hasOneStore() {
        assertThat(store("other")).isInstanceOf(MerchantReply.Rejected.class);
        assertThat(store("store")).isInstanceOf(MerchantReply.Edited.class);
        assertThat(store("other"))
                .isEqualTo(new MerchantReply.Rejected(
                        Problem.INVALID_VALUE,
                        "a merchant is one store, and its record is store/store; there can be no store/other"));
    }

    private MerchantReply store(String id) {
        RecordDelta named =
                RecordDelta.set(RecordKey.of(Kind.STORE, id), Stamp.at(NOW), 0, FieldMap.of(Store.NAME, "Downtown"));
        return decide(created(), new MerchantCommand.EditRecord(named, 0, "patch", NOW))
                .reply();
    }

    @Test
    void keepsAnOperatorsEditAgainstAnOlderStatementOfThePartner() {
        MerchantState state = decide(created(), absorb(delivery(1, "e1", named("tea", 5, "Tea"))))
                .after();
        state = decide(state, edit("tea", "House tea", state.revision())).after();
        state = decide(state, absorb(delivery(2, "e2", named("tea", 6, "Tea")))).after();
        assertThat(state.records().get(RecordKey.of(Kind.ITEM, "tea")).get(Item.NAME))
                .contains("House tea");
    }

    @Test
    void letsAnEditThatHasSeenEverythingWinAgainstAClockThatIsAhead() {
        RecordDelta future = RecordDelta.set(
                RecordKey.of(Kind.ITEM, "tea"),
                Stamp.at(Instant.parse("2099-01-01T00:00:00Z")),
                5,
                FieldMap.of(Item.NAME, "Future"));
        MerchantState state =
                decide(created(), absorb(delivery(1, "e1", future))).after();
        state = decide(state, edit("tea", "Now", state.revision())).after();
        assertThat(state.records().get(RecordKey.of(Kind.ITEM, "tea")).get(Item.NAME))
                .contains("Now");
    }

    @Test
    void answersARefusedRecordTheSameWayWhenItIsDeliveredAgain() {
        Decision first = decide(created(), absorb(delivery(1, "e1", priced("tea", 1, "EUR"))));
        Decision again = decide(first.after(), absorb(delivery(1, "e1", priced("tea", 1, "EUR"))));
        assertThat(outcomes(again)).isEqualTo(outcomes(first));
        assertThat(again.commit().isEmpty()).isTrue();
        assertThat(first.after().tally().quarantined()).isEqualTo(1);
    }

    @Test
    void appliesTheGoodPartsOfARecordAndNamesTheBadOnes() {
        Decision decision =
                decide(created(), absorb(delivery(1, "e1", priced("tea", 1, "EUR"), priced("coffee", 1, "USD"))));
        Outcome outcome = outcomes(decision).get(0);
        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.APPLIED);
        assertThat(outcome.detail()).contains("item/tea").contains("EUR");
        assertThat(decision.after().records().present()).isEqualTo(1);
    }

    @Test
    void takesNoMoreRecordsThanItsLimit() {
        RecordDelta[] many = new RecordDelta[LIMITS.recordsMax() + 3];
        for (int i = 0; i < many.length; i++) {
            many[i] = named("item-" + i, 1, "x");
        }
        Decision decision = decide(created(), absorb(delivery(1, "e1", many)));
        assertThat(decision.after().records().present()).isEqualTo(LIMITS.recordsMax());
        assertThat(outcomes(decision).get(0).problem()).isEqualTo(Problem.TOO_MANY_RECORDS);
        assertThat(decide(decision.after(), edit("one-more", "x", 0)).reply())
                .isInstanceOf(MerchantReply.Rejected.class);
    }

    @Test
    void makesSeveralRevisionsOfWhatIsTooMuchForOneMessage() {
        RecordDelta[] many = new RecordDelta[20];
        for (int i = 0; i < many.length; i++) {
            many[i] = named("item-" + i, 1, "x".repeat(200));
        }
        Decision decision = decide(created(), absorb(delivery(1, "e1", many)));
        assertThat(decision.after().records().present()).isEqualTo(many.length);
        assertThat(decision.commit().revisions()).hasSizeBetween(5, 15);
    }

    @Test
    void refusesARecordThatIsTooHeavyAndGoesOn() {
        RecordDelta heavy = RecordDelta.set(
                RecordKey.of(Kind.ITEM, "novel"),
                new Stamp(1, 0),
                1,
                FieldMap.of(Item.DESCRIPTION, "x".repeat(30_000)));
        Decision decision = decide(created(), absorb(delivery(1, "e1", heavy, named("tea", 1, "Tea"))));
        assertThat(outcomes(decision).get(0).problem()).isEqualTo(Problem.TOO_LARGE);
        assertThat(decision.after().records().present()).isEqualTo(1);
    }

    @Test
    void refusesADeliveryThatTheJournalCouldNotTakeAndGoesOn() {
        RecordDelta[] many = new RecordDelta[25];
        for (int i = 0; i < many.length; i++) {
            many[i] = described("item-" + i, "x".repeat(3_000));
        }
        MerchantState before = created();
        Decision decision = decide(before, absorb(delivery(1, "e1", many), delivery(2, "e2", named("tea", 1, "Tea"))));
        assertThat(outcomes(decision).get(0).kind()).isEqualTo(Outcome.Kind.QUARANTINED);
        assertThat(outcomes(decision).get(0).problem()).isEqualTo(Problem.TOO_LARGE);
        assertThat(outcomes(decision).get(1)).isEqualTo(Outcome.APPLIED);
        assertThat(decision.after().records().present()).isEqualTo(1);
        assertThat(decision.weight()).isBetween(1L, 1_000L);
    }

    @Test
    void takesAwayWhatACompleteSnapshotOfTheLinkDoesNotHold() {
        MerchantState known = decide(
                        created(), absorb(delivery(1, "e1", named("tea", 1, "Tea"), named("coffee", 1, "Coffee"))))
                .after();
        known = decide(known, edit("cake", "Cake", 0)).after();
        Whole items = new Whole(Kind.ITEM, new Stamp(2_000, 0), FieldMap.EMPTY);
        MerchantState after =
                decide(known, absorb(whole(2, items, named("tea", 2, "Tea")))).after();
        assertThat(presence(after, "tea")).isEqualTo(Presence.PRESENT);
        assertThat(presence(after, "coffee")).isEqualTo(Presence.ABSENT);
        assertThat(presence(after, "cake")).as("another one's").isEqualTo(Presence.PRESENT);
    }

    @Test
    void givesWhatASnapshotLeavesUnsaidItsMeaning() {
        MerchantState known = decide(
                        created(), absorb(delivery(1, "e1", named("tea", 1, "Tea"), named("coffee", 1, "Coffee"))))
                .after();
        FieldMap forSale = FieldMap.of(Item.STATUS, SaleStatus.FOR_SALE);
        FieldMap paused = FieldMap.of(Item.STATUS, SaleStatus.PAUSED);
        RecordDelta out = RecordDelta.set(RecordKey.of(Kind.ITEM, "tea"), new Stamp(2_000, 0), 0, paused);
        Whole stock = new Whole(Kind.ITEM, new Stamp(2_000, 0), forSale);
        MerchantState after = decide(known, absorb(whole(2, stock, out))).after();
        assertThat(item(after, "tea").fields().get(Item.STATUS)).isEqualTo(SaleStatus.PAUSED);
        assertThat(item(after, "coffee").fields().get(Item.STATUS)).isEqualTo(SaleStatus.FOR_SALE);
        assertThat(item(after, "coffee").fields().get(Item.NAME)).isEqualTo("Coffee");
    }

    private static Delivery whole(long offset, Whole whole, RecordDelta... deltas) {
        PartnerEvent event = new PartnerEvent("", List.of(deltas), List.of(), List.of(whole));
        return new Delivery(new Position("t", 0, offset), LINK, List.of(event), null);
    }

    private static FlatRecord item(MerchantState state, String id) {
        return Objects.requireNonNull(state.records().get(RecordKey.of(Kind.ITEM, id)));
    }

    private static Presence presence(MerchantState state, String id) {
        return item(state, id).presence();
    }

    @Test
    void remembersWhatOfADeliveryCouldNotBeRead() {
        Delivery half = new Delivery(
                new Position("t", 0, 1),
                LINK,
                List.of(new PartnerEvent("e1", List.of(named("tea", 1, "Tea")), List.of())),
                null,
                "objects[3]: must be text");
        Decision first = decide(created(), absorb(half));
        Outcome expected = Outcome.partly(Problem.UNREADABLE, "objects[3]: must be text");
        assertThat(outcomes(first)).containsExactly(expected);
        Decision again = decide(first.after(), absorb(half));
        assertThat(outcomes(again))
                .as("it comes again before it was in quarantine")
                .containsExactly(expected);
        assertThat(again.after().tally().total()).isEqualTo(1);
    }

    @Test
    void endsAPageEarlyThatWouldBeTooHeavyAndSaysThatThereIsMore() {
        RecordDelta[] many = new RecordDelta[20];
        for (int i = 0; i < many.length; i++) {
            many[i] = named("item-" + i, 1, "x".repeat(200));
        }
        MerchantState state = decide(created(), absorb(delivery(1, "e1", many))).after();
        MerchantReply.Records page = (MerchantReply.Records)
                MerchantQueries.answer(state, new MerchantQuery.Records(null, null, null, 15), Map.of(), 2_000, NOW);
        assertThat(page.values()).hasSizeBetween(2, 5);
        assertThat(page.more()).isTrue();
    }

    @Test
    void fetchesAgainWhenASignalComesDuringAFetch() {
        MerchantState state = created();
        long generation = state.feeds().get("sq-1/catalog").wanted();
        Delivery signal = new Delivery(
                new Position("t", 0, 1), LINK, List.of(new PartnerEvent("e1", List.of(), List.of("catalog"))), null);
        Delivery last = new Delivery(
                new Position("t", 0, 2),
                LINK,
                List.of(new PartnerEvent("", List.of(), List.of())),
                new FeedPage("catalog", generation, true, "T1"));
        state = decide(state, absorb(signal, last)).after();
        FeedState feed = state.feeds().get("sq-1/catalog");
        assertThat(feed.cursor()).isEqualTo("T1");
        assertThat(feed.isDue()).isTrue();
        Delivery newer = new Delivery(
                new Position("t", 0, 3),
                LINK,
                List.of(new PartnerEvent("", List.of(), List.of())),
                new FeedPage("catalog", feed.wanted(), true, "T2"));
        state = decide(state, absorb(newer)).after();
        assertThat(state.feeds().get("sq-1/catalog").isDue()).isFalse();
    }

    @Test
    void readsAllAgainThoughAReadingOfChangesWasUnderWayWhenThatWasAskedFor() {
        MerchantState state = decide(created(), absorb(whole(1, "T1", NOW))).after();
        // One that begins behind T1, as a poll does.
        long changes = state.feeds().get("sq-1/catalog").wanted();
        state = decide(
                        state,
                        new MerchantCommand.ControlLink(LINK, MerchantCommand.ControlLink.Action.RESYNC, "r", NOW))
                .after();
        state = decide(state, absorb(whole(changes, "T2", NOW.plusSeconds(1)))).after();

        FeedState feed = state.feeds().get("sq-1/catalog");
        assertThat(feed.isDue()).isTrue();
        assertThat(feed.cursor()).as("from the start").isNull();
        state = decide(state, absorb(whole(feed.wanted(), "T3", NOW.plusSeconds(2))))
                .after();
        assertThat(state.feeds().get("sq-1/catalog").cursor()).isEqualTo("T3");
        assertThat(state.feeds().get("sq-1/catalog").isDue()).isFalse();
    }

    @Test
    void movesNoCursorForAPageInTheMiddleOrOfAnOldFetch() {
        MerchantState state = created();
        Delivery middle =
                new Delivery(new Position("t", 0, 1), LINK, List.of(), new FeedPage("catalog", 1, false, "T1"));
        state = decide(state, absorb(middle)).after();
        assertThat(state.feeds().get("sq-1/catalog").cursor()).isNull();
        Delivery last = new Delivery(new Position("t", 0, 2), LINK, List.of(), new FeedPage("catalog", 1, true, "T2"));
        Delivery old = new Delivery(new Position("t", 0, 3), LINK, List.of(), new FeedPage("catalog", 1, true, "T0"));
        state = decide(state, absorb(last, old)).after();
        assertThat(state.feeds().get("sq-1/catalog").cursor()).isEqualTo("T2");
    }

    @Test
    void takesAReadingThatNobodyHadWantedUnlessANewerOneCameBefore() {
        MerchantState state = created();
        state = decide(state, absorb(whole(1, "T1", NOW))).after();
        state = decide(state, absorb(whole(1, "T2", NOW.plusSeconds(9)))).after();
        state = decide(state, absorb(whole(1, "T0", NOW.plusSeconds(5)))).after();

        FeedState feed = state.feeds().get("sq-1/catalog");
        assertThat(feed.cursor()).isEqualTo("T2");
        assertThat(feed.soFar().whole()).isEqualTo(2);
        assertThat(feed.soFar().asOf()).isEqualTo(NOW.plusSeconds(9));
        assertThat(feed.isDue()).isFalse();
    }

    private static Delivery whole(long generation, String until, Instant receivedAt) {
        return new Delivery(
                new Position("t", 0, receivedAt.getEpochSecond()),
                LINK,
                List.of(),
                new FeedPage("catalog", generation, true, until),
                "",
                List.of(),
                List.of(),
                receivedAt);
    }

    @Test
    void readsALinkAfreshWhenItLeadsToAnotherAccount() {
        MerchantState state = created();
        Delivery last = new Delivery(new Position("t", 0, 1), LINK, List.of(), new FeedPage("catalog", 1, true, "T1"));
        state = decide(state, absorb(last)).after();
        MerchantProfile moved = new MerchantProfile(
                "Grill",
                Currency.getInstance("USD"),
                ZoneId.of("UTC"),
                List.of(new Link(LINK, SQUARE, "M2", "L9", "main")));
        state = decide(state, new MerchantCommand.SetProfile(moved, null, "put", NOW))
                .after();
        assertThat(state.feeds().get("sq-1/catalog").cursor()).isNull();
        assertThat(state.feeds().get("sq-1/catalog").isDue()).isTrue();
        MerchantProfile alone = new MerchantProfile("Grill", Currency.getInstance("USD"), ZoneId.of("UTC"), List.of());
        assertThat(decide(state, new MerchantCommand.SetProfile(alone, null, "put", NOW))
                        .after()
                        .feeds())
                .isEmpty();
    }

    @Test
    void knowsEveryCommandThereIs() {
        List<MerchantCommand> samples = List.of(
                CREATE,
                edit("tea", "Tea", 0),
                absorb(),
                new MerchantCommand.FeedBroke(LINK, "catalog", 1, "down", NOW, NOW, false),
                new MerchantCommand.TakePush(LINK, List.of(), List.of(), List.of(), "", NOW),
                new MerchantCommand.NoteStep(LINK, true, null, List.of(), NOW),
                new MerchantCommand.ControlLink(LINK, MerchantCommand.ControlLink.Action.RESYNC, "r", NOW),
                new MerchantCommand.ReverseConflict(1, "r", NOW),
                new MerchantCommand.DecideAnew(NOW));
        assertThat(samples.stream().map(Object::getClass).toList())
                .hasSameElementsAs(Arrays.asList(MerchantCommand.class.getPermittedSubclasses()));
        samples.forEach(command -> assertThat(decide(created(), command)).isNotNull());
    }

    // Laws. A history is a list of commands; offsets count up, so that each absorb is a delivery of its own.

    @Provide
    Arbitrary<List<MerchantCommand>> histories() {
        Arbitrary<String> items = Arbitraries.of("a", "b", "c", "d");
        Arbitrary<RecordDelta> deltas = Combinators.combine(
                        items,
                        Arbitraries.longs().between(1, 9),
                        Arbitraries.integers().between(0, 9))
                .as((item, version, shape) -> shape == 0
                        ? RecordDelta.deleted(
                                RecordKey.of(Kind.ITEM, item), new Stamp(version, 0), version, Presence.TOMBSTONE)
                        : shape == 1 ? priced(item, version, "EUR") : named(item, version, "v" + version));
        Arbitrary<MerchantCommand> edits = Combinators.combine(
                        items, Arbitraries.longs().between(0, 6))
                .as((item, revision) -> edit(item, "edit", revision));
        Arbitrary<MerchantCommand> absorbs = Combinators.combine(
                        Arbitraries.integers().between(1, 12), deltas.list().ofMaxSize(4))
                .as((event, said) -> absorb(delivery(0, "e" + event, said.toArray(RecordDelta[]::new))));
        Arbitrary<MerchantCommand> signals = Arbitraries.integers()
                .between(20, 30)
                .map(event -> absorb(new Delivery(
                        new Position("t", 0, 0),
                        LINK,
                        List.of(new PartnerEvent("s" + event, List.of(), List.of("catalog"))),
                        null)));
        Arbitrary<MerchantCommand> pages = Arbitraries.longs()
                .between(1, 5)
                .map(generation -> absorb(new Delivery(
                        new Position("t", 0, 0),
                        LINK,
                        List.of(),
                        new FeedPage("catalog", generation, true, "T" + generation))));
        Arbitrary<MerchantCommand> others = Arbitraries.of(
                CREATE,
                profile("Other name", "USD"),
                new MerchantCommand.FeedBroke(LINK, "catalog", 3, "down", NOW, NOW, false));
        return Arbitraries.oneOf(edits, absorbs, absorbs, absorbs, signals, pages, others)
                .list()
                .ofMaxSize(40)
                .map(MerchantRulesTest::withOffsets);
    }

    private static List<MerchantCommand> withOffsets(List<MerchantCommand> commands) {
        List<MerchantCommand> numbered = new ArrayList<>(List.of(CREATE));
        long offset = 0;
        for (MerchantCommand command : commands) {
            if (command instanceof MerchantCommand.Absorb absorb) {
                Delivery each = absorb.deliveries().get(0);
                numbered.add(
                        absorb(new Delivery(new Position("t", 0, offset++), each.link(), each.events(), each.page())));
            } else {
                numbered.add(command);
            }
        }
        return numbered;
    }

    private record Run(MerchantState state, List<Commit> journal, List<MerchantReply> replies) {}

    /** Decides a history in groups of this size, as the actor does. */
    private static Run run(List<MerchantCommand> history, int group) {
        MerchantState state = MerchantState.EMPTY;
        List<Commit> journal = new ArrayList<>();
        List<MerchantReply> replies = new ArrayList<>();
        for (int from = 0; from < history.size(); from += group) {
            Commit commit = Commit.EMPTY;
            MerchantState now = state;
            for (MerchantCommand command : history.subList(from, Math.min(history.size(), from + group))) {
                Decision decision = decide(now, command);
                commit = commit.plus(decision.commit());
                now = decision.after();
                replies.add(decision.reply());
            }
            if (!commit.isEmpty()) {
                state = RULES.after(state, commit);
                journal.add(commit);
            }
        }
        return new Run(state, journal, replies);
    }

    /** All but what counts rows, which differ with the grouping. */
    private static List<Object> meaning(MerchantState state) {
        return Arrays.asList(
                state.profile(),
                state.revision(),
                state.records(),
                state.marks(),
                state.seen(),
                state.tally(),
                state.refusals(),
                state.feeds(),
                state.outbox());
    }

    @Property(tries = 300)
    void decidesAlikeInGroupsOfAnySize(@ForAll("histories") List<MerchantCommand> history) {
        Run single = run(history, 1);
        for (int group : new int[] {2, 7, 100}) {
            Run grouped = run(history, group);
            assertThat(grouped.replies()).isEqualTo(single.replies());
            assertThat(meaning(grouped.state())).isEqualTo(meaning(single.state()));
        }
    }

    @Property(tries = 200)
    void comesBackFromItsJournalAndFromASnapshotAsItWas(@ForAll("histories") List<MerchantCommand> history) {
        Run run = run(history, 3);
        MerchantState replayed = MerchantState.EMPTY;
        for (Commit commit : run.journal()) {
            replayed = RULES.after(replayed, commit);
        }
        assertThat(replayed).isEqualTo(run.state());
        assertThat(MerchantState.of(run.state().snapshot())).isEqualTo(run.state());
    }

    @Property(tries = 200)
    void countsEveryDeliveryOnceAndNumbersRevisionsWithoutGaps(@ForAll("histories") List<MerchantCommand> history) {
        Run run = run(history, 5);
        long delivered = history.stream()
                .filter(command -> command instanceof MerchantCommand.Absorb)
                .count();
        assertThat(run.state().tally().total()).isEqualTo(delivered);
        long expected = 1;
        for (Commit commit : run.journal()) {
            for (var revision : commit.revisions()) {
                assertThat(revision.number()).isEqualTo(expected++);
            }
        }
        assertThat(run.state().revision()).isEqualTo(expected - 1);
    }

    @Property(tries = 200)
    void changesNothingWhenEverythingIsDeliveredAgain(@ForAll("histories") List<MerchantCommand> history) {
        MerchantState state = run(history, 4).state();
        for (MerchantCommand command : history) {
            if (command instanceof MerchantCommand.Absorb) {
                Decision again = decide(state, command);
                assertThat(again.commit().isEmpty()).isTrue();
                assertThat(again.after()).isEqualTo(state);
            }
        }
    }
}
