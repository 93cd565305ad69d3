package dev.tournant.cluster.push;

import static dev.tournant.cluster.push.Kiosk.call;
import static dev.tournant.cluster.push.Kiosk.difference;
import static dev.tournant.cluster.push.Kiosk.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import com.typesafe.config.ConfigFactory;
import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Gates;
import dev.tournant.adapter.Lane;
import dev.tournant.adapter.Outbound;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.Remote;
import dev.tournant.cluster.merchant.Merchant;
import dev.tournant.cluster.merchant.MerchantPorts.PushEnded;
import dev.tournant.cluster.merchant.MerchantPorts.Told;
import dev.tournant.model.MerchantId;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PusherTest {
    private static final Duration WITHIN = Duration.ofSeconds(20);
    private static ActorTestKit kit;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Counter counter = new Counter();
    private final TestProbe<Merchant.Internal> merchant = kit.createTestProbe(Merchant.Internal.class);

    @BeforeAll
    static void start() {
        kit = ActorTestKit.create("pusher", ConfigFactory.parseString("""
                tournant.push { pushes-max = 2, calls-max = 2, instead-max = 10, calls-per-push-max = 20 }
                """));
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    private Pusher pusher(Outbound outbound, Adapter adapter) {
        return new Pusher(kit.system(), Map.of(Kiosk.NAME, adapter), outbound, registry);
    }

    private void push(Adapter adapter, Difference difference) {
        pusher(counter, adapter).push(new MerchantId("grill"), difference, Lane.PRICE, merchant.ref());
    }

    private Told told() {
        return merchant.expectMessageClass(Told.class, WITHIN);
    }

    private PushEnded ended() {
        return merchant.expectMessageClass(PushEnded.class, WITHIN);
    }

    private static Told told(Map<RecordKey, Outcome> outcomes, String call) {
        return new Told(Kiosk.LINK.id(), "n1", outcomes, Map.of(), call);
    }

    private static PushEnded complete() {
        return new PushEnded(Kiosk.LINK.id(), "n1", null, Duration.ZERO);
    }

    private double records(String outcome) {
        return registry.counter("tournant.push.records", "partner", "kiosk", "outcome", outcome)
                .count();
    }

    private double calls(String outcome) {
        return registry.counter("tournant.push.calls", "partner", "kiosk", "outcome", outcome)
                .count();
    }

    private void assertNoneIsUnderWay() {
        await().atMost(WITHIN)
                .untilAsserted(() -> assertThat(
                                registry.get("tournant.push.under-way").gauge().value())
                        .isZero());
    }

    @Test
    void aPushOfNothingEndsAtOnce() {
        push(Kiosk.of(), difference());
        assertThat(ended()).isEqualTo(complete());
        assertNoneIsUnderWay();
    }

    @Test
    void tellsWhatNeedsNoCall() {
        Map<RecordKey, Outcome> settled = Map.of(item("soup"), Outcome.DONE, item("tea"), Kiosk.REFUSED);
        push(new Kiosk(new Plan(List.of(), settled)), difference("soup", "tea"));
        assertThat(told()).isEqualTo(told(settled, "plan"));
        assertThat(ended()).isEqualTo(complete());
        counter.assertNothingElseWasSent();
        assertThat(records("done")).isOne();
        assertThat(records("give-up")).isOne();
    }

    @Test
    void tellsEachAnswerAtOnceAndMakesStepsInOrder() throws InterruptedException {
        push(Kiosk.of(List.of(call("a", "soup"), call("b", "tea")), List.of(call("c", "cake"))), difference("soup"));
        Counter.Sent first = counter.next();
        Counter.Sent second = counter.next();
        assertThat(List.of(first.path(), second.path())).containsExactlyInAnyOrder("/a", "/b");
        assertThat(first.lane()).isEqualTo(Lane.PRICE);
        first.answer(200);
        Told told = told();
        assertThat(told.outcomes()).containsOnlyKeys(item(first.path().equals("/a") ? "soup" : "tea"));
        assertThat(told.remotes().values()).extracting(Remote::version).containsExactly(1L);
        assertThat(told.call()).isEqualTo("POST " + first.path() + " -> 200");
        counter.assertNothingElseWasSent();
        second.answer(202);
        assertThat(told().outcomes()).containsValue(Kiosk.PENDING);
        counter.next().answer(200);
        assertThat(told().call()).isEqualTo("POST /c -> 200");
        assertThat(ended()).isEqualTo(complete());
        assertThat(calls("done")).isEqualTo(2);
        assertThat(calls("pending")).isOne();
    }

    @Test
    void makesCallsInPlaceOfOneThatIsRefusedWhole() throws InterruptedException {
        push(Kiosk.of(List.of(call("a", "soup", "tea")), List.of(call("b", "cake"))), difference("soup", "tea"));
        counter.next().answer(Kiosk.DIVIDE);
        for (int i = 0; i < 2; i++) {
            Counter.Sent part = counter.next();
            part.answer(part.path().equals("/a.tea") ? 400 : 200);
        }
        Map<RecordKey, Outcome> outcomes = new java.util.HashMap<>(told().outcomes());
        outcomes.putAll(told().outcomes());
        assertThat(outcomes).isEqualTo(Map.of(item("soup"), Outcome.DONE, item("tea"), Kiosk.REFUSED));
        assertThat(counter.next().path()).isEqualTo("/b");
        assertThat(calls("instead")).isOne();
    }

    @Test
    void leavesLaterStepsOutWhereAnEarlierOneFailed() throws InterruptedException {
        push(Kiosk.of(List.of(call("a", "soup")), List.of(call("b", "soup"))), difference("soup"));
        counter.next().answer(503);
        assertThat(told()).isEqualTo(told(Map.of(item("soup"), Kiosk.LATER), "POST /a -> 503"));
        assertThat(ended()).isEqualTo(new PushEnded(Kiosk.LINK.id(), "n1", "busy", Duration.ofSeconds(7)));
        counter.assertNothingElseWasSent();
    }

    @Test
    void whatAGateRefusesWasNotSentAndIsTriedWhenItHasRoom() throws InterruptedException {
        push(Kiosk.of(List.of(call("a", "soup")), List.of(call("b", "tea"))), difference("soup", "tea"));
        counter.next().fail(new Gates.Refused(Duration.ofSeconds(42), "full for 42.1 s"));
        String why = "the limits of kiosk leave no room; GET /v1/pools shows them";
        Outcome later = new Outcome.TryLater(Duration.ofSeconds(42), why);
        assertThat(told()).isEqualTo(told(Map.of(item("soup"), later), "POST /a -> not sent"));
        assertThat(ended()).isEqualTo(new PushEnded(Kiosk.LINK.id(), "n1", why, Duration.ofSeconds(42)));
    }

    @Test
    void theAdapterSaysWhatToThinkOfACallThatMayHaveArrived() throws InterruptedException {
        push(Kiosk.of(List.of(call("a", "soup"))), difference("soup"));
        counter.next().fail(new Outbound.Unreachable("reset"));
        assertThat(told()).isEqualTo(told(Map.of(item("soup"), new Outcome.Pending("reset")), "POST /a -> no answer"));
        assertThat(ended()).isEqualTo(complete());
    }

    @Test
    void aCallThatDidNotLeaveIsTriedAgainWhateverTheAdapterThinks() throws InterruptedException {
        push(Kiosk.of(List.of(call("a", "soup"))), difference("soup"));
        counter.next().fail(Outbound.Unreachable.unsent("no connection"));
        Outcome later = new Outcome.TryLater(Duration.ZERO, "no connection");
        assertThat(told()).isEqualTo(told(Map.of(item("soup"), later), "POST /a -> not sent"));
    }

    @Test
    void ofAnyOtherFailureItIsNotKnownWhetherItArrived() {
        Outbound broken = (link, request, lane) -> {
            throw new IllegalStateException("defect");
        };
        pusher(broken, Kiosk.of(List.of(call("a", "soup"))))
                .push(new MerchantId("grill"), difference("soup"), Lane.MENU, merchant.ref());
        assertThat(told().outcomes().values()).hasOnlyElementsOfType(Outcome.Pending.class);
    }

    private static void assertDefect(Told told, String... items) {
        assertThat(told.outcomes().keySet().stream().map(key -> key.id().value()))
                .containsExactlyInAnyOrder(items);
        assertThat(told.outcomes().values())
                .allSatisfy(outcome -> assertThat(outcome)
                        .isInstanceOfSatisfying(
                                Outcome.GiveUp.class,
                                no -> assertThat(no.code()).isEqualTo("defect")));
    }

    static Stream<Runnable> defects() {
        return Stream.of(
                () -> {
                    throw new IllegalStateException("no plan");
                },
                PusherTest::forEver,
                () -> {
                    throw new NoClassDefFoundError("lost");
                });
    }

    @SuppressWarnings("InfiniteRecursion")
    private static void forEver() {
        forEver();
    }

    @ParameterizedTest
    @MethodSource("defects")
    void anAdapterThatThrowsWhenItPlansGivesAllUp(Runnable defect) {
        Kiosk broken = new Kiosk(new Plan(List.of(), Map.of())) {
            @Override
            public Plan plan(Difference difference) {
                defect.run();
                return super.plan(difference);
            }
        };
        push(broken, difference("soup", "tea"));
        assertDefect(told(), "soup", "tea");
        assertThat(ended()).isEqualTo(complete());
    }

    @Test
    void aRecordThatIsNeitherSettledNorInACallIsGivenUpWhereThereIsNoCallToWaitFor() {
        push(new Kiosk(new Plan(List.of(List.of()), Map.of(item("tea"), Kiosk.PENDING))), difference("soup"));
        Told told = told();
        assertThat(told.outcomes()).containsEntry(item("tea"), Kiosk.PENDING);
        assertThat(told.outcomes().get(item("soup"))).isInstanceOf(Outcome.GiveUp.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {Kiosk.THROWS, Kiosk.SILENT})
    void anAdapterThatCannotReadAnAnswerGivesUpWhatItWasAbout(int status) throws InterruptedException {
        push(Kiosk.of(List.of(call("a", "soup")), List.of(call("b", "tea"))), difference("soup", "tea"));
        counter.next().answer(status);
        Told told = told();
        assertDefect(told, "soup");
        assertThat(told.call()).isEqualTo("POST /a -> " + status);
        counter.next().answer(200);
        assertThat(told().outcomes()).containsOnlyKeys(item("tea"));
        assertThat(ended()).isEqualTo(complete());
    }

    @Test
    void nothingCanBeToldToAPartnerThatIsOnlyRead() {
        Kiosk readOnly = new Kiosk(new Plan(List.of(), Map.of())) {
            @Override
            public Optional<dev.tournant.adapter.Writing> writing() {
                return Optional.empty();
            }
        };
        push(readOnly, difference("soup"));
        assertThat(told())
                .isEqualTo(told(
                        Map.of(item("soup"), new Outcome.GiveUp("read-only", "nothing can be written to kiosk")),
                        "plan"));
    }

    @Test
    void comesBackLaterWhereThereIsNoAdapter() {
        new Pusher(kit.system(), Map.of(), counter, registry)
                .push(new MerchantId("grill"), difference("soup"), Lane.MENU, merchant.ref());
        assertThat(ended())
                .isEqualTo(
                        new PushEnded(Kiosk.LINK.id(), "n1", "there is no adapter for kiosk", Duration.ofSeconds(30)));
    }

    @Test
    void soManyAreUnderWayOnANodeAndTheNextAreToldToComeBack() throws InterruptedException {
        Pusher pusher = pusher(counter, Kiosk.of(List.of(call("a", "soup"))));
        List<Counter.Sent> held = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            pusher.push(new MerchantId("grill"), difference("soup"), Lane.MENU, merchant.ref());
            held.add(counter.next());
        }
        pusher.push(new MerchantId("grill"), difference("soup"), Lane.MENU, merchant.ref());
        assertThat(ended())
                .isEqualTo(new PushEnded(
                        Kiosk.LINK.id(), "n1", "2 pushes are under way on this node, the most", Duration.ofSeconds(1)));
        held.forEach(each -> each.answer(200));
        assertNoneIsUnderWay();
        pusher.push(new MerchantId("grill"), difference("soup"), Lane.MENU, merchant.ref());
        assertThat(counter.next().path()).isEqualTo("/a");
    }

    @Test
    void makesNoFurtherCallForAMerchantThatIsGone() throws InterruptedException {
        push(Kiosk.of(List.of(call("a", "soup")), List.of(call("b", "tea"))), difference("soup", "tea"));
        Counter.Sent underWay = counter.next();
        merchant.stop();
        await().atMost(WITHIN)
                .untilAsserted(() -> assertThat(registry.counter("tournant.push.abandoned", "partner", "kiosk")
                                .count())
                        .isOne());
        underWay.answer(200);
        assertNoneIsUnderWay();
        counter.assertNothingElseWasSent();
    }

    @Test
    void longPathsAreCutInWhatIsTold() throws InterruptedException {
        Call far = new Call(
                new dev.tournant.adapter.Request("GET", "/" + "x".repeat(400), Map.of(), null, true),
                Map.of(item("soup"), new RecordId("soup")),
                "");
        push(Kiosk.of(List.of(far)), difference("soup"));
        counter.next().answer(200);
        assertThat(told().call())
                .hasSize("GET ".length() + 200 + " -> 200".length())
                .endsWith("… -> 200");
    }
}
