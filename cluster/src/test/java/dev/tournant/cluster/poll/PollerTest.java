package dev.tournant.cluster.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import com.typesafe.config.ConfigFactory;
import dev.tournant.cluster.merchant.ReadPlan.FirstRead;
import dev.tournant.cluster.merchant.ReadPlan.Importance;
import dev.tournant.cluster.merchant.ReadPlan.Why;
import dev.tournant.cluster.poll.PollerMessage.Feed;
import dev.tournant.messages.FreshnessBoard;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.PartnerName;
import dev.tournant.persistence.PollMemories;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** When a poller writes down what it has learnt, and what of it the next one finds. */
class PollerTest {
    private static final Instant START = Instant.parse("2026-06-01T12:00:00Z");
    private static final String POOL = "square::all:main";
    private static final Duration EVERY = Duration.ofSeconds(60);
    private static final ActorTestKit KIT = ActorTestKit.create("poller", ManualTime.config());

    private final TestProbe<byte[]> written = KIT.createTestProbe(byte[].class);
    private volatile CompletableFuture<Void> readable = CompletableFuture.completedFuture(null);
    private volatile CompletableFuture<Void> write = CompletableFuture.completedFuture(null);
    private volatile byte[] kept = new byte[0];
    private volatile Instant now = START;
    private final PartnerWebhooks webhooks = new PartnerWebhooks(() -> START.until(now, ChronoUnit.NANOS));
    private final Queue<Order> orders = new ConcurrentLinkedQueue<>();
    private final TestProbe<ClusterSharding.ShardCommand> shard = KIT.createTestProbe();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger unreadable = new AtomicInteger();

    private final class Shelf implements PollMemories {
        @Override
        public CompletionStage<byte[]> read(String pool) {
            reads.incrementAndGet();
            if (unreadable.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                return CompletableFuture.failedFuture(new IllegalStateException("no answer"));
            }
            return readable.thenApply(done -> kept);
        }

        @Override
        public CompletionStage<Void> write(String pool, long generation, byte[] bytes) {
            kept = bytes;
            written.ref().tell(bytes);
            return write;
        }
    }

    /** @param bytesPerSecond of memory that are written down */
    private ActorRef<PollerMessage> poller(int bytesPerSecond) {
        return poller(POOL, bytesPerSecond);
    }

    private ActorRef<PollerMessage> poller(String pool, int bytesPerSecond) {
        PollSettings settings = PollSettings.of(ConfigFactory.parseString("""
                        tournant.poll { remember-every = 60s, remember-bytes-per-second = %d }
                        """.formatted(bytesPerSecond))
                .withFallback(ConfigFactory.parseResources("tournant-cluster.conf"))
                .withFallback(ConfigFactory.defaultReference())
                .resolve());
        PollerSetup setup = new PollerSetup(
                settings, new Shelf(), partner -> true, webhooks, orders::add, () -> now, new PollMetrics(registry));
        return KIT.spawn(Poller.create(setup, pool, shard.ref()));
    }

    private void passes(Duration time) {
        now = now.plus(time);
        ManualTime.get(KIT.system()).timePasses(time);
    }

    private static Feed feed(int number) {
        return new Feed(new LinkId("l-" + number), new PartnerName("square"), "catalog");
    }

    private static MerchantId merchant(int number) {
        return new MerchantId("m-" + number);
    }

    /** A resource that is new to the pool. */
    private static PollerMessage has(int number) {
        return new PollerMessage.Has(merchant(number), List.of(feed(number)), 10, 0);
    }

    private static List<FreshnessBoard.Resource> look(ActorRef<PollerMessage> poller, int number) {
        TestProbe<PollerMessage.SeenOf> probe = KIT.createTestProbe();
        poller.tell(
                new PollerMessage.LookAt(merchant(number), Set.of(feed(number).link()), probe.ref()));
        return probe.receiveMessage().resources();
    }

    @Test
    void writesDownWhatIsNewOnceInAWhile() {
        ActorRef<PollerMessage> poller = poller(1 << 20);
        poller.tell(has(1));
        passes(EVERY);
        written.receiveMessage();
        passes(EVERY);
        written.expectNoMessage();
        poller.tell(has(2));
        passes(EVERY);
        written.receiveMessage();
    }

    @Test
    void writesALargeMemoryLessOften() {
        ActorRef<PollerMessage> poller = poller(1);
        poller.tell(has(1));
        passes(EVERY);
        int seconds = written.receiveMessage().length;
        assertThat(seconds).isGreaterThan(60);
        poller.tell(has(2));
        passes(EVERY);
        written.expectNoMessage();
        passes(Duration.ofSeconds(seconds));
        written.receiveMessage();
    }

    @Test
    void whatIsLearntWhileItIsWrittenDownIsKeptWhenItStops() {
        write = new CompletableFuture<>();
        ActorRef<PollerMessage> poller = poller(1 << 20);
        poller.tell(has(1));
        passes(EVERY);
        written.receiveMessage();
        poller.tell(has(2));
        assertThat(look(poller, 2)).hasSize(1);

        poller.tell(Poller.Stop.STOP);
        CompletableFuture<Void> first = write;
        write = CompletableFuture.completedFuture(null);
        first.complete(null);

        written.receiveMessage();
        KIT.createTestProbe().expectTerminated(poller);
        assertThat(look(poller(1 << 20), 2)).hasSize(1);
    }

    @Test
    void whatItIsToldBeforeItsMemoryIsReadOutlivesAnEnd() {
        readable = new CompletableFuture<>();
        ActorRef<PollerMessage> before = poller(1 << 20);
        before.tell(has(1));
        before.tell(Poller.Stop.STOP);
        written.expectNoMessage();
        readable.complete(null);
        written.receiveMessage();
        KIT.createTestProbe().expectTerminated(before);
        assertThat(look(poller(1 << 20), 1)).hasSize(1);
    }

    /** What is there would be lost, and all be read as if nothing were known. */
    @Test
    void readsAgainWhatItCouldNotReadAndWritesNothingBefore() {
        ActorRef<PollerMessage> before = poller(1 << 20);
        before.tell(has(1));
        before.tell(Poller.Stop.STOP);
        written.receiveMessage();
        KIT.createTestProbe().expectTerminated(before);

        reads.set(0);
        unreadable.set(2);
        ActorRef<PollerMessage> after = poller(1 << 20);
        Awaitility.await().until(() -> {
            passes(Duration.ofSeconds(5));
            return reads.get() == 3;
        });
        assertThat(look(after, 1)).hasSize(1);
        written.expectNoMessage();
    }

    private static PollerMessage read(Order order, Instant asOf) {
        return new PollerMessage.Read(order.name().merchant(), order.name().feed(), asOf, true, 1, Importance.USUAL);
    }

    /** Reads what is ordered, second by second; returns how often. */
    private int readsFor(ActorRef<PollerMessage> poller, int seconds) {
        int count = 0;
        for (int i = 0; i < seconds; i++) {
            passes(Duration.ofSeconds(1));
            // What the timer told it is dealt with before the answer.
            look(poller, 1);
            for (Order order = orders.poll(); order != null; order = orders.poll()) {
                poller.tell(read(order, now));
                look(poller, 1);
                count++;
            }
        }
        return count;
    }

    @Test
    void aClockThatIsPutBackNeitherStopsAPoolNorLetsItBurst() {
        ActorRef<PollerMessage> poller = poller(1 << 20);
        for (int i = 1; i <= 20; i++) {
            poller.tell(has(i));
        }
        int before = readsFor(poller, 20);
        Instant seenAt = look(poller, 1).get(0).seenAt();

        now = now.minus(Duration.ofHours(1));
        int after = readsFor(poller, 20);

        assertThat(before).as("five a second, as far as they are worth it").isBetween(30, 110);
        assertThat(after).isBetween(before * 2 / 3, 110);
        assertThat(look(poller, 1).get(0).seenAt())
                .as("by the clock of today")
                .isBetween(now.minusSeconds(60), now)
                .isBefore(seenAt);
        assertThat(look(poller, 1).get(0).changesPerHour())
                .as("what was learnt is known")
                .isPositive();
    }

    private static FreshnessBoard.Pool seen(ActorRef<PollerMessage> poller) {
        TestProbe<PollerMessage.Seen> seen = KIT.createTestProbe();
        poller.tell(new PollerMessage.Look(seen.ref()));
        return Objects.requireNonNull(seen.receiveMessage().pool());
    }

    private PollerMessage webhook(int number, long counted) {
        return new PollerMessage.Wanted(merchant(number), feed(number), 10, Why.SIGNAL, now, 0, counted);
    }

    /** Each of two merchants has a pool of its own: the one hears a webhook every ten seconds, the other three in all. */
    @Test
    void anOutageOfAPartnersWebhooksIsNoticedInAllItsPools() {
        ActorRef<PollerMessage> busy = poller("square::busy", 1 << 20);
        ActorRef<PollerMessage> calm = poller("square::calm", 1 << 20);
        for (int i = 1; i <= 60; i++) {
            busy.tell(webhook(1, i));
            if (i % 20 == 0) {
                calm.tell(webhook(2, i / 20));
            }
            seen(busy);
            passes(Duration.ofSeconds(10));
        }
        assertThat(seen(calm).sorts().get(0).webhooksSilent()).isFalse();

        passes(Duration.ofSeconds(300));
        seen(busy);
        passes(Duration.ofSeconds(10));
        assertThat(seen(calm).sorts().get(0).webhooksSilent()).isTrue();

        busy.tell(webhook(1, 61));
        seen(busy);
        passes(Duration.ofSeconds(10));
        assertThat(seen(calm).sorts().get(0).webhooksSilent()).isFalse();
    }

    @Test
    void aRegistryShowsWhatOperatorsAreShown() {
        ActorRef<PollerMessage> poller = poller(1 << 20);
        for (int i = 1; i <= 20; i++) {
            poller.tell(has(i));
        }
        readsFor(poller, 30);
        passes(Duration.ofSeconds(10));
        FreshnessBoard.Pool pool = seen(poller);
        FreshnessBoard.Sort sort = pool.sorts().get(0);

        assertThat(gauge("tournant.poll.resources")).isEqualTo(20);
        assertThat(gauge("tournant.poll.fresh"))
                .isCloseTo(sort.fresh(), within(1e-6))
                .isPositive();
        assertThat(gauge("tournant.poll.bound")).isCloseTo(pool.bound(), within(1e-6));
        assertThat(gauge("tournant.poll.ratio")).isCloseTo(pool.ratio(), within(1e-6));
        assertThat(gauge("tournant.poll.price")).isCloseTo(pool.price(), within(1e-6));
        assertThat(registry.get("tournant.poll.age")
                        .tag("quantile", "1")
                        .gauge()
                        .value())
                .isCloseTo(sort.ageMax().toMillis() / 1e3, within(1e-6))
                .isBetween(10.0, 40.0);
        assertThat(gauge("tournant.poll.webhooks-silent")).isZero();
    }

    private double gauge(String name) {
        return registry.get(name).tag("partner", "square").gauge().value();
    }

    @Test
    void restsWhenItHasNothingToPollAndNotForWantOfMessages() {
        ActorRef<PollerMessage> poller = poller(1 << 20);
        poller.tell(has(1));
        passes(Duration.ofHours(1));
        shard.expectNoMessage();

        poller.tell(new PollerMessage.Gone(merchant(1), feed(1).link(), feed(1).resource()));
        assertThat(look(poller, 1)).isEmpty();
        passes(Duration.ofMinutes(2));
        assertThat(shard.receiveMessage()).isEqualTo(new ClusterSharding.Passivate<>(poller));
    }

    @Test
    void showsAFirstReadThatBeganBeforeIt() {
        ActorRef<PollerMessage> poller = poller(1 << 20);
        Instant since = START.minusSeconds(900);
        poller.tell(new PollerMessage.Reading(merchant(1), feed(1), new FirstRead(90, since, Duration.ofSeconds(10))));

        assertThat(look(poller, 1))
                .singleElement()
                .matches(each -> each.underWay() && each.phase().equals("new"))
                .extracting(FreshnessBoard.Resource::firstRead)
                .isEqualTo(new FreshnessBoard.FirstRead(90, since));
        TestProbe<PollerMessage.Seen> seen = KIT.createTestProbe();
        poller.tell(new PollerMessage.Look(seen.ref()));
        assertThat(seen.receiveMessage().pool())
                .isNotNull()
                .matches(pool -> pool.firstReads() == 1 && pool.underWay() == 1);
    }
}
