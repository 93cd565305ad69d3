package dev.tournant.cluster.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Writing;
import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.Delivery;
import dev.tournant.messages.FeedPage;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.Position;
import dev.tournant.messages.RemoteRecord;
import dev.tournant.model.Category;
import dev.tournant.model.Direction;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
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
import dev.tournant.persistence.Counterpart;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The till and the bar count what they have: each has an item 1, and these are two. */
class NamesakesTest {
    private static final Instant BEGIN = Instant.parse("2026-06-01T12:00:00Z");
    private static final RecordKey ONE = RecordKey.of(Kind.ITEM, "1");
    private static final RecordKey BARS_ONE = RecordKey.of(Kind.ITEM, "1~bar-1");
    private static final LinkId TILL = new LinkId("till-1");
    private static final LinkId BAR = new LinkId("bar-1");
    private static final PartnerName POS = new PartnerName("pos");
    private static final FieldMap TEA = FieldMap.of(Item.NAME, "Tea");
    private static final FieldMap BEER = FieldMap.of(Item.NAME, "Beer");
    private static final Traits TRAITS = new Traits(
            List.of("menu"),
            Set.of(Capability.READ_CATALOGUE, Capability.WRITE_CATALOGUE),
            Optional.of(Writing.Scope.CHANGES),
            Optional.empty());

    private MerchantRules rules = new MerchantRules(SweepTest.LIMITS, Map.of());
    private MerchantState state = MerchantState.EMPTY;
    private Instant now = BEGIN;
    private int offset;

    private void begin(Traits traits, String bars) {
        rules = new MerchantRules(SweepTest.LIMITS, Map.of(POS, traits));
        has(link(TILL, "A"), link(BAR, bars));
    }

    private static Link link(LinkId id, String account) {
        return new Link(id, POS, account, "L", "main").with(Direction.BOTH, Projection.ALL);
    }

    private void has(Link... all) {
        List<Link> links = List.of(all);
        tell(new MerchantCommand.SetProfile(
                new MerchantProfile("Grill", Currency.getInstance("USD"), ZoneId.of("UTC"), links), null, "r", now));
    }

    private void tell(MerchantCommand command) {
        now = now.plusSeconds(1);
        state = rules.decide(state, command).after();
    }

    private void says(LinkId link, RecordDelta... said) {
        List<RemoteRecord> remotes = new ArrayList<>();
        for (RecordDelta each : said) {
            if (each.presence() == Presence.PRESENT && rules.partners().containsValue(TRAITS)) {
                remotes.add(new RemoteRecord(each.key(), each.key().id(), 0, null));
            }
        }
        says(link, remotes, said);
    }

    private void says(LinkId link, List<RemoteRecord> remotes, RecordDelta... said) {
        offset++;
        // What was asked for before a link came back is none of its words.
        long wanted = Objects.requireNonNull(state.feeds().get(MerchantState.feedKey(link, "menu")))
                .wanted();
        tell(new MerchantCommand.Absorb(
                List.of(new Delivery(
                        new Position("t", 0, offset),
                        link,
                        List.of(new PartnerEvent("", Arrays.asList(said), List.of())),
                        new FeedPage("menu", Math.max(offset, wanted), true, null),
                        "",
                        remotes,
                        List.of(),
                        now)),
                now));
    }

    private RecordDelta said(RecordKey key, FieldMap fields) {
        return RecordDelta.set(key, Stamp.at(now), 0, fields);
    }

    private FlatRecord record(RecordKey key) {
        return Objects.requireNonNull(state.records().get(key));
    }

    @Test
    void whatTwoPartnersCallAlikeAreTwo() {
        for (Traits traits : List.of(TRAITS, Traits.reading(List.of("menu")))) {
            state = MerchantState.EMPTY;
            begin(traits, "B");
            says(TILL, said(ONE, TEA));
            says(BAR, said(ONE, BEER));
            says(BAR, said(ONE, FieldMap.of(Item.NAME, "Stout")));
            says(TILL, said(ONE, FieldMap.of(Item.NAME, "Chai")));
            assertThat(record(ONE).get(Item.NAME)).contains("Chai");
            assertThat(record(BARS_ONE).get(Item.NAME)).contains("Stout");
            assertThat(state.records().present()).isEqualTo(2);
        }
    }

    @Test
    void eachIsKnownUnderItsOwnNameThere() {
        begin(TRAITS, "B");
        says(TILL, said(ONE, TEA));
        says(BAR, said(ONE, BEER));
        assertThat(Objects.requireNonNull(state.link(BAR).counterpart(BARS_ONE)).theirs())
                .isEqualTo(new RecordId("1"));
        assertThat(state.link(BAR).counterpart(ONE)).isNull();
        assertThat(state.link(TILL).counterparts()).extracting(Counterpart::key).containsExactly(ONE);
    }

    @Test
    void soAreWhatItSpeaksOfAndWhatIsGone() {
        begin(TRAITS, "B");
        RecordKey drinks = RecordKey.of(Kind.CATEGORY, "1");
        says(TILL, said(drinks, FieldMap.of(Category.NAME, "Teas")), said(ONE, TEA));
        FieldMap placed = BEER.with(FieldMap.of(Item.CATEGORIES, List.of(new Placement(drinks.id(), 0))));
        says(BAR, said(ONE, placed), said(drinks, FieldMap.of(Category.NAME, "Beers")));
        assertThat(record(BARS_ONE).get(Item.CATEGORIES).orElseThrow())
                .extracting(Placement::in)
                .containsExactly(new RecordId("1~bar-1"));
        says(BAR, RecordDelta.deleted(ONE, Stamp.at(now), 0, Presence.TOMBSTONE));
        assertThat(record(BARS_ONE).isPresent()).isFalse();
        assertThat(record(ONE).isPresent()).isTrue();
    }

    @Test
    void oneThatWasOnlySeenYetKeepsItsName() {
        begin(TRAITS, "B");
        says(TILL, List.of(new RemoteRecord(ONE, ONE.id(), 0, null)));
        says(BAR, said(ONE, BEER));
        says(TILL, said(ONE, TEA));
        assertThat(record(ONE).get(Item.NAME)).contains("Tea");
        assertThat(record(BARS_ONE).get(Item.NAME)).contains("Beer");
    }

    @Test
    void oneOfWhichAllIsOverruledKeepsItsName() {
        begin(Traits.reading(List.of("menu")), "B");
        says(TILL, said(ONE, TEA));
        tell(new MerchantCommand.EditRecord(
                RecordDelta.set(ONE, Stamp.ZERO, 0, FieldMap.of(Item.NAME, "Chai")),
                record(ONE).revision(),
                "r1",
                now));
        says(BAR, said(ONE, BEER));
        assertThat(record(ONE).get(Item.NAME)).contains("Chai");
        assertThat(record(BARS_ONE).get(Item.NAME)).contains("Beer");
    }

    @Test
    void whatIsGoneWasAnothers() {
        begin(TRAITS, "B");
        says(TILL, said(ONE, TEA));
        says(TILL, RecordDelta.deleted(ONE, Stamp.at(now), 0, Presence.TOMBSTONE));
        says(BAR, said(ONE, BEER));
        assertThat(record(ONE).isPresent()).isFalse();
        assertThat(record(BARS_ONE).get(Item.NAME)).contains("Beer");
    }

    @Test
    void whatWeMadeThereIsKnownAgainThoughAnothersIsCalledSo() {
        begin(TRAITS, "B");
        RecordKey cake = RecordKey.of(Kind.ITEM, "cake");
        FieldMap values = FieldMap.of(Item.NAME, "Cake");
        says(TILL, said(ONE, TEA));
        tell(new MerchantCommand.EditRecord(RecordDelta.set(cake, Stamp.ZERO, 0, values), 0, "r1", now));
        tell(new MerchantCommand.TakePush(
                BAR, List.of(), List.of(RecordDelta.set(cake, Stamp.at(now), 0, values)), List.of(), null, now));
        says(BAR, said(ONE, values));
        assertThat(state.records().present()).isEqualTo(2);
        assertThat(state.link(BAR).ours(ONE)).isEqualTo(cake.id());
        assertThat(state.link(BAR).counterpart(BARS_ONE)).isNull();
    }

    @Test
    void evenUnderTheNameThatItHasHere() {
        begin(TRAITS, "B");
        says(TILL, said(ONE, TEA));
        tell(new MerchantCommand.TakePush(
                BAR, List.of(), List.of(RecordDelta.set(ONE, Stamp.at(now), 0, TEA)), List.of(), null, now));
        says(BAR, said(ONE, TEA));
        assertThat(state.records().present()).isEqualTo(1);
        assertThat(state.link(BAR).ours(ONE)).isEqualTo(ONE.id());
        assertThat(state.link(BAR).counterpart(BARS_ONE)).isNull();
    }

    @Test
    void aLinkThatIsBackMeansWhatItMeantBefore() {
        begin(TRAITS, "B");
        says(BAR, said(ONE, BEER));
        isToldOf(TILL, ONE, "X9");
        says(TILL, said(RecordKey.of(Kind.ITEM, "X9"), FieldMap.of(Item.SKU, "B1")));
        assertThat(record(ONE).get(Item.SKU)).contains("B1");
        has(link(TILL, "A"));
        has(link(TILL, "A"), link(BAR, "B"));
        says(BAR, said(ONE, BEER));
        assertThat(state.records().present()).isEqualTo(1);
        assertThat(state.link(BAR).ours(ONE)).isEqualTo(ONE.id());
    }

    @Test
    void whatTheOtherCallsSoIsAnothersAlsoForALinkThatIsBack() {
        begin(TRAITS, "B");
        says(TILL, said(ONE, TEA));
        isToldOf(BAR, ONE, "X9");
        says(BAR, said(ONE, BEER), said(RecordKey.of(Kind.ITEM, "X9"), FieldMap.of(Item.SKU, "T1")));
        assertThat(record(ONE).get(Item.SKU)).contains("T1");
        has(link(TILL, "A"));
        has(link(TILL, "A"), link(BAR, "B"));
        says(BAR, said(ONE, BEER));
        assertThat(record(ONE).get(Item.NAME)).contains("Tea");
        assertThat(record(BARS_ONE).get(Item.NAME)).contains("Beer");
    }

    /** And calls it by a name of its own. */
    private void isToldOf(LinkId link, RecordKey key, String theirs) {
        FieldMap values = record(key).fields();
        RemoteRecord held = new RemoteRecord(key, new RecordId(theirs), 0, null);
        tell(new MerchantCommand.TakePush(
                link, List.of(), List.of(RecordDelta.set(key, Stamp.at(now), 0, values)), List.of(held), null, now));
    }

    @Test
    void inOneAccountTheyAreOne() {
        begin(TRAITS, "A");
        says(TILL, said(ONE, TEA));
        says(BAR, said(ONE, TEA));
        assertThat(state.records().present()).isEqualTo(1);
    }

    @Test
    void whatOneLinkOfAnAccountHasMadeThereTheOtherKnows() {
        begin(TRAITS, "A");
        RecordKey cake = RecordKey.of(Kind.ITEM, "cake");
        RecordKey theirs = RecordKey.of(Kind.ITEM, "X9");
        FieldMap values = FieldMap.of(Item.NAME, "Cake");
        tell(new MerchantCommand.EditRecord(RecordDelta.set(cake, Stamp.ZERO, 0, values), 0, "r1", now));
        isToldOf(TILL, cake, "X9");
        says(BAR, said(theirs, values));
        says(TILL, said(theirs, values));
        assertThat(state.records().present()).isEqualTo(1);
        assertThat(state.link(BAR).ours(theirs)).isEqualTo(cake.id());
    }

    @Test
    void whatAnOperatorHasMadeUnderThatNameIsMeant() {
        begin(TRAITS, "B");
        tell(new MerchantCommand.EditRecord(RecordDelta.set(ONE, Stamp.ZERO, 0, TEA), 0, "r1", now));
        says(BAR, said(ONE, BEER));
        assertThat(state.records().present()).isEqualTo(1);
    }
}
