package dev.tournant.cluster.poll;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import com.typesafe.config.ConfigFactory;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Gates;
import dev.tournant.adapter.Lane;
import dev.tournant.adapter.Outbound;
import dev.tournant.adapters.square.SquareAdapter;
import dev.tournant.cluster.merchant.Merchant;
import dev.tournant.cluster.merchant.MerchantPorts.Fetched;
import dev.tournant.messages.FeedPage;
import dev.tournant.messages.Inbound;
import dev.tournant.messages.Inbox;
import dev.tournant.messages.Unclaimed;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.PartnerName;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FetcherTest {
    private static final PartnerName SQUARE = new PartnerName("square");
    private static final Link LINK = new Link(new LinkId("sq-1"), SQUARE, "M1", "L1", "main");
    private static ActorTestKit kit;

    private final List<Lane> lanes = new CopyOnWriteArrayList<>();
    private final TestProbe<Merchant.Internal> merchant = kit.createTestProbe(Merchant.Internal.class);

    @BeforeAll
    static void start() {
        kit = ActorTestKit.create(
                "fetcher", ConfigFactory.parseString("tournant.poll { fetches-max = 4, pages-max = 10 }"));
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    /** Nothing is fetched in these tests. */
    private static final class Nowhere implements Inbox {
        @Override
        public CompletionStage<Void> append(Inbound payload) {
            throw new AssertionError("a page was put into Kafka");
        }

        @Override
        public CompletionStage<Void> append(Unclaimed payload) {
            throw new AssertionError("a webhook was put into Kafka");
        }
    }

    private Fetched fetched(long generation, RuntimeException failure) {
        Outbound outbound = (link, request, lane) -> {
            lanes.add(lane);
            return CompletableFuture.failedFuture(failure);
        };
        SquareAdapter square = new SquareAdapter();
        new Fetcher(kit.system(), Map.of(SQUARE, square), outbound, new Nowhere(), new SimpleMeterRegistry())
                .fetch(
                        new MerchantId("grill"),
                        LINK,
                        square.resources().get(0),
                        null,
                        generation,
                        Lane.RECONCILE,
                        Duration.ZERO,
                        merchant.ref());
        return merchant.expectMessageClass(Fetched.class);
    }

    @Test
    void whatAGateRefusesIsTriedWhenItHasRoom() {
        Fetched first = fetched(7, new Gates.Refused(Duration.ofSeconds(42), "full for 42.1 s"));
        Fetched later = fetched(7, new Gates.Refused(Duration.ofSeconds(41), "full for 41.3 s"));

        assertThat(first.retryAfter()).hasSeconds(42);
        assertThat(first.failure())
                .as("the same each time, so that it is remembered once")
                .isEqualTo("the limits of square leave no room; GET /v1/pools shows them")
                .isEqualTo(later.failure());
    }

    @Test
    void aPartnerOutOfReachIsTriedAsUsual() {
        Fetched fetched = fetched(7, new Outbound.Unreachable("reset"));

        assertThat(fetched.retryAfter()).isZero();
        assertThat(fetched.failure()).isEqualTo("reset");
    }

    /** Takes pages in. */
    private static final class Shelf implements Inbox {
        private final List<Inbound> pages = new CopyOnWriteArrayList<>();

        @Override
        public CompletionStage<Void> append(Inbound payload) {
            pages.add(payload);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Void> append(Unclaimed payload) {
            throw new AssertionError("a webhook was put into Kafka");
        }
    }

    private static Answer answer(int status, String json) {
        return new Answer(status, Map.of(), json.getBytes(StandardCharsets.UTF_8), Instant.EPOCH);
    }

    /** Pages of one fetch, where the partner gives these answers. */
    private List<FeedPage> pages(@Nullable String since, Answer... answers) {
        Shelf shelf = new Shelf();
        Fetched unused = end(shelf, since, Duration.ZERO, answers);
        return shelf.pages.stream().map(Inbound::page).toList();
    }

    private Fetched end(Shelf shelf, @Nullable String since, Duration pause, Answer... answers) {
        Deque<Answer> waiting = new ArrayDeque<>(List.of(answers));
        Outbound outbound = (link, request, lane) -> CompletableFuture.completedFuture(waiting.remove());
        new Fetcher(kit.system(), Map.of(SQUARE, new SquareAdapter()), outbound, shelf, new SimpleMeterRegistry())
                .fetch(new MerchantId("grill"), LINK, "catalog", since, 7, Lane.RECONCILE, pause, merchant.ref());
        return merchant.expectMessageClass(Fetched.class);
    }

    @Test
    void pagesOfAFetchFromTheBeginningAreCounted() {
        List<FeedPage> pages = pages(
                null,
                answer(200, "{\"objects\":[],\"cursor\":\"c2\"}"),
                answer(200, "{\"objects\":[],\"cursor\":\"c3\"}"),
                answer(200, "{\"objects\":[]}"));

        assertThat(pages).extracting(page -> page.leaf().number()).containsExactly(1, 2, 3);
        assertThat(pages)
                .extracting(page -> page.leaf().read())
                .containsOnly(pages.get(0).leaf().read());
        assertThat(pages).extracting(FeedPage::last).containsExactly(false, false, true);
    }

    @Test
    void pagesOfAFetchThatGoesOnFromSomewhereTellNothingOfTheRest() {
        assertThat(pages("2026-01-01T00:00:00Z", answer(200, "{\"objects\":[]}")))
                .singleElement()
                .matches(page -> page.leaf() == null);
    }

    @Test
    void goesInTheLaneThatItIsTold() {
        fetched(1, new Outbound.Unreachable("reset"));

        assertThat(lanes).containsExactly(Lane.RECONCILE);
    }

    @Test
    void countsItsCallsAndPausesBetweenPages() {
        Shelf shelf = new Shelf();
        long begun = System.nanoTime();
        Fetched end = end(
                shelf,
                null,
                Duration.ofMillis(50),
                answer(200, "{\"objects\":[],\"cursor\":\"c2\"}"),
                answer(200, "{\"objects\":[],\"cursor\":\"c3\"}"),
                answer(200, "{\"objects\":[]}"));

        assertThat(end.failure()).isNull();
        assertThat(end.calls()).isEqualTo(3);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }
}
