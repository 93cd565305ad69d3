package dev.tournant.cluster.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Lane;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Writing;
import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.Delivery;
import dev.tournant.messages.FeedPage;
import dev.tournant.messages.JobEnded;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantMessage;
import dev.tournant.messages.Position;
import dev.tournant.messages.PushOutcome;
import dev.tournant.model.Direction;
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
import dev.tournant.model.Projection;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a merchant tells a link something: on the actor's timers, in its own time. */
class PushesTest {
    private static final LinkId LINK = new LinkId("ma-1");
    private static final PartnerName MARKET = new PartnerName("market");
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    /** No page shows what was made: nothing is looked for before it is told again, and only time decides when it is. */
    private static final Traits TRAITS = new Traits(
            List.of("menus"),
            Set.of(Capability.READ_CATALOGUE, Capability.WRITE_CATALOGUE, Capability.ASYNCHRONOUS),
            Optional.of(Writing.Scope.CHANGES),
            Optional.of(new Writing.Jobs(Duration.ofHours(2), "menus")),
            List.of(),
            Set.of(),
            FieldMap.EMPTY,
            Traits.Withholding.NEVER);

    private static final Map<PartnerName, Traits> PARTNERS = Map.of(MARKET, TRAITS);
    private static final MerchantLimits LIMITS = SweepTest.LIMITS;
    private static final Duration SETTLE = LIMITS.pushSettle();
    private static final MerchantRules RULES = new MerchantRules(LIMITS, PARTNERS);
    private static final RecordKey TEA = RecordKey.of(Kind.ITEM, "tea");
    private static final RecordKey SOUP = RecordKey.of(Kind.ITEM, "soup");
    private static final Outcome BUSY = new Outcome.TryLater(Duration.ZERO, "HTTP 503");
    private static final Outcome STALE = new Outcome.ReadAgain("menus", "there is a newer one");
    private static final Duration ASKED = Duration.ofSeconds(60);
    private static final Outcome WAITS = new Outcome.TryLater(ASKED, "the job before is not done");
    private static ActorTestKit kit;

    /** Only the actor touches it. */
    private MerchantState state = MerchantState.EMPTY;

    private final TestProbe<Difference> pushed = kit.createTestProbe(Difference.class);
    private final ActorRef<MerchantMessage> actor = kit.spawn(behaviour(pushed.ref()));
    private final ManualTime time = ManualTime.get(kit.system());
    private volatile Instant now = NOW;
    private int requests;
    private int pages;

    @BeforeAll
    static void start() {
        kit = ActorTestKit.create("pushes", ManualTime.config());
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    /** What the actor shall do with its pushes. */
    private record Do(Consumer<Pushes> what) implements Merchant.Internal {}

    private Behavior<MerchantMessage> behaviour(ActorRef<Difference> begun) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            MerchantPorts ports = new MerchantFixture.Silent() {
                @Override
                public void push(
                        MerchantId merchant, Difference difference, Lane lane, ActorRef<Merchant.Internal> replyTo) {
                    begun.tell(difference);
                }
            };
            Pushes pushes = new Pushes(new MerchantId("grill"), context, timers, ports, PARTNERS, LIMITS, () -> now);
            return Behaviors.receive(MerchantMessage.class)
                    .onMessage(Do.class, each -> {
                        each.what().accept(pushes);
                        return Behaviors.same();
                    })
                    .onMessage(Pushes.Due.class, due -> {
                        written(pushes, pushes.due(due, state));
                        return Behaviors.same();
                    })
                    .onMessage(Pushes.Again.class, again -> {
                        written(pushes, pushes.again(again, state));
                        return Behaviors.same();
                    })
                    .build();
        }));
    }

    /** As the merchant does once a command of its own is written. */
    private void written(Pushes pushes, @Nullable MerchantCommand own) {
        if (own != null) {
            state = RULES.decide(state, own).after();
            pushes.proceed(state);
        }
    }

    /** Does something in the actor, and waits until it is done. */
    private void act(Consumer<Pushes> what) {
        TestProbe<Boolean> done = kit.createTestProbe(Boolean.class);
        actor.tell(new Do(pushes -> {
            what.accept(pushes);
            done.ref().tell(true);
        }));
        done.receiveMessage();
    }

    private void decide(MerchantCommand command) {
        act(pushes -> {
            state = RULES.decide(state, command).after();
            pushes.proceed(state);
        });
    }

    @BeforeEach
    void aLinkThatShowsWhatItShould() {
        begin(Direction.WRITE);
        edit("Tea");
        settle();
        ended(pushed.receiveMessage(), Outcome.DONE);
        passes(SETTLE);
        pushed.expectNoMessage();
    }

    private void begin(Direction direction) {
        show(direction, Projection.ALL);
        page(List.of());
    }

    private void show(Direction direction, Projection projection) {
        Link link = new Link(LINK, MARKET, "P", "S", "main").with(direction, projection);
        decide(new MerchantCommand.SetProfile(
                new MerchantProfile("Grill", Currency.getInstance("USD"), ZoneId.of("UTC"), List.of(link)),
                null,
                "put",
                NOW));
    }

    /** The link's menus are read. */
    private void page(List<JobEnded> jobs) {
        pages++;
        long wanted = Objects.requireNonNull(state.feeds().get(MerchantState.feedKey(LINK, "menus")))
                .wanted();
        Delivery delivery = new Delivery(
                new Position("t", 0, pages),
                LINK,
                List.of(new PartnerEvent("", List.of(), List.of())),
                new FeedPage("menus", wanted, true, null),
                "",
                List.of(),
                jobs,
                NOW);
        decide(new MerchantCommand.Absorb(List.of(delivery), NOW));
    }

    private void edit(String name) {
        edit(TEA, name);
    }

    private void edit(RecordKey key, String name) {
        edit(key, FieldMap.of(Item.NAME, name));
    }

    private void edit(RecordKey key, FieldMap fields) {
        requests++;
        RecordDelta delta = RecordDelta.set(key, Stamp.ZERO, 0, fields);
        act(pushes -> {
            FlatRecord known = state.records().get(key);
            long revision = known == null ? 0 : known.revision();
            state = RULES.decide(
                            state,
                            new MerchantCommand.EditRecord(delta, revision, "r" + requests, NOW.plusSeconds(requests)))
                    .after();
            pushes.proceed(state);
        });
    }

    private void passes(Duration duration) {
        now = now.plus(duration);
        time.timePasses(duration);
        // What the timers led to is behind us in the mailbox.
        act(pushes -> {});
    }

    private void settle() {
        passes(SETTLE);
        passes(Duration.ofMillis(1));
    }

    private static Map<RecordKey, Outcome> all(Difference difference, Outcome outcome) {
        Map<RecordKey, Outcome> all = new HashMap<>();
        difference.wanted().keySet().forEach(key -> all.put(key, outcome));
        difference.removed().forEach(key -> all.put(key, outcome));
        return all;
    }

    /** The partner was asked, and that came of it. */
    private void ended(Difference difference, Outcome outcome) {
        end(difference, new MerchantPorts.Told(LINK, difference.nonce(), all(difference, outcome), Map.of(), "PUT"));
    }

    /** The plan put all of it off. */
    private void putOff(Difference difference) {
        end(
                difference,
                new MerchantPorts.Told(
                        LINK, difference.nonce(), all(difference, WAITS), Map.of(), MerchantPorts.Told.PLAN));
    }

    /** What is to be remembered is written after the end is heard, as the merchant does. */
    private void end(Difference difference, MerchantPorts.Told told) {
        act(pushes -> {
            MerchantCommand first = pushes.told(told);
            MerchantCommand then =
                    pushes.ended(new MerchantPorts.PushEnded(LINK, difference.nonce(), null, Duration.ZERO), state);
            written(pushes, first);
            written(pushes, then);
        });
    }

    private void breaks(Difference difference) {
        act(pushes -> written(
                pushes,
                pushes.ended(
                        new MerchantPorts.PushEnded(LINK, difference.nonce(), "no connection", Duration.ZERO), state)));
    }

    private static String name(Difference difference) {
        FieldMap tea = difference.wanted().get(TEA);
        return tea == null ? "" : String.valueOf(tea.get(Item.NAME));
    }

    /** The next push comes no sooner than after three quarters of a wait, and no later than after five. */
    private Difference after(Duration wait) {
        passes(wait.multipliedBy(3).dividedBy(4).minusMillis(2));
        pushed.expectNoMessage(Duration.ofMillis(20));
        passes(wait.dividedBy(2).plusMillis(4));
        passes(Duration.ofMillis(1));
        return pushed.receiveMessage();
    }

    @Test
    void fiftyEditsInASecondAreOnePushAndThoseThatComeWhileItRunsAreAnother() {
        for (int i = 0; i < 25; i++) {
            edit("Tea " + i);
            passes(Duration.ofMillis(4));
        }
        settle();
        Difference first = pushed.receiveMessage();
        assertThat(name(first)).isEqualTo("Tea 24");
        for (int i = 25; i < 50; i++) {
            edit("Tea " + i);
            passes(Duration.ofMillis(20));
        }
        pushed.expectNoMessage(Duration.ofMillis(20));
        ended(first, Outcome.DONE);
        settle();
        Difference second = pushed.receiveMessage();
        assertThat(name(second)).isEqualTo("Tea 49");
        ended(second, Outcome.DONE);
        passes(Duration.ofHours(1));
        pushed.expectNoMessage(Duration.ofMillis(20));
    }

    @Test
    void backsOffTwiceAsLongEachTimeAndBeginsAnewOnceAnythingIsTaken() {
        edit("Chai");
        settle();
        Difference push = pushed.receiveMessage();
        for (int seconds = 1; seconds <= 16; seconds *= 2) {
            ended(push, BUSY);
            push = after(Duration.ofSeconds(seconds));
        }
        breaks(push);
        push = after(Duration.ofSeconds(32));
        ended(push, Outcome.DONE);
        edit("Green tea");
        settle();
        ended(pushed.receiveMessage(), BUSY);
        after(Duration.ofSeconds(1));
    }

    /** A partner that goes on saying that we have not seen the newest would else be asked as fast as it answers, for ever. */
    @Test
    void readsAtOnceWhatIsStaleAndIsInLessOfAHurryEachTimeThatThisWasInVain() {
        edit("Chai");
        settle();
        Difference push = stale(pushed.receiveMessage());
        for (int seconds = 1; seconds <= 8; seconds *= 2) {
            ended(push, STALE);
            page(List.of());
            push = after(Duration.ofSeconds(seconds));
        }
        ended(push, Outcome.DONE);
        edit("Green tea");
        settle();
        stale(pushed.receiveMessage());
    }

    private Difference stale(Difference push) {
        ended(push, STALE);
        page(List.of());
        settle();
        return pushed.receiveMessage();
    }

    @Test
    void backsOffFiveMinutesAtMost() {
        edit("Chai");
        settle();
        Difference push = pushed.receiveMessage();
        for (int i = 0; i < 14; i++) {
            ended(push, BUSY);
            passes(Duration.ofSeconds(376));
            passes(Duration.ofMillis(1));
            push = pushed.receiveMessage();
        }
    }

    @Test
    void anEditHurriesNobodyWhoWasAskedInVain() {
        edit("Chai");
        settle();
        Difference push = pushed.receiveMessage();
        for (int seconds = 1; seconds <= 8; seconds *= 2) {
            ended(push, BUSY);
            push = after(Duration.ofSeconds(seconds));
        }
        ended(push, BUSY);
        edit("Green tea");
        passes(Duration.ofSeconds(11));
        pushed.expectNoMessage(Duration.ofMillis(20));
        passes(Duration.ofSeconds(10));
        assertThat(name(pushed.receiveMessage())).isEqualTo("Green tea");
    }

    @Test
    void whatOnlyWaitsIsTriedAsSoonAsAnythingHappensAndElseWhenItAskedFor() {
        edit("Chai");
        settle();
        putOff(pushed.receiveMessage());
        passes(ASKED.minusSeconds(1));
        pushed.expectNoMessage(Duration.ofMillis(20));
        passes(Duration.ofSeconds(2));
        putOff(pushed.receiveMessage());
        edit("Green tea");
        settle();
        assertThat(name(pushed.receiveMessage())).isEqualTo("Green tea");
    }

    @Test
    void whatCameWhileItWasPutOffIsTriedAtOnce() {
        edit("Chai");
        settle();
        Difference push = pushed.receiveMessage();
        edit("Green tea");
        putOff(push);
        settle();
        assertThat(name(pushed.receiveMessage())).isEqualTo("Green tea");
    }

    @Test
    void whatBreaksOffWhileItWaitsIsNotTriedAtOnceForAnEdit() {
        edit("Chai");
        settle();
        Difference push = pushed.receiveMessage();
        act(pushes -> written(
                pushes,
                pushes.told(new MerchantPorts.Told(
                        LINK, push.nonce(), all(push, WAITS), Map.of(), MerchantPorts.Told.PLAN))));
        edit("Green tea");
        breaks(push);
        passes(ASKED.minusSeconds(1));
        pushed.expectNoMessage(Duration.ofMillis(20));
        passes(Duration.ofSeconds(2));
        pushed.receiveMessage();
    }

    @Test
    void whatOnlyWaitsCountsForNothingOnceThePartnerIsAskedInVain() {
        for (int i = 0; i < 9; i++) {
            edit("Chai " + i);
            settle();
            putOff(pushed.receiveMessage());
        }
        edit("Green tea");
        settle();
        ended(pushed.receiveMessage(), BUSY);
        after(Duration.ofSeconds(1));
    }

    @Test
    void theEndOfAJobThatIsAwaitedWakes() {
        edit("Chai");
        settle();
        ended(pushed.receiveMessage(), new Outcome.Pending("job-1"));
        edit(SOUP, "Soup");
        settle();
        Difference push = pushed.receiveMessage();
        assertThat(push.pending()).containsExactly("job-1");
        ended(push, new Outcome.TryLater(ASKED, "HTTP 409"));
        edit(SOUP, "Chowder");
        passes(Duration.ofSeconds(1));
        pushed.expectNoMessage(Duration.ofMillis(20));
        page(List.of(new JobEnded("job-1", PushOutcome.DONE, List.of())));
        settle();
        assertThat(pushed.receiveMessage().pending()).isEmpty();
    }

    @Test
    void aJobOfWhichNothingIsHeardIsLookedForThoughNothingElseHappens() {
        edit("Chai");
        settle();
        ended(pushed.receiveMessage(), new Outcome.Pending("job-1"));
        passes(SETTLE);
        passes(LIMITS.jobFollowedMax().plusSeconds(1));
        assertThat(state.link(LINK).health().readAgain()).isNull();
        passes(TRAITS.jobs().orElseThrow().within());
        assertThat(state.link(LINK).health().readAgain())
                .as("the partner may take longer where it may have to make something")
                .isEqualTo("menus");
    }

    @Test
    void whatIsNotTakenAwayIsTriedAgainThoughNothingHappens() {
        show(Direction.WRITE, new Projection(List.of(), List.of(TEA), List.of(), List.of()));
        settle();
        Difference push = pushed.receiveMessage();
        assertThat(push.removed()).containsExactly(TEA);
        ended(push, new Outcome.GiveUp("in-use", "an order has it"));
        settle();
        assertThat(isAtRest()).as("somebody has to be awake then").isFalse();
        passes(LIMITS.refusedRetries().first().minusSeconds(2));
        pushed.expectNoMessage(Duration.ofMillis(20));
        passes(Duration.ofSeconds(3));
        assertThat(pushed.receiveMessage().removed()).containsExactly(TEA);
    }

    private boolean isAtRest() {
        AtomicBoolean rests = new AtomicBoolean();
        act(pushes -> rests.set(pushes.isNone(state)));
        return rests.get();
    }

    private void pause(Instant until) {
        edit(
                TEA,
                FieldMap.builder(Kind.ITEM)
                        .put(Item.STATUS, SaleStatus.PAUSED)
                        .put(Item.UNTIL, until)
                        .build());
        settle();
        ended(pushed.receiveMessage(), Outcome.DONE);
        settle();
        settle();
    }

    @Test
    void aPauseThatIsOverIsToldThenThoughNothingHappens() {
        Instant until = now.plus(Duration.ofHours(3));
        pause(until);
        assertThat(isAtRest()).as("somebody has to be awake then").isFalse();
        act(pushes -> {
            pushes.restarted();
            pushes.proceed(state);
        });
        settle();
        passes(Duration.between(now, until).minusSeconds(1));
        pushed.expectNoMessage(Duration.ofMillis(20));
        passes(Duration.ofSeconds(2));
        Difference push = pushed.receiveMessage();
        FieldMap tea = Objects.requireNonNull(push.wanted().get(TEA));
        assertThat(tea.get(Item.STATUS)).isEqualTo(SaleStatus.FOR_SALE);
        assertThat(tea.get(Item.UNTIL)).isNull();
        ended(push, Outcome.DONE);
        passes(Duration.ofHours(9));
        pushed.expectNoMessage(Duration.ofMillis(20));
        assertThat(isAtRest()).isTrue();
        assertThat(state.link(LINK).health().inStepSince()).isNotNull();
    }

    @Test
    void whatIsTooFarAwayKeepsNobodyAwakeAndIsNotForgottenByWhoIs() {
        Instant until = now.plus(Duration.ofDays(30));
        pause(until);
        assertThat(isAtRest()).isTrue();
        for (int day = 0; day < 30; day++) {
            passes(Duration.ofDays(1));
        }
        assertThat(isAtRest()).isFalse();
        passes(Duration.ofDays(1));
        assertThat(pushed.receiveMessage().wanted()).containsOnlyKeys(TEA);
    }

    @Test
    void afterARestartAllIsComparedAnew() {
        edit("Chai");
        settle();
        Difference push = pushed.receiveMessage();
        act(pushes -> {
            pushes.restarted();
            pushes.proceed(state);
        });
        settle();
        assertThat(pushed.receiveMessage().nonce())
                .as("the partner takes both for one")
                .isEqualTo(push.nonce());
        ended(push, Outcome.DONE);
        passes(Duration.ofHours(1));
        pushed.expectNoMessage(Duration.ofMillis(20));
    }

    /** On a link that is read too, what is about to be told is written down first. */
    @Test
    void whatWasPutOffIsKnownNotToHaveBeenTold() {
        begin(Direction.BOTH);
        edit("Chai");
        settle();
        putOff(pushed.receiveMessage());
        assertThat(state.link(LINK).telling()).isEmpty();
        assertThat(state.link(LINK).health().readAgain()).isNull();
        passes(ASKED.minusSeconds(1));
        pushed.expectNoMessage(Duration.ofMillis(20));
        passes(Duration.ofSeconds(2));
        passes(Duration.ofMillis(1));
        pushed.receiveMessage();
        assertThat(state.link(LINK).health().readAgain())
                .as("without a reading")
                .isNull();
    }
}
