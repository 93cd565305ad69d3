package dev.tournant.cluster.gate;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.FishingOutcomes;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import dev.tournant.adapter.Gates.Refused;
import dev.tournant.adapter.Lane;
import dev.tournant.adapter.Limit;
import dev.tournant.cluster.gate.GateMessage.Ask;
import dev.tournant.cluster.gate.GateMessage.Ended;
import dev.tournant.cluster.gate.GateMessage.GateReply.Granted;
import dev.tournant.cluster.gate.GateMessage.How;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The way of this node's calls to their gates, in manual time; the gate is a probe. */
class DeskTest {
    private static final Duration WITHIN = Duration.ofSeconds(20);
    private static final GateSettings SETTINGS = GateFixture.settings("tournant.gate.admissions-max = 2");
    private static final PoolNames.Passing PASSING =
            new PoolNames.Passing("potluck:calls:all:M1", Limit.concurrent("calls", Limit.Scope.ACCOUNT, 1), 0, 1);

    private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
    private final ManualTime time = ManualTime.get(kit.system());
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong ids = new AtomicLong();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final TestProbe<GateMessage> gate = kit.createTestProbe();
    private final ActorRef<Desk.Message> desk = kit.spawn(Desk.create(new Desk.Ports(
            SETTINGS,
            nanos::get,
            ids::incrementAndGet,
            (pool, message) -> gate.getRef().tell(message),
            new GateMetrics(registry))));

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    private CompletableFuture<Admission.End.Passed> admit() {
        CompletableFuture<Admission.End.Passed> result = new CompletableFuture<>();
        desk.tell(new Desk.Admit(List.of(PASSING), Lane.PRICE, nanos.get(), WITHIN, result));
        return result;
    }

    private Ask asked() {
        return gate.expectMessageClass(Ask.class);
    }

    private static void grant(Ask ask) {
        ask.replyTo()
                .tell(new Granted(ask.id(), ask.round(), SETTINGS.permitLife().toMillis()));
    }

    private static <T> T join(CompletableFuture<T> result) {
        return result.orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Test
    void whatWaitsOnANodeIsBoundedAndRefusedAtOnceBeyondThat() {
        CompletableFuture<Admission.End.Passed> first = admit();
        admit();
        Ask ask = asked();
        asked();

        assertThat(admit())
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(Refused.class)
                .withMessageContaining("2 calls of this node wait for gates already");
        gate.expectNoMessage(Duration.ZERO);
        assertThat(registry.get("tournant.gate.waiting").gauge().value()).isEqualTo(2);
        grant(ask);
        assertThat(join(first).permits()).hasSize(1);
        admit();
        asked();
    }

    @Test
    void aCallThatNoGateAnswersIsGivenUpAtItsDeadlineAndTheGateIsTold() {
        CompletableFuture<Admission.End.Passed> call = admit();
        Ask ask = asked();

        nanos.addAndGet(WITHIN.toNanos());
        time.timePasses(Duration.ofMillis(100));

        assertThat(call)
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(Refused.class);
        gate.fishForMessage(
                Duration.ofSeconds(20),
                message -> message.equals(new Ended(ask.id(), How.UNUSED, null))
                        ? FishingOutcomes.complete()
                        : FishingOutcomes.continueAndIgnore());
        // A grant that comes now is nobody's.
        grant(ask);
        admit();
        asked();
    }
}
