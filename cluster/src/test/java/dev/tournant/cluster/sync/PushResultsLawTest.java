package dev.tournant.cluster.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Writing;
import dev.tournant.messages.JobEnded;
import dev.tournant.messages.MerchantCommand.Settled;
import dev.tournant.messages.MerchantCommand.TakePush;
import dev.tournant.messages.PushOutcome;
import dev.tournant.messages.RemoteRecord;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.LinkId;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What a push came to, and what is compared after it. */
class PushResultsLawTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final LinkId LINK = new LinkId("sq-1");
    private static final Traits TRAITS = new Traits(
            List.of("catalog"),
            Set.of(Capability.READ_CATALOGUE, Capability.WRITE_CATALOGUE),
            Optional.of(Writing.Scope.CHANGES),
            Optional.of(new Writing.Jobs(Duration.ofHours(1), "catalog")));
    private static final List<PushOutcome> OUTCOMES = List.of(
            PushOutcome.DONE,
            PushOutcome.pending("job-1"),
            PushOutcome.givenUp("bad", "bad"),
            PushOutcome.later(Duration.ZERO, "busy"),
            PushOutcome.readAgain("catalog", "changed"),
            PushOutcome.putOff("waits"),
            PushOutcome.needsAuthorisation("revoked"));

    private static RecordKey key(int number) {
        return RecordKey.of(Kind.ITEM, "i" + number);
    }

    private static FieldMap fields(String name) {
        return FieldMap.builder(Kind.ITEM)
                .put(Item.NAME, name)
                .put(Item.STATUS, SaleStatus.FOR_SALE)
                .build();
    }

    private static FlatRecord record(RecordKey key, FieldMap fields) {
        RecordDelta delta = RecordDelta.set(key, Stamp.at(NOW), 0, fields);
        return FlatRecord.unknown(key).after(delta, delta.provenance(Provenance.API, "r1"), 1);
    }

    private static Comparing.Gap gap(LinkState link, Map<RecordKey, FieldMap> desired) {
        return new Comparing(TRAITS, link, desired, key -> {
                    FieldMap fields = desired.get(key);
                    return fields == null ? null : record(key, fields);
                })
                .gap();
    }

    private static Map<RecordKey, FieldMap> desired(int size, String name) {
        Map<RecordKey, FieldMap> desired = new HashMap<>();
        for (int i = 0; i < size; i++) {
            desired.put(key(i), fields(name + i));
        }
        return desired;
    }

    private static LinkState told(LinkState link, Map<RecordKey, FieldMap> desired, Map<RecordKey, PushOutcome> came) {
        List<Settled> outcomes = came.entrySet().stream()
                .map(each -> new Settled(
                        each.getKey(),
                        each.getValue(),
                        new Comparing(TRAITS, link, desired, key -> null)
                                .fingerprint(each.getKey(), desired.getOrDefault(each.getKey(), FieldMap.EMPTY))))
                .toList();
        List<RecordDelta> told = came.entrySet().stream()
                .filter(each -> each.getValue().kind() == PushOutcome.Kind.DONE
                        || each.getValue().kind() == PushOutcome.Kind.PENDING)
                .map(each -> RecordDelta.set(
                        each.getKey(), Stamp.at(NOW), 0, desired.getOrDefault(each.getKey(), FieldMap.EMPTY)))
                .toList();
        return link.after(PushResults.take(link, new TakePush(LINK, outcomes, told, List.of(), null, NOW)));
    }

    @Provide
    Arbitrary<List<PushOutcome>> outcomes() {
        return Arbitraries.of(OUTCOMES).list().ofMinSize(1).ofMaxSize(6);
    }

    @Property(tries = 500)
    void whatIsTakenIsShownAndWhatIsRefusedOrWorkedOnIsHeldBack(@ForAll("outcomes") List<PushOutcome> outcomes) {
        Map<RecordKey, FieldMap> desired = desired(outcomes.size(), "a");
        Map<RecordKey, PushOutcome> came = new HashMap<>();
        Set<RecordKey> left = new TreeSet<>();
        Set<RecordKey> held = new TreeSet<>();
        for (int i = 0; i < outcomes.size(); i++) {
            PushOutcome outcome = outcomes.get(i);
            came.put(key(i), outcome);
            switch (outcome.kind()) {
                case DONE -> {}
                case PENDING, GIVEN_UP -> held.add(key(i));
                case LATER, READ_AGAIN, NEEDS_AUTHORISATION, PUT_OFF -> left.add(key(i));
            }
        }
        LinkState after = told(LinkState.of(LINK), desired, came);
        Comparing.Gap gap = gap(after, desired);
        assertThat(gap.wanted().keySet()).isEqualTo(left);
        assertThat(gap.heldBack()).isEqualTo(held);
        assertThat(gap.removed()).isEmpty();
    }

    @Property(tries = 200)
    void anEndOfAJobSettlesItsRecordsOnceHoweverOftenItIsTold(@ForAll boolean isGood) {
        Map<RecordKey, FieldMap> desired = desired(3, "a");
        Map<RecordKey, PushOutcome> came = new HashMap<>();
        desired.keySet().forEach(key -> came.put(key, PushOutcome.pending("job-1")));
        LinkState working = told(LinkState.of(LINK), desired, came);
        JobEnded end = new JobEnded(
                "job-1", isGood ? PushOutcome.DONE : PushOutcome.later(Duration.ZERO, "it failed"), List.of());
        LinkState once = working.after(PushResults.ended(working, end, NOW));
        LinkState twice = once.after(PushResults.ended(once, end, NOW));
        assertThat(once.health().jobs()).isEmpty();
        assertThat(twice).isEqualTo(once);
        assertThat(gap(once, desired).wanted().isEmpty()).isEqualTo(isGood);
    }

    @Test
    void whatIsRefusedIsToldAgainOnlyWhenItChanges() {
        Map<RecordKey, FieldMap> desired = desired(1, "a");
        LinkState refused =
                told(LinkState.of(LINK), desired, Map.of(key(0), PushOutcome.givenUp("bad", "no such thing")));
        assertThat(gap(refused, desired).isEmpty()).isTrue();
        assertThat(gap(refused, desired(1, "b")).wanted()).containsOnlyKeys(key(0));
    }

    @Test
    void whatThePartnerHasAndTheMerchantNeverKnewIsNotTakenAway() {
        LinkState link = LinkState.of(LINK);
        RemoteRecord unread = new RemoteRecord(key(7), key(7).id(), 3, null);
        LinkState held = link.after(PushResults.held(link, List.of(unread), PushResults.Extent.SOME, NOW));
        assertThat(gap(held, Map.of()).isEmpty()).isTrue();
    }

    @Test
    void whatAPageShowsWhileAPartnerIsToldIsComparedAfterwards() {
        LinkState seen = shown(LinkState.of(LINK), "{\"name\":\"theirs\"}");
        assertThat(seen.health().doubted()).isTrue();
        TakePush over = new TakePush(LINK, List.of(), List.of(), List.of(), PushResults.shown(seen), NOW);
        LinkState overtaken = shown(seen, "{\"name\":\"theirs again\"}");
        assertThat(overtaken.after(PushResults.take(overtaken, over)).health().doubted())
                .isTrue();
        assertThat(seen.after(PushResults.take(seen, over)).health().doubted()).isFalse();
    }

    private static LinkState shown(LinkState link, String document) {
        RemoteRecord one = new RemoteRecord(key(0), new RecordId("d0"), 0, document);
        return link.after(PushResults.held(link, List.of(one), PushResults.Extent.ALL, NOW));
    }

    @Test
    void whatWasMadeAndIsNotOnThePageThatWasAskedForIsNotThere() {
        LinkState link = LinkState.of(LINK);
        RemoteRecord made = new RemoteRecord(key(0), new RecordId("d0"), 0, null);
        LinkState known = link.after(PushResults.held(link, List.of(made), PushResults.Extent.SOME, NOW));
        LinkState late = known.after(PushResults.held(known, List.of(), PushResults.Extent.ALL, NOW));
        assertThat(late.counterpart(key(0))).isEqualTo(known.counterpart(key(0)));
        LinkState asked = known.after(PushResults.held(known, List.of(), PushResults.Extent.ALL_AS_ASKED, NOW));
        assertThat(asked.counterpart(key(0))).isNull();
    }

    @Test
    void anEndThatIsToldTwiceSaysNothingOfWhatIsHeldNow() {
        LinkState now = shown(LinkState.of(LINK), "{\"name\":\"new\"}");
        RemoteRecord old = new RemoteRecord(key(0), new RecordId("d0"), 0, "{\"name\":\"old\"}");
        JobEnded late = new JobEnded("job-1", PushOutcome.DONE, List.of(old));
        assertThat(now.after(PushResults.ended(now, late, NOW))).isEqualTo(now);
    }

    @Test
    void anObjectThatTurnsOutToBeOursIsNoRecordOfItsOwnAnyMore() {
        LinkState link = LinkState.of(LINK);
        RemoteRecord shown = new RemoteRecord(key(7), new RecordId("i7"), 3, null);
        LinkState before = link.after(PushResults.held(link, List.of(shown), PushResults.Extent.SOME, NOW));
        RemoteRecord ours = new RemoteRecord(key(0), new RecordId("i7"), 3, null);
        LinkState after = before.after(PushResults.held(before, List.of(ours), PushResults.Extent.SOME, NOW));
        assertThat(after.counterpart(key(7))).isNull();
        assertThat(after.ours(key(7))).isEqualTo(key(0).id());
    }

    @Test
    void anObjectThatAppearsWithTheValuesOfOneBeingMadeIsThatOne() {
        FieldMap values = fields("Tea");
        LinkState link = LinkState.of(LINK);
        RecordDelta begun = RecordDelta.set(key(0), Stamp.at(NOW), 0, values);
        TakePush intent = new TakePush(LINK, List.of(), List.of(begun), List.of(), null, NOW);
        LinkState making = link.after(PushResults.take(link, intent));
        RecordKey theirs = RecordKey.of(Kind.ITEM, "T9");
        RecordDelta other = RecordDelta.set(theirs, Stamp.at(NOW), 4, fields("Soup"));
        assertThat(Adopting.adopted(making, other)).isEmpty();
        RecordDelta said = RecordDelta.set(theirs, Stamp.at(NOW), 4, values);
        LinkState after = making.after(Adopting.adopted(making, said).orElseThrow());
        assertThat(after.ours(theirs)).isEqualTo(key(0).id());
        assertThat(after.telling()).isEmpty();
        assertThat(gap(after, Map.of(key(0), values)).isEmpty()).isTrue();
    }
}
