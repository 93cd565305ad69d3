package dev.tournant.cluster.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
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
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A merchant that reads, as far as it is needed for that: a state, its fetches, and the plan that they are told by. */
class FetchesScene {
    static final LinkId LINK = new LinkId("pl-1");
    static final PartnerName POTLUCK = new PartnerName("potluck");
    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    static final Duration AGAIN = Duration.ofSeconds(21);
    static final MerchantRules RULES =
            new MerchantRules(SweepTest.LIMITS, Map.of(POTLUCK, Traits.reading(List.of("catalog"))));
    static ActorTestKit kit;

    MerchantState state = created();
    final TestProbe<Long> begun = kit.createTestProbe(Long.class);
    final TestProbe<String> plan = kit.createTestProbe(String.class);
    ActorRef<MerchantMessage> actor = kit.spawn(behaviour(begun.ref()));
    /** Where the last fetch began. */
    volatile @Nullable String from;

    /** When the first read that was told of last began. */
    volatile @Nullable Instant since;

    /** When the last reason to read came up. */
    volatile @Nullable Instant wantedAt;

    int offsets;
    /** When webhooks came that carry all. */
    Instant received = Instant.now();

    @BeforeAll
    static void start() {
        kit = ActorTestKit.create("fetches", ManualTime.config());
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    static MerchantState created() {
        return linked(MerchantState.EMPTY, new Link(LINK, POTLUCK, "M1", "L1", "main"));
    }

    static MerchantState linked(MerchantState state, Link... links) {
        MerchantProfile profile = new MerchantProfile(
                "Grill", Currency.getInstance("USD"), ZoneId.of("America/New_York"), List.of(links));
        return RULES.decide(state, new MerchantCommand.SetProfile(profile, null, "put", NOW))
                .after();
    }

    void links(Link... links) {
        state = linked(state, links);
        proceed();
    }

    /** What the actor shall do with its fetches. */
    record Do(Consumer<Fetches> what) implements Merchant.Internal {}

    /** Says what it is told. */
    final class Plan implements ReadPlan {
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

    Behavior<MerchantMessage> behaviour(ActorRef<Long> begins) {
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

    void proceed() {
        actor.tell(new Do(fetches -> fetches.proceed(state)));
    }

    void readNow(String resource) {
        readNow(resource, Duration.ofSeconds(1));
    }

    void readNow(String resource, Duration pause) {
        Merchant.ReadNow now = new Merchant.ReadNow("pool", LINK, resource, Lane.MENU, pause);
        actor.tell(new Do(fetches -> fetches.read(now, state)));
    }

    void ended(long generation, @Nullable String failure, int pages, boolean goesOn) {
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

    void absorb(PartnerEvent event, @Nullable FeedPage page) {
        Delivery delivery = new Delivery(
                new Position("t", 0, ++offsets), LINK, List.of(event), page, "", List.of(), List.of(), Instant.now());
        state = RULES.decide(state, new MerchantCommand.Absorb(List.of(delivery), Instant.now()))
                .after();
        proceed();
    }

    /** All of the catalogue, which is one item. */
    void covering(Instant edited, String unreadable) {
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

    void signal() {
        absorb(new PartnerEvent("", List.of(), List.of("catalog")), null);
    }

    void page(long generation, RecordDelta... deltas) {
        absorb(new PartnerEvent("", List.of(deltas), List.of()), new FeedPage("catalog", generation, true, "T"));
    }

    /** One that is not the last. */
    void page(long generation, int number, String onward, RecordDelta... deltas) {
        Whole whole = new Whole(Kind.ITEM, Stamp.at(Instant.now()), FieldMap.EMPTY, Whole.Span.FETCH);
        absorb(
                new PartnerEvent("", List.of(deltas), List.of(), List.of(whole)),
                new FeedPage("catalog", generation, false, null, new FeedPage.Leaf("r-" + generation, number), onward));
    }

    /** As an operator sees them. */
    int pagesShown() {
        MerchantReply reply = MerchantQueries.answer(state, new MerchantQuery.Summary(), Map.of(), 10_000, NOW);
        return ((MerchantReply.Merchant) reply).feeds().get(0).pages();
    }

    /** The actor, on another node. */
    void moves() {
        MerchantState kept = MerchantState.of(state.snapshot());
        actor = kit.spawn(behaviour(begun.ref()));
        state = kept;
    }

    /** The first read, to its end. */
    void known() {
        proceed();
        plan.expectMessage("wanted catalog FIRST");
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(1);
        ended(1, null, 1, false);
        page(1, item("tea"));
        plan.expectMessage("read catalog changed with 4 calls");
    }

    static RecordDelta item(String id) {
        return RecordDelta.set(
                RecordKey.of(Kind.ITEM, id),
                new Stamp(1, 0),
                1,
                FieldMap.builder(Kind.ITEM).set(Item.NAME, id).build());
    }

    void tell(Instant receivedAt, @Nullable Instant happenedAt) {
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

    FeedState feed() {
        return state.feeds().values().iterator().next();
    }

    boolean has(String item) {
        FlatRecord known = state.records().get(RecordKey.of(Kind.ITEM, item));
        return known != null && known.isPresent();
    }
}
