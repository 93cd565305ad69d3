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
import dev.tournant.model.Presence;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.Stamp;
import dev.tournant.model.Store;
import dev.tournant.persistence.Counterpart;
import dev.tournant.persistence.LinkChange;
import dev.tournant.persistence.LinkHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
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
    private static final Predicate<RecordKey> NONE = key -> false;
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
        return told(link, desired, came, NOW);
    }

    private static LinkState told(
            LinkState link, Map<RecordKey, FieldMap> desired, Map<RecordKey, PushOutcome> came, Instant at) {
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
        return link.after(PushResults.take(link, new TakePush(LINK, outcomes, told, List.of(), null, at), true, NONE));
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
        assertThat(twice.health().ended(List.of())).isEqualTo(once.health());
        assertThat(twice.counterparts()).isEqualTo(once.counterparts());
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
    void whatIsRefusedForTheMenuThatItStandsOnIsToldOnceTheStoreOrTheMenuChanges() {
        Traits whole = new Traits(
                List.of("menus"), Set.of(Capability.WRITE_CATALOGUE), Optional.of(Writing.Scope.WHOLE), TRAITS.jobs());
        RecordKey store = RecordKey.of(Kind.STORE, "store");
        Map<RecordKey, FieldMap> desired = desired(1, "a");
        desired.put(store, FieldMap.of(Store.NAME, "Grill"));
        String of = new Comparing(whole, LinkState.of(LINK), desired, key -> null).fingerprint(key(0), fields("a0"));
        Settled no = new Settled(key(0), PushOutcome.givenUp("no-hours", "are missing"), of);
        LinkState link = LinkState.of(LINK);
        LinkState refused = link.after(
                PushResults.take(link, new TakePush(LINK, List.of(no), List.of(), List.of(), null, NOW), true, NONE));
        assertThat(new Comparing(whole, refused, desired, key -> null).gap().heldBack())
                .containsExactly(key(0));
        desired.put(store, FieldMap.of(Store.NAME, "Grill at the corner"));
        assertThat(new Comparing(whole, refused, desired, key -> null).gap().wanted())
                .containsKey(key(0));
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
        assertThat(overtaken
                        .after(PushResults.take(overtaken, over, true, NONE))
                        .health()
                        .doubted())
                .isTrue();
        assertThat(seen.after(PushResults.take(seen, over, true, NONE)).health().doubted())
                .isFalse();
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

    /** No page shows whether the store takes orders. */
    @Test
    void whatTheStoreWasToldIsHeldThoughNoPageShowsIt() {
        LinkState link = LinkState.of(LINK);
        RecordKey store = RecordKey.of(Kind.STORE, "store");
        RemoteRecord told = new RemoteRecord(store, store.id(), 0, "{\"is_active\":true}");
        LinkState known = link.after(PushResults.held(link, List.of(told), PushResults.Extent.SOME, NOW));
        LinkState asked = known.after(PushResults.held(known, List.of(), PushResults.Extent.ALL_AS_ASKED, NOW));
        assertThat(asked).isEqualTo(known);
    }

    @Test
    void anEndThatIsToldTwiceSaysNothingOfWhatIsHeldNow() {
        LinkState now = shown(LinkState.of(LINK), "{\"name\":\"new\"}");
        RemoteRecord old = new RemoteRecord(key(0), new RecordId("d0"), 0, "{\"name\":\"old\"}");
        JobEnded late = new JobEnded("job-1", PushOutcome.DONE, List.of(old));
        assertThat(now.after(PushResults.ended(now, late, NOW)).counterparts()).isEqualTo(now.counterparts());
    }

    private static LinkState ended(LinkState link, String job, PushOutcome outcome, Instant at) {
        return link.after(PushResults.ended(link, new JobEnded(job, outcome, List.of()), at));
    }

    private static Map<RecordKey, PushOutcome> pending(Map<RecordKey, FieldMap> desired, String job) {
        Map<RecordKey, PushOutcome> came = new HashMap<>();
        desired.keySet().forEach(key -> came.put(key, PushOutcome.pending(job)));
        return came;
    }

    @Property(tries = 200)
    void theEndOfAJobMayBeToldBeforeTheAnswerThatNamesIt(@ForAll("outcomes") List<PushOutcome> ends) {
        Map<RecordKey, FieldMap> desired = desired(3, "a");
        for (PushOutcome end : ends) {
            if (end.kind() == PushOutcome.Kind.LATER) {
                continue;
            }
            LinkState link = LinkState.of(LINK);
            LinkState inOrder = ended(told(link, desired, pending(desired, "j")), "j", end, NOW);
            LinkState early = told(ended(link, "j", end, NOW), desired, pending(desired, "j"));
            assertThat(early.health().ended(List.of())).isEqualTo(inOrder.health());
            assertThat(early.counterparts()).isEqualTo(inOrder.counterparts());
        }
    }

    /** As when a menu is told for a dish of which more is to come. */
    @Test
    void aJobThatSettlesNothingIsWaitedForToo() {
        LinkState link = told(LinkState.of(LINK), desired(1, "a"), Map.of(key(0), PushOutcome.DONE));
        LinkState working = link.after(PushResults.take(link, named("job-1", NOW), true, NONE));
        assertThat(working.health().jobs()).extracting(LinkHealth.Job::name).containsExactly("job-1");
        LinkState done = ended(working, "job-1", PushOutcome.DONE, NOW);
        assertThat(done.health().jobs()).isEmpty();
        assertThat(done.counterparts()).isEqualTo(link.counterparts());
    }

    @Test
    void whatIsToBeReadAfterAnEndThatWasToldEarlyIsKnown() {
        PushOutcome again = PushOutcome.readAgain("catalog", "half of it is done");
        LinkHealth early = ended(LinkState.of(LINK), "job-1", again, NOW).health();
        assertThat(EarlyEnds.readAgain(early, named("job-1", NOW))).containsExactly("catalog");
        assertThat(EarlyEnds.readAgain(early, named("job-2", NOW))).isEmpty();
    }

    private static TakePush named(String job, Instant at) {
        Settled pending = new Settled(key(0), PushOutcome.pending(job), "f");
        return new TakePush(LINK, List.of(pending), List.of(), List.of(), null, at);
    }

    @Test
    void endsOfJobsThatNobodyNamesAreFewAndAreForgotten() {
        LinkState link = LinkState.of(LINK);
        for (int i = 0; i < 3 * EarlyEnds.MAX; i++) {
            link = ended(link, "job-" + i, PushOutcome.DONE, NOW);
            link = ended(link, "job-" + i, PushOutcome.DONE, NOW);
        }
        assertThat(link.health().ends()).hasSize(EarlyEnds.MAX);
        Instant later = NOW.plus(EarlyEnds.KEPT_FOR).plusMillis(1);
        Map<RecordKey, FieldMap> desired = desired(1, "a");
        String last = "job-" + (3 * EarlyEnds.MAX - 1);
        assertThat(told(link, desired, pending(desired, last), NOW).health().jobs())
                .isEmpty();
        assertThat(told(link, desired, pending(desired, last), later).health().jobs())
                .as("too late")
                .hasSize(1);
        assertThat(ended(link, "new", PushOutcome.DONE, later).health().ends()).hasSize(1);
    }

    @Test
    void whatOnlySaysThatAJobIsSeenIsNoEndToRemember() {
        LinkState link = LinkState.of(LINK);
        assertThat(ended(link, "job-1", PushOutcome.later(Duration.ZERO, "seen"), NOW))
                .isEqualTo(link);
    }

    private static final Retries RETRIES = new Retries(Duration.ofMinutes(5), Duration.ofMinutes(12));

    private static Comparing.Gap gap(LinkState link, Map<RecordKey, FieldMap> desired, Instant at) {
        return new Comparing(TRAITS, link, desired, key -> record(key, fields("was")))
                .at(at, RETRIES)
                .gap();
    }

    @Test
    void whatIsNotTakenAwayIsTriedAgainLessAndLessOften() {
        Map<RecordKey, FieldMap> none = Map.of();
        LinkState link = told(LinkState.of(LINK), desired(1, "a"), Map.of(key(0), PushOutcome.DONE));
        assertThat(gap(link, none, NOW).removed()).containsExactly(key(0));
        Instant at = NOW;
        for (int minutes : new int[] {5, 10, 12, 12}) {
            Settled no = new Settled(key(0), PushOutcome.givenUp("in-use", "an order has it"), "");
            link = link.after(PushResults.take(
                    link, new TakePush(LINK, List.of(no), List.of(), List.of(), null, at), true, NONE));
            Instant due = at.plus(Duration.ofMinutes(minutes));
            assertThat(RETRIES.next(link, at)).contains(due);
            assertThat(gap(link, none, due.minusMillis(1)).isEmpty()).isTrue();
            assertThat(gap(link, none, due.minusMillis(1)).heldBack()).containsExactly(key(0));
            assertThat(gap(link, none, due).removed()).containsExactly(key(0));
            at = due;
        }
        assertThat(RETRIES.next(link, at.plus(Duration.ofHours(1)))).isEmpty();
    }

    @Test
    void whatAJobWasAboutThatFailedIsTriedAgainAndWhatIsRefusedByItselfIsNot() {
        Map<RecordKey, FieldMap> desired = desired(3, "a");
        PushOutcome no = PushOutcome.givenUp("menu-failed", "it could not be processed");
        LinkState failed = ended(told(LinkState.of(LINK), desired, pending(desired, "job-1")), "job-1", no, NOW);
        Instant due = NOW.plus(RETRIES.first());
        assertThat(gap(failed, desired, due.minusMillis(1)).heldBack()).isEqualTo(desired.keySet());
        assertThat(gap(failed, desired, due).wanted().keySet()).isEqualTo(desired.keySet());
        LinkState refused = told(LinkState.of(LINK), desired, Map.of(key(0), no));
        assertThat(gap(refused, desired, NOW.plus(Duration.ofDays(9))).heldBack())
                .containsExactly(key(0));
        assertThat(LinkReports.why(refusal(failed)))
                .isEqualTo(
                        "it could not be processed; the partner said so of a whole job and not of which record, so this "
                                + "one need not be to blame; it is tried again by itself, less and less often, once so far");
        assertThat(LinkReports.why(refusal(refused))).isEqualTo("it could not be processed");
    }

    private static Counterpart.Refusal refusal(LinkState link) {
        return Objects.requireNonNull(link.counterparts().get(0).refusal());
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
    void norIsWhatAPageShowedOfItAtALaterVersionForgotten() {
        LinkState link = LinkState.of(LINK);
        RemoteRecord shown = new RemoteRecord(key(7), new RecordId("i7"), 5, "{}");
        LinkState before = link.after(PushResults.held(link, List.of(shown), PushResults.Extent.SOME, NOW));
        Settled done = new Settled(key(0), PushOutcome.DONE, "f");
        RemoteRecord made = new RemoteRecord(key(0), new RecordId("i7"), 3, null);
        TakePush push = new TakePush(
                LINK,
                List.of(done),
                List.of(RecordDelta.set(key(0), Stamp.at(NOW), 0, fields("a0"))),
                List.of(made),
                null,
                NOW);
        Counterpart mine = Objects.requireNonNull(
                before.after(PushResults.take(before, push, true, NONE)).counterpart(key(0)));
        assertThat(mine.version()).isEqualTo(5);
        assertThat(mine.document()).isEqualTo("{}");
        assertThat(Objects.requireNonNull(mine.told()).provenances())
                .extracting(Provenance::version)
                .as("as it was made")
                .containsOnly(3L);
    }

    @Test
    void whatIsMadeAnewIsToldOfItsStockAgain() {
        Provenance gone = new Provenance(LINK, "e1", Stamp.at(NOW), 2);
        LinkState link = LinkState.of(LINK)
                .after(LinkChange.of(LINK, List.of(Counterpart.of(key(0)).gone(gone))));
        LinkState anew = told(link, Map.of(key(0), FieldMap.of(Item.NAME, "a0")), Map.of(key(0), PushOutcome.DONE));
        FlatRecord told = Objects.requireNonNull(
                Objects.requireNonNull(anew.counterpart(key(0))).told());
        assertThat(told.provenance(Item.STATUS)).as("is known to show nothing").isPresent();
        assertThat(told.get(Item.STATUS)).isEmpty();
    }

    @Test
    void aChangeThatIsTakenOfWhatWentMeanwhileMakesItNotAnew() {
        Provenance gone = new Provenance(LINK, "e1", Stamp.at(NOW), 2);
        LinkState link = LinkState.of(LINK)
                .after(LinkChange.of(LINK, List.of(Counterpart.of(key(0)).gone(gone))));
        Map<RecordKey, FieldMap> status = Map.of(key(0), FieldMap.of(Item.STATUS, SaleStatus.OFF));
        LinkState after = told(link, status, Map.of(key(0), PushOutcome.DONE));
        FieldMap off = fields("a0").with(FieldMap.of(Item.STATUS, SaleStatus.OFF));
        assertThat(gap(after, Map.of(key(0), off)).wanted()).containsExactly(Map.entry(key(0), off));
    }

    @Test
    void whatCameBackWhileItWasTakenAwayIsMadeAnew() {
        LinkState link = LinkState.of(LINK)
                .after(LinkChange.of(LINK, List.of(Counterpart.of(key(0)).held(new RecordId("T6"), 9, null))));
        RecordDelta deletion = RecordDelta.deleted(key(0), Stamp.at(NOW), 0, Presence.TOMBSTONE);
        TakePush push = new TakePush(
                LINK, List.of(new Settled(key(0), PushOutcome.DONE, "")), List.of(deletion), List.of(), null, NOW);
        FlatRecord back = FlatRecord.unknown(key(0))
                .after(
                        RecordDelta.set(key(0), Stamp.at(NOW), 9, fields("a0")),
                        new Provenance(LINK, "e1", Stamp.at(NOW), 9),
                        1);
        LinkState after = link.after(PushResults.take(link, push, true, key -> true));
        Map<RecordKey, FieldMap> desired = Map.of(key(0), fields("a0"));
        assertThat(new Comparing(TRAITS, after, desired, key -> back).gap().wanted())
                .isEqualTo(desired);
        assertThat(link.after(PushResults.take(link, push, true, NONE)).counterparts())
                .isEmpty();
    }

    @Test
    void aDocumentThatIsPutBackAsItWasBeforeItWasToldIsComparedAgain() {
        Map<RecordKey, FieldMap> desired = desired(1, "a");
        String edited = "{\"name\":\"edited\"}";
        LinkState seen = shown(LinkState.of(LINK), edited);
        TakePush over = new TakePush(LINK, List.of(), List.of(), List.of(), PushResults.shown(seen), NOW);
        LinkState working =
                told(seen.after(PushResults.take(seen, over, false, NONE)), desired, pending(desired, "job-1"));
        assertThat(shown(working, edited).health().doubted())
                .as("it shows so still")
                .isFalse();
        LinkState written = ended(working, "job-1", PushOutcome.DONE, NOW);
        assertThat(written.health().doubted()).isFalse();
        assertThat(shown(written, edited).health().doubted())
                .as("it shows so again")
                .isTrue();
    }

    @Test
    void anObjectThatAppearsWithTheValuesOfOneBeingMadeIsThatOne() {
        FieldMap values = fields("Tea");
        LinkState link = LinkState.of(LINK);
        RecordDelta begun = RecordDelta.set(key(0), Stamp.at(NOW), 0, values);
        TakePush intent = new TakePush(LINK, List.of(), List.of(begun), List.of(), null, NOW);
        LinkState making = link.after(PushResults.take(link, intent, true, NONE));
        RecordKey theirs = RecordKey.of(Kind.ITEM, "T9");
        RecordDelta other = RecordDelta.set(theirs, Stamp.at(NOW), 4, fields("Soup"));
        assertThat(Adopting.adopted(making, other, Traits.Completing.NOTHING, NOW))
                .isEmpty();
        RecordDelta said = RecordDelta.set(theirs, Stamp.at(NOW), 4, values);
        LinkState after = making.after(
                Adopting.adopted(making, said, Traits.Completing.NOTHING, NOW).orElseThrow());
        assertThat(after.ours(theirs)).isEqualTo(key(0).id());
        assertThat(after.telling()).isEmpty();
        assertThat(gap(after, Map.of(key(0), values)).isEmpty()).isTrue();
    }
}
