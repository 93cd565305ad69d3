package dev.tournant.cluster.poll;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import com.typesafe.config.ConfigFactory;
import dev.tournant.cluster.merchant.ReadPlan.FirstRead;
import dev.tournant.cluster.poll.PollerMessage.Feed;
import dev.tournant.messages.FreshnessBoard;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.PartnerName;
import dev.tournant.persistence.PollMemories;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
    private volatile CompletableFuture<Void> write = CompletableFuture.completedFuture(null);
    private volatile byte[] kept = new byte[0];
    private volatile Instant now = START;

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
            return CompletableFuture.completedFuture(kept);
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
        PollSettings settings = PollSettings.of(ConfigFactory.parseString("""
                        tournant.poll { remember-every = 60s, remember-bytes-per-second = %d }
                        """.formatted(bytesPerSecond))
                .withFallback(ConfigFactory.parseResources("tournant-cluster.conf"))
                .withFallback(ConfigFactory.defaultReference())
                .resolve());
        PollerSetup setup = new PollerSetup(
                settings,
                new Shelf(),
                partner -> true,
                order -> {},
                () -> now,
                new PollMetrics(new SimpleMeterRegistry()));
        return KIT.spawn(Poller.create(setup, POOL));
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
