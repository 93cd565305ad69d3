package dev.tournant.cluster.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.FishingOutcomes;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import dev.tournant.adapter.Lane;
import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.Delivery;
import dev.tournant.messages.FeedPage;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantMessage;
import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Position;
import dev.tournant.messages.PushOutcome;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.PartnerName;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import dev.tournant.model.Whole;
import dev.tournant.persistence.FeedState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a merchant tells the plan of its reading, and which fetch it begins when it is told to. */
class FetchesTest {
    private static final LinkId LINK = new LinkId("pl-1");
    private static final PartnerName POTLUCK = new PartnerName("potluck");
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final Duration AGAIN = Duration.ofSeconds(21);
    private static final MerchantRules RULES =
            new MerchantRules(SweepTest.LIMITS, Map.of(POTLUCK, Traits.reading(List.of("catalog"))));
    private static ActorTestKit kit;

    private MerchantState state = created();
    private final TestProbe<Long> begun = kit.createTestProbe(Long.class);
    private final TestProbe<String> plan = kit.createTestProbe(String.class);
    private ActorRef<MerchantMessage> actor = kit.spawn(behaviour(begun.ref()));
    /** Where the last fetch began. */
    private volatile @Nullable String from;

    /** When the first read that was told of last began. */
    private volatile @Nullable Instant since;

    /** When the last reason to read came up. */
    private volatile @Nullable Instant wantedAt;

    private int offsets;
    /** When webhooks came that carry all. */
    private Instant received = Instant.now();

    @BeforeAll
    static void start() {
        kit = ActorTestKit.create("fetches", ManualTime.config());
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    private static MerchantState created() {
        return linked(MerchantState.EMPTY, new Link(LINK, POTLUCK, "M1", "L1", "main"));
    }

    private static MerchantState linked(MerchantState state, Link... links) {
        MerchantProfile profile = new MerchantProfile(
                "Grill", Currency.getInstance("USD"), ZoneId.of("America/New_York"), List.of(links));
        return RULES.decide(state, new MerchantCommand.SetProfile(profile, null, "put", NOW))
                .after();
    }

    private void links(Link... links) {
        state = linked(state, links);
        proceed();
    }

    /** What the actor shall do with its fetches. */
    private record Do(Consumer<Fetches> what) implements Merchant.Internal {}

    /** Says what it is told. */
    private final class Plan implements ReadPlan {
        @Override
        public void wanted(
                MerchantId id,
                Link link,
                String resource,
                Why why,
                long webhooks,
                Instant at,
                ZoneId zone,
                ActorRef<MerchantMessage> merchant) {
            assertThat(zone)
                    .isEqualTo(state.profile() == null ? null : state.profile().zone());
            wantedAt = at;
            plan.ref()
                    .tell("wanted " + resource + " " + why + (webhooks == 0 ? "" : " after " + webhooks + " webhooks"));
        }

        @Override
        public void read(
                MerchantId id,
                Link link,
                String resource,
                Instant asOf,
                boolean changed,
                int calls,
                Importance importance) {
            plan.ref().tell("read " + resource + (changed ? " changed" : " unchanged") + " with " + calls + " calls");
        }

        @Override
        public void broke(MerchantId id, Link link, String resource, Trouble trouble, @Nullable Instant retryAt) {
            plan.ref().tell("broke " + resource + " " + trouble);
        }

        @Override
        public void covered(MerchantId id, Link link, String resource, Instant asOf) {
            plan.ref().tell("covered " + resource + " as of " + asOf);
        }

        @Override
        public void gone(String by, MerchantId id, LinkId link, String resource) {
            plan.ref().tell("gone " + link + " " + resource + " by " + by);
        }

        @Override
        public void reading(MerchantId id, Link link, String resource, @Nullable FirstRead first) {
            since = first == null ? null : first.since();
            plan.ref()
                    .tell("reading " + resource
                            + (first == null ? "" : " for the first time, pages: " + first.pages()));
        }
    }

    private Behavior<MerchantMessage> behaviour(ActorRef<Long> begins) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            Fetches fetches = new Fetches(new MerchantId("grill"), context, timers, new MerchantFixture.Silent() {
                @Override
                public void fetch(MerchantId merchant, Reading reading, ActorRef<Merchant.Internal> replyTo) {
                    from = reading.onward();
                    begins.tell(reading.generation());
                }

                @Override
                public ReadPlan plan() {
                    return new Plan();
                }
            });
            return Behaviors.receive(MerchantMessage.class)
                    .onMessage(Do.class, each -> {
                        each.what().accept(fetches);
                        return Behaviors.same();
                    })
                    .onMessage(Fetches.Retry.class, retry -> {
                        fetches.retry(retry, state);
                        fetches.proceed(state);
                        return Behaviors.same();
                    })
                    .onMessage(Fetches.SayAgain.class, again -> {
                        fetches.sayAgain(state);
                        return Behaviors.same();
                    })
                    .build();
        }));
    }

    private void proceed() {
        actor.tell(new Do(fetches -> fetches.proceed(state)));
    }

    private void readNow(String resource) {
        readNow(resource, Duration.ofSeconds(1));
    }

    private void readNow(String resource, Duration pause) {
        Merchant.ReadNow now = new Merchant.ReadNow("pool", LINK, resource, Lane.MENU, pause);
        actor.tell(new Do(fetches -> fetches.read(now, state)));
    }

    private void ended(long generation, @Nullable String failure, int pages, boolean goesOn) {
        MerchantPorts.Fetched end = new MerchantPorts.Fetched(
                "pl-1", "catalog", generation, failure, ReadPlan.Trouble.FAILED, Duration.ZERO, 4, pages, goesOn, null);
        TestProbe<Boolean> remembered = kit.createTestProbe(Boolean.class);
        actor.tell(new Do(fetches -> {
            MerchantCommand command = fetches.ended(end, state);
            if (command != null) {
                state = RULES.decide(state, command).after();
            }
            remembered.ref().tell(command != null);
        }));
        assertThat(remembered.receiveMessage()).isEqualTo(failure != null);
    }

    private void absorb(PartnerEvent event, @Nullable FeedPage page) {
        Delivery delivery = new Delivery(
                new Position("t", 0, ++offsets), LINK, List.of(event), page, "", List.of(), List.of(), Instant.now());
        state = RULES.decide(state, new MerchantCommand.Absorb(List.of(delivery), Instant.now()))
                .after();
        proceed();
    }

    /** All of the catalogue, which is one item. */
    private void covering(Instant edited, String unreadable) {
        RecordDelta delta = RecordDelta.set(
                RecordKey.of(Kind.ITEM, "tea"), Stamp.at(edited), 0, FieldMap.of(Item.NAME, "tea of " + edited));
        PartnerEvent event = new PartnerEvent("e" + offsets, List.of(delta), List.of());
        Delivery delivery = new Delivery(
                new Position("t", 0, ++offsets),
                LINK,
                List.of(event),
                null,
                unreadable,
                List.of(),
                List.of(),
                received,
                false,
                List.of("catalog"),
                null);
        state = RULES.decide(state, new MerchantCommand.Absorb(List.of(delivery), Instant.now()))
                .after();
        proceed();
    }

    private void signal() {
        absorb(new PartnerEvent("", List.of(), List.of("catalog")), null);
    }

    private void page(long generation, RecordDelta... deltas) {
        absorb(new PartnerEvent("", List.of(deltas), List.of()), new FeedPage("catalog", generation, true, "T"));
    }

    /** One that is not the last. */
    private void page(long generation, int number, String onward, RecordDelta... deltas) {
        Whole whole = new Whole(Kind.ITEM, Stamp.at(Instant.now()), FieldMap.EMPTY, Whole.Span.FETCH);
        absorb(
                new PartnerEvent("", List.of(deltas), List.of(), List.of(whole)),
                new FeedPage("catalog", generation, false, null, new FeedPage.Leaf("r-" + generation, number), onward));
    }

    /** As an operator sees them. */
    private int pagesShown() {
        MerchantReply reply = MerchantQueries.answer(state, new MerchantQuery.Summary(), Map.of(), 10_000, NOW);
        return ((MerchantReply.Merchant) reply).feeds().get(0).pages();
    }

    /** The actor, on another node. */
    private void moves() {
        MerchantState kept = MerchantState.of(state.snapshot());
        actor = kit.spawn(behaviour(begun.ref()));
        state = kept;
    }

    /** The first read, to its end. */
    private void known() {
        proceed();
        plan.expectMessage("wanted catalog FIRST");
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(1);
        ended(1, null, 1, false);
        page(1, item("tea"));
        plan.expectMessage("read catalog changed with 4 calls");
    }

    private static RecordDelta item(String id) {
        return RecordDelta.set(
                RecordKey.of(Kind.ITEM, id),
                new Stamp(1, 0),
                1,
                FieldMap.builder(Kind.ITEM).set(Item.NAME, id).build());
    }

    @Test
    void saysWhatItWantsAndWhyAndWhatCameOfIt() {
        known();

        signal();
        plan.expectMessage("wanted catalog SIGNAL after 1 webhooks");
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(2);
        ended(2, null, 1, false);
        page(2, item("tea"));
        plan.expectMessage("read catalog unchanged with 4 calls");
    }

    @Test
    void countsEachWebhookAlsoAfterARestart() {
        known();
        signal();
        plan.expectMessage("wanted catalog SIGNAL after 1 webhooks");
        signal();
        plan.expectMessage("wanted catalog SIGNAL after 2 webhooks");
        moves();
        proceed();
        plan.expectMessage("wanted catalog SIGNAL after 2 webhooks");
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(3);
        signal();
        signal();
        ended(3, null, 1, false);
        page(3);
        plan.expectMessage("read catalog unchanged with 4 calls");
        plan.expectMessage("wanted catalog SIGNAL after 4 webhooks");
    }

    @Test
    void saysWhenWhatAWebhookTellsOfHappenedHoweverLateItIsHeardOf() {
        known();
        Instant late = Instant.now().minusSeconds(900).truncatedTo(ChronoUnit.MILLIS);

        tell(late, null);
        tell(late.minusSeconds(60), null);
        proceed();
        plan.expectMessage("wanted catalog SIGNAL after 2 webhooks");
        assertThat(wantedAt).as("when it came, as clocks differ").isEqualTo(late.plusSeconds(5));
        tell(late.plusSeconds(300), late.plusSeconds(20));
        proceed();
        plan.expectMessage("wanted catalog SIGNAL after 3 webhooks");
        assertThat(wantedAt).as("it was tried again").isEqualTo(late.plusSeconds(25));
        tell(late.plusSeconds(60), late.plusSeconds(9_000));
        proceed();
        plan.expectMessage("wanted catalog SIGNAL after 4 webhooks");
        assertThat(wantedAt).as("by a clock that is ahead").isEqualTo(late.plusSeconds(65));
    }

    private void tell(Instant receivedAt, @Nullable Instant happenedAt) {
        Delivery delivery = new Delivery(
                new Position("t", 0, ++offsets),
                LINK,
                List.of(new PartnerEvent("w" + offsets, List.of(), List.of("catalog"))),
                null,
                "",
                List.of(),
                List.of(),
                receivedAt,
                false,
                List.of(),
                happenedAt);
        state = RULES.decide(state, new MerchantCommand.Absorb(List.of(delivery), Instant.now()))
                .after();
    }

    @Test
    void whatAPushWantsToSeeAgainIsNoWebhook() {
        known();
        MerchantCommand push = new MerchantCommand.TakePush(
                LINK,
                List.of(new MerchantCommand.Settled(
                        RecordKey.of(Kind.ITEM, "tea"), PushOutcome.readAgain("catalog", "changed"), "f")),
                List.of(),
                List.of(),
                null,
                NOW);
        state = RULES.decide(state, push).after();
        proceed();
        plan.expectMessage("wanted catalog OURS");
        signal();
        plan.expectMessage("wanted catalog OURS after 1 webhooks");
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(3);
        ended(3, null, 1, false);
        page(3);
        plan.expectMessage("read catalog unchanged with 4 calls");
        signal();
        plan.expectMessage("wanted catalog SIGNAL after 2 webhooks");
    }

    @Test
    void whatAPageAsksForIsNoWebhook() {
        known();
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(1);
        ended(1, null, 1, false);
        absorb(new PartnerEvent("", List.of(), List.of("catalog")), new FeedPage("catalog", 1, true, "T"));
        plan.expectMessage("read catalog unchanged with 4 calls");
        plan.expectMessage("wanted catalog OURS");
    }

    @Test
    void readsWhatNobodyWantedWithoutAWordInTheJournal() {
        known();
        MerchantState before = state;

        readNow("catalog");

        assertThat(begun.receiveMessage()).as("the number of the fetch before").isEqualTo(1);
        assertThat(state).isSameAs(before);
        readNow("catalog");
        plan.expectMessage("reading catalog");
        ended(1, null, 1, false);
        page(1, item("cake"));
        plan.expectMessage("read catalog changed with 4 calls");
    }

    @Test
    void aSignalThatComesWhileItIsReadIsWantedAfterIt() {
        known();
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(1);

        signal();
        ended(1, null, 1, false);
        page(1);

        plan.expectMessage("read catalog unchanged with 4 calls");
        plan.expectMessage("wanted catalog SIGNAL after 1 webhooks");
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(2);
    }

    @Test
    void goesOnWithTheSameGenerationThoughMoreIsWantedByNow() {
        proceed();
        plan.expectMessage("wanted catalog FIRST");
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(1);
        page(1, 1, "c2");
        plan.expectMessage("reading catalog for the first time, pages: 1");
        page(1, 2, "c3");
        plan.expectMessage("reading catalog for the first time, pages: 2");
        signal();
        ended(1, "HTTP 429", 3, true);
        plan.expectMessage("broke catalog CROWDED");
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(1);
        assertThat(from).isEqualTo("c3");
        plan.expectMessage("reading catalog for the first time, pages: 2");
    }

    @Test
    void aFirstReadGoesOnAfterARestart() {
        proceed();
        plan.expectMessage("wanted catalog FIRST");
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(1);
        page(1, 1, "c2", item("tea"));
        plan.expectMessage("reading catalog for the first time, pages: 1");
        Instant began = since;
        assertThat(began).isNotNull();

        moves();
        proceed();
        plan.expectMessage("wanted catalog FIRST");
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(1);
        assertThat(from).isEqualTo("c2");
        plan.expectMessage("reading catalog for the first time, pages: 1");
        assertThat(pagesShown()).isEqualTo(1);
        page(1, 2, "c3");
        plan.expectMessage("reading catalog for the first time, pages: 2");
        assertThat(since).as("since its first page").isEqualTo(began);
        assertThat(pagesShown()).isEqualTo(2);
        readNow("catalog");
        plan.expectMessage("reading catalog for the first time, pages: 2");
        ended(1, null, 2, false);
        page(1, item("cake"));
        assertThat(pagesShown()).as("behind the end").isZero();
        plan.expectMessage("read catalog changed with 4 calls");
        assertThat(state.records().get(RecordKey.of(Kind.ITEM, "tea")))
                .as("what stood on a page before the restart")
                .matches(FlatRecord::isPresent);

        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(1);
        assertThat(from).as("behind the end").isNull();
    }

    @Test
    void aReadingThatIsToTellWhatIsGoneBeginsAnewAfterARestart() {
        known();
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(1);
        page(1, 1, "c2", item("tea"));
        ended(1, "HTTP 429", 1, true);
        plan.expectMessage("broke catalog CROWDED");
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(1);
        assertThat(from).isEqualTo("c2");

        moves();
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(1);
        assertThat(from).isNull();
    }

    @Test
    void aPlaceThatThePartnerKnowsNoMoreIsForgotten() {
        known();
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(1);
        page(1, 1, "c2", item("tea"));
        ended(1, "HTTP 400", 1, false);
        plan.expectMessage("broke catalog FAILED");
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(1);
        assertThat(from).isNull();
        assertThat(state.feeds().values())
                .singleElement()
                .matches(feed -> feed.soFar().pages() == 0 && feed.trouble() == null);
    }

    @Test
    void beginsWithWhatIsWantedNowWhereItCannotGoOn() {
        proceed();
        plan.expectMessage("wanted catalog FIRST");
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(1);
        signal();
        ended(1, "HTTP 500", 0, false);
        plan.expectMessage("broke catalog FAILED");
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(2);
    }

    @Test
    void aWebhookThatCarriesAllIsAsGoodAsAReading() {
        known();
        Instant edited = Instant.now().plusSeconds(1).truncatedTo(ChronoUnit.MILLIS);
        Instant later = edited.plusSeconds(1);
        received = later;

        covering(edited, "");
        plan.expectMessage("covered catalog as of " + edited);
        covering(later, "name is a number");
        covering(edited.minusSeconds(1), "");
        covering(edited, "");
        covering(later.plusSeconds(9), "");
        plan.expectMessage("covered catalog as of " + later);
        assertThat(state.feeds().values()).singleElement().matches(feed -> !feed.isDue());
    }

    @Test
    void aWebhookThatCarriesAllDisturbsNoReadingThatIsUnderWay() {
        known();
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(1);
        received = Instant.now().plusSeconds(9);
        covering(received.truncatedTo(ChronoUnit.MILLIS), "");
        assertThat(plan.receiveMessage()).startsWith("covered catalog");
        readNow("catalog");
        plan.expectMessage("reading catalog");
        ended(1, null, 1, false);
        page(1);
        plan.expectMessage("read catalog unchanged with 4 calls");
    }

    @Test
    void aWebhookTakesNoFirstReadsPlace() {
        proceed();
        plan.expectMessage("wanted catalog FIRST");
        covering(Instant.now(), "");
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(1);
        plan.expectNoMessage();
    }

    @Test
    void saysAgainWhatItWantsAsThePlanMayHaveForgotten() {
        proceed();
        plan.expectMessage("wanted catalog FIRST");
        ManualTime.get(kit.system()).timePasses(AGAIN);
        plan.expectMessage("wanted catalog FIRST");
    }

    @Test
    void saysThatItReadsStillAsLongAsItDoes() {
        known();
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(1);
        for (int i = 0; i < 9; i++) {
            ManualTime.get(kit.system()).timePasses(AGAIN);
            plan.expectMessage("reading catalog");
        }
        page(1, 1, "c2");
        ManualTime.get(kit.system()).timePasses(AGAIN);
        plan.expectMessage("reading catalog");
        ended(1, "HTTP 500", 1, true);
        plan.expectMessage("broke catalog CROWDED");
        ManualTime.get(kit.system()).timePasses(AGAIN.multipliedBy(2));
        plan.expectNoMessage();
    }

    @Test
    void pagesThatDoNotComeBackAreAFetchThatBroke() {
        proceed();
        plan.expectMessage("wanted catalog FIRST");
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(1);
        ended(1, null, 1, false);
        ManualTime.get(kit.system()).timePasses(Duration.ofSeconds(31));
        plan.fishForMessage(
                Duration.ofSeconds(3),
                each -> each.equals("broke catalog FAILED")
                        ? FishingOutcomes.complete()
                        : FishingOutcomes.continueAndIgnore());
    }

    @Test
    void whatIsNotThereIsGone() {
        readNow("tables");
        plan.expectMessage("gone pl-1 tables by pool");
    }

    @Test
    void aFirstReadThatIsTakenForAPollDoesNotBegin() {
        proceed();
        plan.expectMessage("wanted catalog FIRST");
        readNow("catalog", Duration.ZERO);
        plan.expectMessage("wanted catalog FIRST");
        begun.expectNoMessage();
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(1);
        ended(1, null, 1, false);
        page(1, item("tea"));
        plan.expectMessage("read catalog changed with 4 calls");
        readNow("catalog", Duration.ZERO);
        assertThat(begun.receiveMessage()).as("a poll").isEqualTo(1);
    }

    private FeedState feed() {
        return state.feeds().values().iterator().next();
    }

    private boolean has(String item) {
        FlatRecord known = state.records().get(RecordKey.of(Kind.ITEM, item));
        return known != null && known.isPresent();
    }

    @Test
    void whatWasAskedForWhereALinkLeadsNoMoreCountsForNothing() {
        proceed();
        plan.expectMessage("wanted catalog FIRST");
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(1);

        links(new Link(LINK, POTLUCK, "M2", "L1", "main"));
        plan.expectMessage("wanted catalog FIRST");
        page(1, 1, "c2", item("tea"));
        page(1, item("cake"));
        ended(1, null, 2, false);

        assertThat(has("tea") || has("cake")).as("of another account").isFalse();
        assertThat(feed()).matches(feed -> feed.isDue() && feed.cursor() == null && feed.doneAt() == null);
        readNow("catalog");
        long here = begun.receiveMessage();
        assertThat(here).isNotEqualTo(1);
        ended(here, null, 1, false);
        page(here, item("soup"));
        plan.expectMessage("read catalog changed with 4 calls");
        assertThat(has("soup")).isTrue();
        assertThat(feed()).matches(feed -> !feed.isDue() && "T".equals(feed.cursor()));
    }

    @Test
    void aLinkThatIsRemovedAndAddedAgainIsReadFromItsBeginning() {
        known();
        signal();
        plan.expectMessage("wanted catalog SIGNAL after 1 webhooks");
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(2);

        links();
        links(new Link(LINK, POTLUCK, "M1", "L1", "main"));
        plan.expectMessage("wanted catalog FIRST");
        page(2, item("cake"));

        assertThat(has("cake")).as("what changed since a cursor of before").isFalse();
        assertThat(feed()).matches(feed -> feed.isDue() && feed.cursor() == null);
        readNow("catalog");
        long here = begun.receiveMessage();
        ended(here, null, 1, false);
        page(here, item("cake"));
        plan.expectMessage("read catalog changed with 4 calls");
    }
}
