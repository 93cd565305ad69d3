package dev.tournant.cluster.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Writing;
import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.Delivery;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.Position;
import dev.tournant.messages.PushOutcome;
import dev.tournant.messages.Revision;
import dev.tournant.model.Direction;
import dev.tournant.model.FieldGroup;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.PartnerName;
import dev.tournant.model.Presence;
import dev.tournant.model.Projection;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.Stamp;
import dev.tournant.model.SyncRule;
import dev.tournant.persistence.Counterpart;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Rules, links and directions that change are applied to what was said before. */
class ChangeOfRulesTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final RecordKey TEA = RecordKey.of(Kind.ITEM, "tea");
    private static final List<String> LINKS = List.of("a-1", "b-1", "c-1");
    private static final long MESSAGE_BYTES_MAX = 4_000;
    private static final MerchantLimits LIMITS =
            TestLimits.small("records-max = 1000, record-bytes-max = 2000, message-bytes-max = " + MESSAGE_BYTES_MAX);
    private static final PartnerName POS = new PartnerName("pos");
    private static final MerchantRules RULES = new MerchantRules(LIMITS, traits());

    private MerchantState state = MerchantState.EMPTY;
    private Instant now = NOW;
    private int offset;

    /** All are of one account: what they call alike is the same. */
    private static Map<PartnerName, Traits> traits() {
        return Map.of(
                POS,
                new Traits(
                        List.of("menu"),
                        Set.of(Capability.READ_CATALOGUE, Capability.WRITE_CATALOGUE),
                        Optional.of(Writing.Scope.CHANGES),
                        Optional.empty()));
    }

    private static Link link(String id, Direction direction) {
        return new Link(new LinkId(id), POS, "A", "L", "main").with(direction, Projection.ALL);
    }

    private static List<Link> links(String... ids) {
        List<Link> links = new ArrayList<>();
        for (String id : ids) {
            links.add(link(id, Direction.BOTH));
        }
        return links;
    }

    private static SyncRule owner(String link) {
        return new SyncRule.Owner(new LinkId(link));
    }

    /** Names and statuses alike. */
    private void ruled(SyncRule rule, List<Link> links) {
        SyncRule ofNames = rule == SyncRule.Common.STRICTEST ? SyncRule.Common.LATEST : rule;
        tell(new MerchantCommand.SetProfile(
                new MerchantProfile(
                        "Grill",
                        Currency.getInstance("USD"),
                        ZoneId.of("UTC"),
                        links,
                        Map.of(FieldGroup.AVAILABILITY, rule, FieldGroup.CATALOGUE, ofNames)),
                null,
                "put",
                now));
    }

    private Decision tell(MerchantCommand command) {
        Decision decision = RULES.decide(state, command);
        // As it is after a restart.
        state = MerchantState.of(decision.after().snapshot());
        return decision;
    }

    /** What was left to be decided; answers in how many commits. */
    private List<Decision> decidedAnew() {
        List<Decision> all = new ArrayList<>();
        while (state.anew() != null) {
            all.add(tell(new MerchantCommand.DecideAnew(now)));
        }
        return all;
    }

    private void says(String link, RecordKey key, FieldMap fields) {
        now = now.plusSeconds(1);
        says(link, RecordDelta.set(key, Stamp.at(now), 0, fields));
    }

    private void deletes(String link, Instant when) {
        now = now.plusSeconds(1);
        says(link, RecordDelta.deleted(TEA, Stamp.at(when), 0, Presence.TOMBSTONE));
    }

    private void says(String link, RecordDelta said) {
        offset++;
        tell(new MerchantCommand.Absorb(
                List.of(new Delivery(
                        new Position("t", 0, offset),
                        new LinkId(link),
                        List.of(new PartnerEvent("e" + offset, List.of(said), List.of())),
                        null,
                        "",
                        List.of(),
                        List.of(),
                        now)),
                now));
    }

    private void says(String link, String name) {
        says(link, TEA, FieldMap.of(Item.NAME, name));
    }

    private void says(String link, SaleStatus status) {
        says(link, TEA, FieldMap.of(Item.STATUS, status));
    }

    private void told(String link, String name) {
        now = now.plusSeconds(1);
        tell(new MerchantCommand.TakePush(
                new LinkId(link),
                List.of(new MerchantCommand.Settled(TEA, PushOutcome.DONE, "f")),
                List.of(RecordDelta.set(TEA, Stamp.at(now), 0, FieldMap.of(Item.NAME, name))),
                List.of(),
                "",
                now));
    }

    private FlatRecord tea() {
        FlatRecord tea = state.records().get(TEA);
        return tea == null ? FlatRecord.unknown(TEA) : tea;
    }

    private Optional<String> shownAtB() {
        Counterpart mine = state.around(TEA).get(new LinkId("b-1"));
        FlatRecord said = mine == null ? null : mine.said();
        return said == null ? Optional.empty() : said.get(Item.NAME);
    }

    @Example
    void withAnotherOwnerItsOwnLastWordReturns() {
        ruled(owner("a-1"), links("a-1", "b-1"));
        says("a-1", "Tea");
        says("b-1", "Brew");
        told("b-1", "Tea");
        assertThat(tea().get(Item.NAME)).contains("Tea");
        ruled(owner("b-1"), links("a-1", "b-1"));
        decidedAnew();
        assertThat(tea().get(Item.NAME)).contains("Brew");
        assertThat(tea().provenance(Item.NAME).orElseThrow().link()).isEqualTo(new LinkId("b-1"));
        ruled(owner("a-1"), links("a-1", "b-1"));
        decidedAnew();
        assertThat(tea().get(Item.NAME)).as("and back").contains("Tea");
    }

    @Example
    void whatChangesIsARevisionOfItsOwnWithWhoSaidItAndWhen() {
        ruled(owner("a-1"), links("a-1", "b-1"));
        says("a-1", "Tea");
        says("b-1", "Brew");
        Instant said = now;
        now = now.plusSeconds(60);
        ruled(owner("b-1"), links("a-1", "b-1"));
        long before = state.revision();
        Revision revision = decidedAnew().get(0).commit().revisions().get(0);
        assertThat(revision.number()).isEqualTo(before + 1);
        assertThat(revision.event()).isEqualTo(ChangeOfRules.EVENT);
        assertThat(tea().revision()).isEqualTo(before + 1);
        assertThat(tea().provenance(Item.NAME).orElseThrow().since()).isEqualTo(Stamp.at(said));
    }

    @Example
    void whoIsGoneKeepsNothingOffThatOthersHaveOnSale() {
        ruled(SyncRule.Common.STRICTEST, links("a-1", "b-1"));
        says("a-1", SaleStatus.OFF);
        says("b-1", SaleStatus.PAUSED);
        assertThat(tea().get(Item.STATUS)).contains(SaleStatus.OFF);
        ruled(SyncRule.Common.STRICTEST, links("b-1"));
        decidedAnew();
        assertThat(tea().get(Item.STATUS)).contains(SaleStatus.PAUSED);
        assertThat(state.links()).as("nothing is kept of what is gone").doesNotContainKey(new LinkId("a-1"));
    }

    @Example
    void whatOnlyOneSaidWhoIsGoneStays() {
        ruled(SyncRule.Common.LATEST, links("a-1", "b-1"));
        says("a-1", "Tea");
        ruled(SyncRule.Common.LATEST, links("b-1"));
        decidedAnew();
        assertThat(tea().get(Item.NAME)).contains("Tea");
        says("b-1", "Brew");
        assertThat(tea().get(Item.NAME)).contains("Brew");
    }

    @Example
    void whoIsOnlyToldFromNowOnIsOverruled() {
        ruled(SyncRule.Common.LATEST, links("a-1", "b-1"));
        says("a-1", "Tea");
        says("b-1", "Brew");
        ruled(SyncRule.Common.LATEST, List.of(link("a-1", Direction.BOTH), link("b-1", Direction.WRITE)));
        decidedAnew();
        assertThat(tea().get(Item.NAME)).contains("Tea");
        assertThat(shownAtB()).as("what it shows has to be known, to be mended").contains("Brew");
    }

    @Example
    void whatIsShownByNowByWhoIsOnlyToldIsNotTakenForWhatItSaidOnce() {
        ruled(SyncRule.Common.LATEST, links("a-1", "b-1"));
        says("b-1", "Brew");
        List<Link> links = List.of(link("a-1", Direction.BOTH), link("b-1", Direction.WRITE));
        ruled(SyncRule.Common.LATEST, links);
        decidedAnew();
        says("b-1", "Vandal");
        assertThat(tea().get(Item.NAME)).contains("Brew");
        says("a-1", "Tea");
        assertThat(shownAtB()).contains("Vandal");
    }

    /** What a channel that is only told showed, and what was put right there, is none of its words. */
    @Example
    void whoIsReadFromNowOnHasNotSaidWhatWasPutRightLongAgo() {
        List<Link> before = List.of(link("a-1", Direction.BOTH), link("b-1", Direction.WRITE));
        ruled(SyncRule.Common.LATEST, before);
        says("a-1", "Tea");
        says("b-1", "Vandal");
        told("b-1", "Tea");
        ruled(SyncRule.Common.LATEST, links("a-1", "b-1"));
        decidedAnew();
        assertThat(tea().get(Item.NAME)).contains("Tea");
    }

    @Example
    void whatTheNewOwnerHasDeletedIsGone() {
        deletedAtAAndEditedLaterAtB();
        assertThat(tea().get(Item.NAME)).as("the edit is later").contains("Brew");
        ruled(owner("a-1"), links("a-1", "b-1"));
        Revision revision = decidedAnew().get(0).commit().revisions().get(0);
        assertThat(tea().isPresent()).isFalse();
        assertThat(Objects.requireNonNull(tea().deletedBy()).link()).isEqualTo(new LinkId("a-1"));
        assertThat(revision.facts()).as("no value comes forward of what goes").hasSize(1);
    }

    @Example
    void whatAnotherThanTheOwnerHasDeletedIsNot() {
        deletedAtAAndEditedLaterAtB();
        ruled(owner("b-1"), links("a-1", "b-1"));
        decidedAnew();
        assertThat(tea().get(Item.NAME)).contains("Brew");
    }

    @Example
    void aDeletionThatWasMadeGoodIsOver() {
        deletedAtAAndEditedLaterAtB();
        told("a-1", "Brew");
        ruled(owner("a-1"), links("a-1", "b-1"));
        decidedAnew();
        assertThat(tea().isPresent()).isTrue();
    }

    private void deletedAtAAndEditedLaterAtB() {
        ruled(SyncRule.Common.LATEST, links("a-1", "b-1"));
        says("a-1", "Tea");
        Instant deleted = now;
        says("b-1", "Brew");
        deletes("a-1", deleted);
    }

    @Example
    void aProfileThatChangesNoRuleDecidesNothing() {
        ruled(SyncRule.Common.LATEST, links("a-1", "b-1"));
        says("a-1", "Tea");
        assertThat(state.anew()).isNull();
        now = now.plusSeconds(1);
        MerchantProfile known = Objects.requireNonNull(state.profile());
        tell(new MerchantCommand.SetProfile(
                new MerchantProfile("Bar", known.currency(), known.zone(), known.links(), known.rules()),
                null,
                "put",
                now));
        assertThat(state.anew()).isNull();
        assertThat(tell(new MerchantCommand.DecideAnew(now)).commit().isEmpty()).isTrue();
    }

    /** One large row would be one that the journal cannot take. */
    @Example
    void manyAreDecidedSomeAtATime() {
        ruled(owner("a-1"), links("a-1", "b-1"));
        for (int i = 0; i < 300; i++) {
            RecordKey key = RecordKey.of(Kind.ITEM, "i" + i);
            says("a-1", key, FieldMap.of(Item.NAME, "a"));
            says("b-1", key, FieldMap.of(Item.NAME, "b"));
        }
        ruled(owner("b-1"), links("a-1", "b-1"));
        List<Decision> all = decidedAnew();
        assertThat(all).hasSizeGreaterThan(5);
        assertThat(all).allSatisfy(each -> assertThat(each.weight()).isLessThan(2 * MESSAGE_BYTES_MAX));
        assertThat(state.records().all())
                .allSatisfy(each -> assertThat(each.get(Item.NAME)).contains("b"));
    }

    private record Said(int link, int second, int what) {
        FieldMap fields() {
            return what < 3
                    ? FieldMap.of(Item.STATUS, SaleStatus.values()[what])
                    : FieldMap.of(Item.NAME, "n" + link + "-" + second);
        }
    }

    private FieldMap values(SyncRule first, SyncRule then, List<Said> said) {
        state = MerchantState.EMPTY;
        now = NOW;
        ruled(first, links("a-1", "b-1", "c-1"));
        said.forEach(each -> says(LINKS.get(each.link()), TEA, each.fields()));
        ruled(then, links("a-1", "b-1", "c-1"));
        decidedAnew();
        return tea().fields();
    }

    @Provide
    Arbitrary<List<Said>> statements() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(1, 400),
                        Arbitraries.integers().between(0, 5))
                .as(Said::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .map(ChangeOfRulesTest::withoutRestatements);
    }

    private static List<Said> withoutRestatements(List<Said> all) {
        Set<String> known = new HashSet<>();
        return all.stream()
                .filter(each -> known.add(each.link() + " " + each.fields()))
                .toList();
    }

    @Provide
    Arbitrary<SyncRule> rules() {
        return Arbitraries.of(SyncRule.Common.LATEST, SyncRule.Common.STRICTEST, owner("a-1"), owner("b-1"));
    }

    @Property(tries = 2_000)
    void leadsToWhatTheNewRulesWouldHaveLedTo(
            @ForAll("rules") SyncRule first, @ForAll("rules") SyncRule then, @ForAll("statements") List<Said> said) {
        assertThat(values(first, then, said)).isEqualTo(values(then, then, said));
    }
}
