package dev.tournant.cluster.gate;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import dev.tournant.adapter.Lane;
import dev.tournant.adapter.Limit;
import dev.tournant.adapter.News;
import dev.tournant.cluster.gate.GateMessage.Ask;
import dev.tournant.cluster.gate.GateMessage.Ended;
import dev.tournant.cluster.gate.GateMessage.GateReply;
import dev.tournant.cluster.gate.GateMessage.GateReply.Granted;
import dev.tournant.cluster.gate.GateMessage.GateReply.Refused;
import dev.tournant.cluster.gate.GateMessage.How;
import dev.tournant.cluster.gate.GateMessage.Look;
import dev.tournant.cluster.gate.GateMessage.Seen;
import dev.tournant.cluster.lease.NodeLease;
import dev.tournant.model.PartnerName;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The actor of one pool, in manual time and with its ledger in memory. */
class GateTest {
    private static final String POOL = "potluck:calls:all:M1";
    private static final String QUOTA = "potluck:daily:all:M1";
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Terms TWO_A_SECOND = new Terms(2, SECOND.toNanos(), null);
    private static final Terms DAILY = new Terms(1000, Duration.ofDays(1).toNanos(), null);
    private static final GateSettings SETTINGS = GateFixture.SETTINGS;
    /** That may follow from one message: the row is open, and its first block is written. */
    private static final int LEDGER_ANSWERS = 2;

    private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
    private final ManualTime time = ManualTime.get(kit.system());
    private final AtomicLong nanos = new AtomicLong(-SECOND.toNanos());
    private final AtomicLong wallMillis = new AtomicLong(1_700_000_000_000L);
    private final AtomicBoolean leased = new AtomicBoolean(true);
    private final GateFixture.LedgersInMemory ledgers = new GateFixture.LedgersInMemory();
    private final BlockingQueue<GateMessage> handedOn = new LinkedBlockingQueue<>();
    private final TestProbe<GateReply> caller = kit.createTestProbe();
    private final TestProbe<Seen> operator = kit.createTestProbe();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    private final NodeLease lease = new NodeLease() {
        @Override
        public void check() {
            if (!leased.get()) {
                throw new IllegalStateException("the node's lease has run out");
            }
        }

        @Override
        public Duration left() {
            return Duration.ZERO;
        }
    };

    private ActorRef<GateMessage> gate(String pool) {
        PartnerName partner = new PartnerName("potluck");
        GateSetup setup = new GateSetup(
                SETTINGS,
                new PoolNames(
                        Map.of(partner, List.of(Limit.rate("calls", Limit.Scope.ACCOUNT, 2, SECOND))), Parts.NONE),
                lease,
                ledgers,
                "127.0.0.1:1",
                nanos::get,
                () -> Instant.ofEpochMilli(wallMillis.get()),
                (name, message) -> handedOn.add(message),
                new ConcurrentSkipListSet<>(),
                new GateMetrics(registry));
        return kit.spawn(Gate.create(setup, pool));
    }

    /** While nobody holds the pool, there are no timers. */
    private void passUnheld(Duration duration) {
        nanos.addAndGet(duration.toNanos());
        wallMillis.addAndGet(duration.toMillis());
    }

    private void pass(Duration duration) {
        passUnheld(duration);
        time.timePasses(duration);
    }

    private Ask ask(long id, int round, Terms terms) {
        return new Ask(id, round, Lane.PRICE, 30_000, terms, caller.getRef());
    }

    private void ask(ActorRef<GateMessage> gate, long id) {
        gate.tell(ask(id, 0, TWO_A_SECOND));
    }

    private void expectGrant(long id) {
        assertThat(caller.receiveMessage())
                .isEqualTo(new Granted(id, 0, SETTINGS.permitLife().toMillis()));
    }

    private static Ended answered(long id) {
        return new Ended(id, How.ANSWERED, News.NONE);
    }

    /**
     * What was sent to the gate before is done when this returns, and so is what the ledgers answered to it: they answer at
     * once, so an answer is in the mailbox before the next look is.
     */
    private Seen look(ActorRef<GateMessage> gate) {
        for (int answer = 0; answer < LEDGER_ANSWERS; answer++) {
            lookOnce(gate);
        }
        return lookOnce(gate);
    }

    private Seen lookOnce(ActorRef<GateMessage> gate) {
        gate.tell(new Look(operator.getRef()));
        return operator.receiveMessage();
    }

    @Test
    void grantsAsManyAsTheLimitAndTheNextWhenTheWindowAllows() {
        ActorRef<GateMessage> gate = gate(POOL);
        ask(gate, 1);
        ask(gate, 2);
        ask(gate, 3);
        expectGrant(1);
        expectGrant(2);
        gate.tell(answered(1));
        look(gate);
        caller.expectNoMessage(Duration.ZERO);
        pass(Duration.ofMillis(900));
        look(gate);
        caller.expectNoMessage(Duration.ZERO);
        pass(Duration.ofMillis(110));
        expectGrant(3);
    }

    @Test
    void aHolderAfterAnUncleanEndBeginsAsIfAllWereUsedUp() {
        ActorRef<GateMessage> first = gate(POOL);
        ask(first, 1);
        expectGrant(1);
        kit.stop(first);
        assertThat(ledgers.isOpen(POOL)).isTrue();

        ActorRef<GateMessage> second = gate(POOL);
        ask(second, 2);
        Refused refused = (Refused) caller.receiveMessage();
        assertThat(Duration.ofMillis(refused.afterMillis())).isGreaterThanOrEqualTo(SETTINGS.grantLife());
        pass(SETTINGS.grantLife());
        ask(second, 3);
        look(second);
        caller.expectNoMessage(Duration.ZERO);
        pass(SECOND.multipliedBy(2));
        expectGrant(3);
        assertThat(registry.get("tournant.gate.left-open").counter().count()).isEqualTo(1);
    }

    @Test
    void aHolderAfterACleanEndGoesOnAndKnowsWhatIsInFlight() {
        ActorRef<GateMessage> first = gate(POOL);
        ask(first, 1);
        expectGrant(1);
        first.tell(Gate.Stop.STOP);
        caller.expectTerminated(first);
        assertThat(ledgers.isOpen(POOL)).isFalse();

        ActorRef<GateMessage> second = gate(POOL);
        ask(second, 2);
        expectGrant(2);
        ask(second, 3);
        look(second);
        caller.expectNoMessage(Duration.ZERO);
        second.tell(new Ended(1, How.UNUSED, null));
        expectGrant(3);
    }

    @Test
    void whoWaitsWhenItClosesIsHandedOn() throws InterruptedException {
        ActorRef<GateMessage> gate = gate(POOL);
        for (long id = 1; id <= 3; id++) {
            ask(gate, id);
        }
        look(gate);
        pass(Duration.ofMillis(500));
        ledgers.failing(true);
        gate.tell(Gate.Stop.STOP);
        gate.tell(answered(1));
        look(gate);
        ledgers.failing(false);
        time.timePasses(SETTINGS.storeRetryMin());
        caller.expectTerminated(gate);
        List<GateMessage> both = List.of(handedOn.poll(10, TimeUnit.SECONDS), handedOn.poll(10, TimeUnit.SECONDS));
        assertThat(both)
                .containsExactlyInAnyOrder(
                        new Ask(3, 0, Lane.PRICE, 29_500, TWO_A_SECOND, caller.getRef()), answered(1));
    }

    @Test
    void nobodyIsGrantedAnythingWhileTheStoreFails() {
        ledgers.failing(true);
        ActorRef<GateMessage> gate = gate(POOL);
        ask(gate, 1);
        assertThat(look(gate).pool()).isNull();
        pass(SECOND);
        look(gate);
        caller.expectNoMessage(Duration.ZERO);
        ledgers.failing(false);
        pass(SETTINGS.storeRetryMax());
        expectGrant(1);
    }

    @Test
    void leavesItsRowOpenIfTheStoreDoesNotAnswerAtItsEnd() {
        ActorRef<GateMessage> gate = gate(POOL);
        ask(gate, 1);
        expectGrant(1);
        ledgers.failing(true);
        gate.tell(Gate.Stop.STOP);
        Awaitility.await().untilAsserted(() -> {
            pass(SECOND);
            caller.expectTerminated(gate, Duration.ofMillis(20));
        });
        assertThat(ledgers.isOpen(POOL)).isTrue();
    }

    @Test
    void noGrantLeavesANodeWhoseLeaseHasRunOut() {
        ActorRef<GateMessage> gate = gate(POOL);
        look(gate);
        leased.set(false);
        ask(gate, 1);
        // It fails, and begins anew after a while that is counted from then.
        Awaitility.await().untilAsserted(() -> {
            pass(SECOND);
            gate.tell(new Look(operator.getRef()));
            operator.receiveMessage(Duration.ofMillis(100));
        });
        caller.expectNoMessage(Duration.ZERO);
        assertThat(ledgers.isOpen(POOL)).isTrue();
    }

    @Test
    void askingAgainFindsTheSamePermit() {
        ActorRef<GateMessage> gate = gate(POOL);
        ask(gate, 1);
        expectGrant(1);
        gate.tell(ask(1, 1, TWO_A_SECOND));
        expectGrant(1);
        ask(gate, 2);
        expectGrant(2);
    }

    @Test
    void answersTheLastAskingOfAWishThatWaited() {
        ActorRef<GateMessage> gate = gate(POOL);
        for (long id = 1; id <= 3; id++) {
            ask(gate, id);
        }
        expectGrant(1);
        expectGrant(2);
        gate.tell(ask(3, 1, TWO_A_SECOND));
        gate.tell(new Ended(2, How.UNUSED, null));
        assertThat(caller.receiveMessage())
                .isEqualTo(new Granted(3, 1, SETTINGS.permitLife().toMillis()));
    }

    @Test
    void ofTwoTermsTheStricterOnesHold() {
        ActorRef<GateMessage> gate = gate(POOL);
        ask(gate, 1);
        expectGrant(1);
        gate.tell(ask(2, 0, new Terms(1, SECOND.toNanos(), null)));
        look(gate);
        caller.expectNoMessage(Duration.ZERO);
        ask(gate, 3);
        assertThat(look(gate).pool()).isNotNull().satisfies(pool -> {
            assertThat(pool.limit()).isEqualTo(1);
            assertThat(pool.inFlight()).isEqualTo(1);
            assertThat(pool.waiting()).containsEntry("price", 2);
        });
        // A caller that knows more than this node does not get more.
        gate.tell(new Ended(1, How.UNUSED, null));
        expectGrant(2);
        look(gate);
        caller.expectNoMessage(Duration.ZERO);
    }

    @Test
    void lookingOpensNothing() {
        assertThat(look(gate(POOL)).pool()).isNull();
        assertThat(ledgers.isKnown(POOL)).isFalse();
    }

    @Test
    void aDailyQuotaIsUsableAtOnceAfterAnUncleanEndAndCostsABlock() {
        ActorRef<GateMessage> first = gate(QUOTA);
        first.tell(ask(1, 0, DAILY));
        expectGrant(1);
        kit.stop(first);
        ActorRef<GateMessage> second = gate(QUOTA);
        second.tell(ask(2, 0, DAILY));
        expectGrant(2);
        // The block of ten that the first one had set aside, and the one call of the second.
        assertThat(look(second).pool())
                .isNotNull()
                .satisfies(pool -> assertThat(pool.use()).isEqualTo(11));
    }

    @Test
    void operatorsSeeWhyAndUntilWhenThePoolStandsStill() {
        ActorRef<GateMessage> gate = gate(POOL);
        Instant now = Instant.ofEpochMilli(wallMillis.get());
        ask(gate, 1);
        News noneLeft = new News(false, Duration.ZERO, null, 0, Duration.ofSeconds(40));
        gate.tell(new Ended(1, How.ANSWERED, noneLeft));
        assertThat(look(gate).pool()).isNotNull().satisfies(pool -> {
            assertThat(pool.lowered()).isNotNull();
            assertThat(pool.lowered().limit()).isZero();
            assertThat(pool.lowered().until()).isEqualTo(now.plusSeconds(40));
            assertThat(pool.lowered().why()).contains("the partner says that no call is left");
        });
        ask(gate, 2);
        gate.tell(new Ended(2, How.ANSWERED, News.refusedFor(Duration.ofHours(1))));
        assertThat(look(gate).pool()).isNotNull().satisfies(pool -> {
            assertThat(pool.lowered()).isNotNull();
            assertThat(pool.lowered().limit()).isZero();
            assertThat(pool.lowered().until()).isEqualTo(now.plusSeconds(3600));
            assertThat(pool.lowered().why()).contains("the partner asked to wait");
        });
    }

    private static final News WAIT_AN_HOUR = News.refusedFor(Duration.ofHours(1));

    private void expectAnHourOfWaiting(Duration passed) {
        Refused refused = (Refused) caller.receiveMessage();
        assertThat(Duration.ofMillis(refused.afterMillis()))
                .isBetween(
                        Duration.ofHours(1).minus(passed),
                        Duration.ofHours(1).minus(passed).plus(SETTINGS.wallClockError()));
    }

    @Test
    void aLongWishToWaitOutlivesAnUncleanEnd() {
        for (String name : List.of(POOL, QUOTA)) {
            Terms terms = name.equals(POOL) ? TWO_A_SECOND : DAILY;
            ActorRef<GateMessage> first = gate(name);
            first.tell(ask(1, 0, terms));
            expectGrant(1);
            first.tell(new Ended(1, How.ANSWERED, WAIT_AN_HOUR));
            look(first);
            kit.stop(first);
            passUnheld(Duration.ofMinutes(10));
            ActorRef<GateMessage> second = gate(name);
            second.tell(ask(2, 0, terms));
            expectAnHourOfWaiting(Duration.ofMinutes(10));
            // Its row still says so.
            kit.stop(second);
            ActorRef<GateMessage> third = gate(name);
            third.tell(ask(3, 0, terms));
            expectAnHourOfWaiting(Duration.ofMinutes(10));
        }
    }

    @Test
    void aWishToWaitThatPassesWhileNobodyHoldsThePoolIsOver() {
        ActorRef<GateMessage> first = gate(POOL);
        ask(first, 1);
        expectGrant(1);
        first.tell(new Ended(1, How.ANSWERED, WAIT_AN_HOUR));
        first.tell(Gate.Stop.STOP);
        caller.expectTerminated(first);
        passUnheld(Duration.ofMinutes(10));
        ActorRef<GateMessage> second = gate(POOL);
        ask(second, 2);
        expectAnHourOfWaiting(Duration.ofMinutes(10));
        second.tell(Gate.Stop.STOP);
        caller.expectTerminated(second);
        passUnheld(Duration.ofMinutes(53));
        ActorRef<GateMessage> third = gate(POOL);
        ask(third, 3);
        // The call before still counts, as ages of short windows do not go by the wall clock.
        look(third);
        pass(SECOND.multipliedBy(2));
        expectGrant(3);
    }

    @Test
    void aLimitThatThePartnerSaidOutlivesACleanEnd() {
        ActorRef<GateMessage> first = gate(POOL);
        ask(first, 1);
        expectGrant(1);
        first.tell(new Ended(1, How.ANSWERED, new News(false, Duration.ZERO, 1, null, Duration.ofHours(1))));
        first.tell(Gate.Stop.STOP);
        caller.expectTerminated(first);
        passUnheld(Duration.ofMinutes(10));
        ActorRef<GateMessage> second = gate(POOL);
        ask(second, 2);
        assertThat(look(second).pool()).isNotNull().satisfies(pool -> {
            assertThat(pool.lowered()).isNotNull();
            assertThat(pool.lowered().limit()).isEqualTo(1);
            assertThat(pool.lowered().why()).isEqualTo("the partner says that its limit is lower");
        });
    }

    private void expectLimit(ActorRef<GateMessage> gate, int limit) {
        assertThat(look(gate).pool()).isNotNull().satisfies(pool -> {
            assertThat(pool.lowered()).isNotNull();
            assertThat(pool.lowered().limit()).isEqualTo(limit);
        });
    }

    /** A holder that begins full waits for longer than what it said holds; of a quota nothing has to be waited for. */
    @Test
    void aLimitOfAQuotaThatThePartnerSaidOutlivesUncleanEnds() {
        ActorRef<GateMessage> first = gate(QUOTA);
        first.tell(ask(1, 0, DAILY));
        expectGrant(1);
        first.tell(new Ended(1, How.ANSWERED, new News(false, Duration.ZERO, 700, null, Duration.ofHours(5))));
        expectLimit(first, 700);
        for (int end = 0; end < 2; end++) {
            kit.stop(first);
            passUnheld(Duration.ofHours(1));
            first = gate(QUOTA);
            first.tell(ask(2 + end, 0, DAILY));
            expectGrant(2 + end);
            expectLimit(first, 700);
        }
        kit.stop(first);
        passUnheld(Duration.ofHours(4));
        ActorRef<GateMessage> last = gate(QUOTA);
        last.tell(ask(9, 0, DAILY));
        expectGrant(9);
        assertThat(look(last).pool())
                .isNotNull()
                .satisfies(pool -> assertThat(pool.lowered()).isNull());
    }

    @Test
    void aQuotaThatRefusalsLoweredIsLowAfterAnUncleanEnd() {
        ActorRef<GateMessage> first = gate(QUOTA);
        first.tell(ask(1, 0, DAILY));
        expectGrant(1);
        first.tell(new Ended(1, How.ANSWERED, News.REFUSED));
        look(first);
        kit.stop(first);
        passUnheld(Duration.ofMinutes(2));
        ActorRef<GateMessage> second = gate(QUOTA);
        second.tell(ask(2, 0, DAILY));
        expectGrant(2);
        expectLimit(second, 500);
    }

    /** Ten calls, all that are set aside, have gone and were answered; the eleventh waits for its block. */
    private ActorRef<GateMessage> outOfCallsSetAside() {
        ActorRef<GateMessage> gate = gate(QUOTA);
        gate.tell(ask(1, 0, DAILY));
        expectGrant(1);
        ledgers.failing(true);
        for (long id = 2; id <= 11; id++) {
            gate.tell(ask(id, 0, DAILY));
        }
        look(gate);
        for (long id = 1; id <= 10; id++) {
            gate.tell(answered(id));
        }
        for (long id = 2; id <= 10; id++) {
            expectGrant(id);
        }
        assertThat(look(gate).pool())
                .isNotNull()
                .satisfies(pool -> assertThat(pool.inFlight()).isEqualTo(1));
        return gate;
    }

    @Test
    void aCallThatWaitedForItsBlockIsInFlightFromWhenItLeaves() {
        ActorRef<GateMessage> gate = outOfCallsSetAside();
        pass(Duration.ofSeconds(4));
        gate.tell(ask(11, 1, DAILY));
        look(gate);
        caller.expectNoMessage(Duration.ZERO);
        ledgers.failing(false);
        pass(Duration.ofMillis(900));
        assertThat(caller.receiveMessage())
                .isEqualTo(new Granted(11, 1, SETTINGS.permitLife().toMillis()));
        pass(SETTINGS.grantLife().minusMillis(10));
        assertThat(look(gate).pool())
                .isNotNull()
                .satisfies(pool -> assertThat(pool.inFlight()).isEqualTo(1));
    }

    @Test
    void aCallThatWaitsForItsBlockForAPermitsLifeIsRefusedAndDoesNotCount() {
        ActorRef<GateMessage> gate = outOfCallsSetAside();
        pass(Duration.ofSeconds(3));
        gate.tell(ask(11, 1, DAILY));
        look(gate);
        pass(Duration.ofSeconds(2));
        Refused refused = (Refused) caller.receiveMessage();
        assertThat(refused.why()).contains("the store does not answer");
        assertThat(look(gate).pool()).isNotNull().satisfies(pool -> {
            assertThat(pool.inFlight()).isZero();
            assertThat(pool.use()).isEqualTo(10);
        });
    }

    @Test
    void ofAQuotaNothingGoesBeforeItsBlockIsWritten() {
        ActorRef<GateMessage> gate = gate(QUOTA);
        gate.tell(ask(1, 0, DAILY));
        expectGrant(1);
        ledgers.failing(true);
        for (long id = 2; id <= 20; id++) {
            gate.tell(ask(id, 0, DAILY));
        }
        look(gate);
        for (long id = 2; id <= 10; id++) {
            expectGrant(id);
        }
        caller.expectNoMessage(Duration.ZERO);
        ledgers.failing(false);
        pass(SECOND);
        expectGrant(11);
    }

    @Test
    void aBlockThatIsWrittenWhileItsGateClosesLetsNothingOut() {
        ledgers.slow();
        ActorRef<GateMessage> gate = gate(QUOTA);
        gate.tell(ask(1, 0, DAILY));
        look(gate);
        gate.tell(Gate.Stop.STOP);
        look(gate);
        Runnable blockIsHeardOf = ledgers.nextLate().done();
        Runnable closeIsHeardOf = ledgers.nextLate().done();

        blockIsHeardOf.run();
        look(gate);
        closeIsHeardOf.run();

        caller.expectTerminated(gate);
        caller.expectNoMessage(Duration.ZERO);
        assertThat(handedOn).extracting(GateMessage::getClass).isEqualTo(List.of(Ask.class));
    }

    @Test
    void aBlockThatComesTooLateForAClosedRowKeepsNoGateFromEnding() {
        ledgers.slow();
        ActorRef<GateMessage> gate = gate(QUOTA);
        gate.tell(ask(1, 0, DAILY));
        look(gate);
        gate.tell(Gate.Stop.STOP);
        look(gate);
        GateFixture.LedgersInMemory.Late block = ledgers.nextLate();
        Runnable closeIsHeardOf = ledgers.nextLate().done();

        block.done().run();
        look(gate);
        closeIsHeardOf.run();

        caller.expectTerminated(gate);
        assertThat(ledgers.isOpen(QUOTA)).isFalse();
    }

    @Test
    void aGateWhosePoolAnotherOpenedBeginsAnewAndIsCountedOnce() {
        ActorRef<GateMessage> gate = gate(QUOTA);
        gate.tell(ask(1, 0, DAILY));
        expectGrant(1);
        look(gate);
        ledgers.open(QUOTA, "another", true);
        // The block is low, and cannot be written any more.
        for (long id = 2; id <= 8; id++) {
            gate.tell(ask(id, 0, DAILY));
        }
        // What it had not read by then opens the next one, as soon as time passes.
        Awaitility.await().until(() -> {
            boolean isClosed = open() == 0;
            if (!isClosed) {
                pass(SECOND);
            }
            return isClosed;
        });
        pass(SECOND);
        gate.tell(ask(9, 0, DAILY));
        Awaitility.await().until(() -> open() == 1);
    }

    private double open() {
        return registry.get("tournant.gate.open").gauge().value();
    }

    @Test
    void whatWaitsForARowIsBounded() {
        ledgers.failing(true);
        ActorRef<GateMessage> gate = gate(POOL);
        for (long id = 1; id <= Gate.EARLY_MAX; id++) {
            ask(gate, id);
        }
        ask(gate, 1);
        look(gate);
        caller.expectNoMessage(Duration.ZERO);
        ask(gate, 0);
        Refused refused = (Refused) caller.receiveMessage();
        assertThat(refused.id()).isZero();
        assertThat(refused.why()).contains("is being opened, and too many wait");
    }

    @Test
    void tooManyDifferentTermsAreRefused() {
        ActorRef<GateMessage> gate = gate(POOL);
        for (int calls = 1; calls <= HeardTerms.TERMS_MAX; calls++) {
            gate.tell(ask(calls, 0, new Terms(calls, SECOND.toNanos(), null)));
        }
        expectGrant(1);
        look(gate);
        caller.expectNoMessage(Duration.ZERO);
        gate.tell(ask(9, 0, new Terms(9, SECOND.toNanos(), null)));
        Refused refused = (Refused) caller.receiveMessage();
        assertThat(refused.why()).contains("too many different terms");
        for (int calls = HeardTerms.TERMS_MAX; calls >= 1; calls--) {
            gate.tell(new Ended(calls, How.UNUSED, null));
        }
        look(gate);
        pass(SETTINGS.termsKept().plus(SECOND));
        gate.tell(ask(10, 0, new Terms(9, SECOND.toNanos(), null)));
        expectGrant(10);
    }
}
