package dev.tournant.cluster.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Writing;
import dev.tournant.cluster.sync.LinkState;
import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.Delivery;
import dev.tournant.messages.FeedPage;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.Position;
import dev.tournant.messages.RemoteRecord;
import dev.tournant.model.Direction;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.PartnerName;
import dev.tournant.model.Placement;
import dev.tournant.model.Presence;
import dev.tournant.model.Projection;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import dev.tournant.persistence.Commit;
import dev.tournant.persistence.Counterpart;
import dev.tournant.persistence.LinkChange;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A cake of ours was made at the bar, which calls it X9; then the bar's link is removed. */
class FormerNamesTest {
    private static final LinkId TILL = new LinkId("till-1");
    private static final LinkId BAR = new LinkId("bar-1");
    private static final PartnerName POS = new PartnerName("pos");
    private static final PartnerName OTHER = new PartnerName("other");
    private static final Traits TRAITS = new Traits(
            List.of("menu"),
            Set.of(Capability.READ_CATALOGUE, Capability.WRITE_CATALOGUE),
            Optional.of(Writing.Scope.CHANGES),
            Optional.empty());
    private static final MerchantRules RULES = new MerchantRules(SweepTest.LIMITS, Map.of(POS, TRAITS, OTHER, TRAITS));
    private static final RecordKey CAKE = RecordKey.of(Kind.ITEM, "cake");
    private static final RecordKey X9 = RecordKey.of(Kind.ITEM, "X9");
    private static final FieldMap VALUES = FieldMap.of(Item.NAME, "Cake");

    private final List<Commit> journal = new ArrayList<>();
    private MerchantState state = MerchantState.EMPTY;
    private Instant now = Instant.parse("2026-06-01T12:00:00Z");
    private int offset;

    private static Link link(LinkId id, PartnerName partner, String account) {
        return new Link(id, partner, account, "L", "main").with(Direction.BOTH, Projection.ALL);
    }

    private static Link bar() {
        return link(BAR, POS, "B");
    }

    private static Link till() {
        return link(TILL, POS, "A");
    }

    private void has(Link... links) {
        tell(new MerchantCommand.SetProfile(
                new MerchantProfile("Grill", Currency.getInstance("USD"), ZoneId.of("UTC"), List.of(links)),
                null,
                "r",
                now));
    }

    /** Each command is decided on what a snapshot of the state before holds. */
    private void tell(MerchantCommand command) {
        now = now.plusSeconds(1);
        Decision decision = RULES.decide(state, command);
        journal.add(decision.commit());
        state = MerchantState.of(decision.after().snapshot());
        assertThat(state.former()).isEqualTo(decision.after().former());
    }

    private void edits(RecordKey key, FieldMap values) {
        tell(new MerchantCommand.EditRecord(RecordDelta.set(key, Stamp.ZERO, 0, values), 0, "r", now));
    }

    private void isToldOf(LinkId link, RecordKey key, String theirs) {
        RemoteRecord held = new RemoteRecord(key, new RecordId(theirs), 0, null);
        RecordDelta told = RecordDelta.set(key, Stamp.at(now), 0, VALUES);
        tell(new MerchantCommand.TakePush(link, List.of(), List.of(told), List.of(held), null, now));
    }

    private void says(LinkId link, RecordKey theirs, FieldMap values) {
        says(link, RecordDelta.set(theirs, Stamp.at(now), 0, values));
    }

    /** All that it has, in one page. */
    private void says(LinkId link, RecordDelta... said) {
        offset++;
        long wanted = Objects.requireNonNull(state.feeds().get(MerchantState.feedKey(link, "menu")))
                .wanted();
        List<RemoteRecord> remotes = Stream.of(said)
                .filter(each -> each.presence() == Presence.PRESENT)
                .map(each -> new RemoteRecord(each.key(), each.key().id(), 0, null))
                .toList();
        tell(new MerchantCommand.Absorb(
                List.of(new Delivery(
                        new Position("t", 0, offset),
                        link,
                        List.of(new PartnerEvent("", List.of(said), List.of())),
                        new FeedPage("menu", Math.max(offset, wanted), true, null),
                        "",
                        remotes,
                        List.of(),
                        now)),
                now));
    }

    private @Nullable RecordId theirs(LinkId link, RecordKey key) {
        Counterpart known = state.link(link).counterpart(key);
        return known == null ? null : known.theirs();
    }

    private void theCakeIsAtTheBar(Link... links) {
        has(links);
        edits(CAKE, VALUES);
        isToldOf(BAR, CAKE, "X9");
    }

    @AfterEach
    void comesBackFromItsJournalAsItIs() {
        MerchantState replayed = MerchantState.EMPTY;
        for (Commit commit : journal) {
            replayed = RULES.after(replayed, commit);
        }
        assertThat(replayed.former()).isEqualTo(state.former());
        assertThat(replayed.links()).isEqualTo(state.links());
        assertThat(replayed.records().all()).isEqualTo(state.records().all());
        assertThat(RULES.after(MerchantState.EMPTY, Commit.joined(journal)).former())
                .isEqualTo(state.former());
    }

    @Test
    void aLinkThatIsBackKnowsWhatWasMadeThere() {
        for (List<Link> others : List.of(List.of(till()), List.<Link>of())) {
            journal.clear();
            state = MerchantState.EMPTY;
            Link[] without = others.toArray(Link[]::new);
            Link[] with = Stream.concat(others.stream(), Stream.of(bar())).toArray(Link[]::new);
            theCakeIsAtTheBar(with);
            has(without);
            has(with);
            says(BAR, X9, VALUES);
            assertThat(state.records().present()).isEqualTo(1);
            assertThat(theirs(BAR, CAKE)).isEqualTo(X9.id());
        }
    }

    @Test
    void andMeansItWhereItSpeaksOfItAndWhenItIsGone() {
        theCakeIsAtTheBar(till(), bar());
        has(till());
        has(till(), bar());
        FieldMap large =
                FieldMap.of(Item.NAME, "Large").with(FieldMap.of(Item.VARIATION_OF, new Placement(X9.id(), 0)));
        RecordKey x10 = RecordKey.of(Kind.ITEM, "X10");
        says(BAR, RecordDelta.set(x10, Stamp.at(now), 0, large), RecordDelta.set(X9, Stamp.at(now), 0, VALUES));
        assertThat(Objects.requireNonNull(state.records().get(x10)).get(Item.VARIATION_OF))
                .contains(new Placement(CAKE.id(), 0));
        says(BAR, RecordDelta.deleted(X9, Stamp.at(now), 0, Presence.TOMBSTONE));
        assertThat(state.records().get(X9)).isNull();
        assertThat(theirs(BAR, CAKE)).isNull();
    }

    @Test
    void thatItsOwnThingIsGoneMeansNotWhatWasMadeThereInPlaceOfIt() {
        RecordKey seven = RecordKey.of(Kind.ITEM, "7");
        RecordKey eight = RecordKey.of(Kind.ITEM, "8");
        has(till(), bar());
        says(BAR, seven, VALUES);
        isToldOf(BAR, seven, "8");
        has(till());
        has(till(), bar());
        says(
                BAR,
                RecordDelta.deleted(seven, Stamp.at(now), 0, Presence.TOMBSTONE),
                RecordDelta.set(eight, Stamp.at(now), 0, VALUES));
        assertThat(Objects.requireNonNull(state.records().get(seven)).isPresent())
                .isTrue();
        assertThat(theirs(BAR, seven)).isEqualTo(eight.id());
        assertThat(state.records().present()).isEqualTo(1);
    }

    @Test
    void whatIsCalledAlikeIsKnownAgainAlsoWhereOthersSayAllOfIt() {
        has(till(), bar());
        says(BAR, X9, VALUES);
        isToldOf(TILL, X9, "7");
        says(TILL, RecordKey.of(Kind.ITEM, "7"), FieldMap.of(Item.NAME, "Pie"));
        has(till());
        has(till(), bar());
        says(BAR, X9, VALUES);
        assertThat(theirs(BAR, X9)).isEqualTo(X9.id());
        assertThat(state.records().present()).isEqualTo(1);
    }

    @Test
    void nothingElseOfItIsKnown() {
        theCakeIsAtTheBar(till(), bar());
        has(till());
        assertThat(state.links()).doesNotContainKey(BAR);
        has(till(), bar());
        assertThat(state.link(BAR)).isEqualTo(LinkState.of(BAR));
    }

    @Test
    void aLinkThatLeadsElsewhereAndBackKnowsItAgain() {
        theCakeIsAtTheBar(till(), bar());
        has(till(), link(BAR, POS, "C"));
        has(till(), bar());
        says(BAR, X9, VALUES);
        assertThat(theirs(BAR, CAKE)).isEqualTo(X9.id());
    }

    @Test
    void inAnotherAccountOrAtAnotherPartnerThatNameMeansSomethingElse() {
        for (Link another : List.of(link(BAR, POS, "C"), link(BAR, OTHER, "B"))) {
            journal.clear();
            state = MerchantState.EMPTY;
            theCakeIsAtTheBar(till(), bar());
            has(till());
            has(till(), another);
            says(BAR, X9, FieldMap.of(Item.NAME, "Pie"));
            assertThat(theirs(BAR, CAKE)).isNull();
            assertThat(Objects.requireNonNull(state.records().get(CAKE)).get(Item.NAME))
                    .contains("Cake");
            assertThat(Objects.requireNonNull(state.records().get(X9)).get(Item.NAME))
                    .contains("Pie");
        }
    }

    @Test
    void whatAStrangerCallsSoIsItsOwn() {
        theCakeIsAtTheBar(till(), bar());
        has(till());
        says(TILL, X9, FieldMap.of(Item.NAME, "Pie"));
        assertThat(Objects.requireNonNull(state.records().get(X9)).get(Item.NAME))
                .contains("Pie");
        has(till(), bar());
        says(BAR, X9, VALUES);
        assertThat(state.records().present()).isEqualTo(2);
        assertThat(theirs(BAR, CAKE)).isEqualTo(X9.id());
    }

    @Test
    void soDoesAnotherLinkOfThatAccount() {
        LinkId second = new LinkId("bar-2");
        theCakeIsAtTheBar(till(), bar());
        has(till(), link(second, POS, "B"));
        says(second, X9, VALUES);
        assertThat(state.records().present()).isEqualTo(1);
        assertThat(theirs(second, CAKE)).isEqualTo(X9.id());
    }

    @Test
    void onceItWasReadTheLinkKnowsByItselfWhatItHas() {
        theCakeIsAtTheBar(till(), bar());
        has(till());
        has(till(), bar());
        says(BAR, RecordKey.of(Kind.ITEM, "X7"), FieldMap.of(Item.NAME, "Tea"));
        says(BAR, X9, FieldMap.of(Item.NAME, "Pie"));
        assertThat(theirs(BAR, CAKE)).isNull();
        assertThat(Objects.requireNonNull(state.records().get(X9)).get(Item.NAME))
                .contains("Pie");
    }

    @Test
    void whatWasMadeThereAnewIsCalledAsItIsNow() {
        theCakeIsAtTheBar(till(), bar());
        has(till());
        has(till(), bar());
        isToldOf(BAR, CAKE, "X10");
        says(BAR, X9, FieldMap.of(Item.NAME, "Pie"));
        assertThat(theirs(BAR, CAKE)).isEqualTo(new RecordId("X10"));
        assertThat(theirs(BAR, X9)).isEqualTo(X9.id());
        has(till());
        has(till(), bar());
        says(BAR, RecordKey.of(Kind.ITEM, "X10"), VALUES);
        assertThat(theirs(BAR, CAKE)).isEqualTo(new RecordId("X10"));
        assertThat(state.records().present()).isEqualTo(2);
    }

    @Test
    void aLinkThatWasHardlyReadWhenItIsRemovedAgainLeavesTheFormerNamesKnown() {
        theCakeIsAtTheBar(till(), bar());
        RecordKey pie = RecordKey.of(Kind.ITEM, "pie");
        edits(pie, VALUES);
        isToldOf(BAR, pie, "X7");
        has(till());
        has(till(), bar());
        says(BAR, RecordKey.of(Kind.ITEM, "X7"), VALUES);
        has(till());
        has(till(), bar());
        says(BAR, X9, VALUES);
        assertThat(theirs(BAR, CAKE)).isEqualTo(X9.id());
    }

    @Test
    void namesAreKeptOfSoManyAccountsAndThoseOfTheFirstGiveWay() {
        for (int i = 0; i <= FormerNames.ACCOUNTS_MAX; i++) {
            has(link(BAR, POS, "B" + i));
            if (i == 0) {
                edits(CAKE, VALUES);
            }
            isToldOf(BAR, CAKE, "X" + i);
        }
        has(till());
        assertThat(state.former().accounts()).hasSize(FormerNames.ACCOUNTS_MAX);
        assertThat(state.former().of(link(BAR, POS, "B0"))).isNull();
        assertThat(state.former().of(link(BAR, POS, "B1"))).isNotNull();
    }

    @Test
    void aLinkThatIsGoneByARowOfBeforeLeavesNothingKnown() {
        theCakeIsAtTheBar(till(), bar());
        journal.add(Commit.ofLinks(List.of(LinkChange.gone(BAR))));
        state = RULES.after(state, journal.get(journal.size() - 1));
        assertThat(state.former()).isEqualTo(FormerNames.NONE);
    }
}
