package dev.tournant.cluster.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.Delivery;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantMessage;
import dev.tournant.messages.Position;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.PartnerName;
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
import org.junit.jupiter.api.Test;

/** Which fetch is begun after one that broke off. */
class FetchesTest {
    private static final LinkId LINK = new LinkId("pl-1");
    private static final PartnerName POTLUCK = new PartnerName("potluck");
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final MerchantRules RULES =
            new MerchantRules(SweepTest.LIMITS, Map.of(POTLUCK, Traits.reading(List.of("catalog"))));
    private static ActorTestKit kit;

    private MerchantState state = created();
    private final TestProbe<Long> begun = kit.createTestProbe(Long.class);
    private final ActorRef<MerchantMessage> actor = kit.spawn(behaviour(begun.ref()));

    @BeforeAll
    static void start() {
        kit = ActorTestKit.create("fetches", ManualTime.config());
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    private static MerchantState created() {
        MerchantProfile profile = new MerchantProfile(
                "Grill",
                Currency.getInstance("USD"),
                ZoneId.of("America/New_York"),
                List.of(new Link(LINK, POTLUCK, "M1", "L1", "main")));
        return RULES.decide(MerchantState.EMPTY, new MerchantCommand.SetProfile(profile, null, "put", NOW))
                .after();
    }

    /** What the actor shall do with its fetches. */
    private record Do(Consumer<Fetches> what) implements Merchant.Internal {}

    private Behavior<MerchantMessage> behaviour(ActorRef<Long> begins) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            Fetches fetches = new Fetches(new MerchantId("grill"), context, timers, new MerchantFixture.Silent() {
                @Override
                public void fetch(
                        MerchantId merchant,
                        Link link,
                        String resource,
                        @Nullable String since,
                        long generation,
                        ActorRef<Merchant.Internal> replyTo) {
                    begins.tell(generation);
                }
            });
            return Behaviors.receive(MerchantMessage.class)
                    .onMessage(Do.class, each -> {
                        each.what().accept(fetches);
                        return Behaviors.same();
                    })
                    .onMessage(Fetches.Retry.class, retry -> {
                        fetches.retry(retry);
                        fetches.proceed(state);
                        return Behaviors.same();
                    })
                    .build();
        }));
    }

    private void proceed() {
        actor.tell(new Do(fetches -> fetches.proceed(state)));
    }

    private void broke(long generation, int pages, boolean goesOn) {
        MerchantPorts.Fetched end =
                new MerchantPorts.Fetched("pl-1", "catalog", generation, "HTTP 429", Duration.ZERO, pages, goesOn);
        TestProbe<Boolean> remembered = kit.createTestProbe(Boolean.class);
        actor.tell(new Do(fetches -> remembered.ref().tell(fetches.ended(end, state) != null)));
        assertThat(remembered.receiveMessage()).isTrue();
    }

    private void signal() {
        Delivery signal = new Delivery(
                new Position("t", 0, state.marks().size() + 1),
                LINK,
                List.of(new PartnerEvent("", List.of(), List.of("catalog"))),
                null);
        state = RULES.decide(state, new MerchantCommand.Absorb(List.of(signal), NOW))
                .after();
    }

    @Test
    void goesOnWithTheSameGenerationThoughMoreIsWantedByNow() {
        proceed();
        assertThat(begun.receiveMessage()).isEqualTo(1);
        signal();
        broke(1, 3, true);
        ManualTime.get(kit.system()).timePasses(LONG);
        assertThat(begun.receiveMessage()).isEqualTo(1);
    }

    @Test
    void beginsWithWhatIsWantedNowWhereItCannotGoOn() {
        proceed();
        assertThat(begun.receiveMessage()).isEqualTo(1);
        signal();
        broke(1, 0, false);
        ManualTime.get(kit.system()).timePasses(LONG);
        assertThat(begun.receiveMessage()).isEqualTo(2);
    }
}
