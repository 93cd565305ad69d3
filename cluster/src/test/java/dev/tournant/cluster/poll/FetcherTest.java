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
import dev.tournant.cluster.merchant.MerchantPorts.Reading;
import dev.tournant.cluster.merchant.ReadPlan.Trouble;
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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
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
                "fetcher",
                ConfigFactory.parseString(
                        "tournant.poll { fetches-max = 4, paced-max = 2, pages-max = 10, unauthorised-retry = 17s }"));
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
        new Fetcher(
                        kit.system(),
                        Map.of(SQUARE, square),
                        outbound,
                        new Nowhere(),
                        Clock.systemUTC(),
                        new SimpleMeterRegistry())
                .fetch(
                        new MerchantId("grill"),
                        new Reading(LINK, square.resources().get(0), null, generation, null, Lane.PRICE, Duration.ZERO),
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

    @Test
    void fetchesThatRestBetweenTheirPagesTakeNobodysPlace() {
        List<CompletableFuture<Answer>> waiting = new CopyOnWriteArrayList<>();
        Fetcher slow = new Fetcher(
                kit.system(),
                Map.of(SQUARE, new SquareAdapter()),
                (link, request, lane) -> {
                    CompletableFuture<Answer> answer = new CompletableFuture<>();
                    waiting.add(answer);
                    return answer;
                },
                shelf,
                Clock.systemUTC(),
                new SimpleMeterRegistry());

        begin(slow, Duration.ofMinutes(5), 3);
        assertThat(merchant.expectMessageClass(Fetched.class).failure())
                .contains("2 fetches")
                .contains("paced-max");
        begin(slow, Duration.ZERO, 5);
        Fetched crowded = merchant.expectMessageClass(Fetched.class);
        assertThat(crowded.failure()).contains("4 fetches").contains("fetches-max");
        assertThat(crowded.trouble()).isEqualTo(Trouble.CROWDED);
        assertThat(waiting).hasSize(6);
        waiting.forEach(each -> each.complete(LAST));
        for (int i = 0; i < 6; i++) {
            assertThat(merchant.expectMessageClass(Fetched.class).failure()).isNull();
        }
        begin(slow, Duration.ZERO, 4);
        assertThat(waiting).as("places are given back").hasSize(10);
    }

    private void begin(Fetcher on, Duration rest, int count) {
        for (int i = 0; i < count; i++) {
            Reading reading = new Reading(LINK, "catalog", null, 7, null, Lane.MENU, rest);
            on.fetch(new MerchantId("grill"), reading, merchant.ref());
        }
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

    private final Shelf shelf = new Shelf();
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private Duration pause = Duration.ZERO;
    private Instant now = Instant.parse("2026-06-01T12:00:00Z");
    private final Fetcher fetcher = node();
    private final Fetcher elsewhere = node();

    private Fetcher node() {
        return new Fetcher(
                kit.system(),
                Map.of(SQUARE, new SquareAdapter()),
                (link, request, lane) -> {
                    asked.add(String.valueOf(request.json()));
                    return CompletableFuture.completedFuture(answers.remove());
                },
                shelf,
                new Clock() {
                    @Override
                    public ZoneId getZone() {
                        return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(ZoneId zone) {
                        return this;
                    }

                    @Override
                    public Instant instant() {
                        return now;
                    }
                },
                new SimpleMeterRegistry());
    }

    /** A fetch of the catalogue from its beginning, to which the partner gives these answers. */
    private Fetched fetch(@Nullable String since, long generation, Answer... given) {
        return fetch(fetcher, LINK, null, since, generation, given);
    }

    /** One that goes on from where the last page says. */
    private Fetched goOn(Fetcher on, long generation, Answer... given) {
        return fetch(on, LINK, onward(), null, generation, given);
    }

    private String onward() {
        String onward = pages().get(pages().size() - 1).onward();
        assertThat(onward).isNotNull();
        return String.valueOf(onward);
    }

    private Fetched fetch(
            Fetcher on, Link link, @Nullable String onward, @Nullable String since, long generation, Answer... given) {
        answers.addAll(List.of(given));
        on.fetch(
                new MerchantId("grill"),
                new Reading(link, "catalog", since, generation, onward, Lane.RECONCILE, pause),
                merchant.ref());
        return merchant.expectMessageClass(Fetched.class);
    }

    /** Pages of one fetch, where the partner gives these answers. */
    private List<FeedPage> pages(@Nullable String since, Answer... given) {
        fetch(since, 7, given);
        return pages();
    }

    private List<FeedPage> pages() {
        return shelf.pages.stream().map(Inbound::page).toList();
    }

    private static Answer page(String cursor) {
        return answer(200, "{\"objects\":[],\"cursor\":\"" + cursor + "\"}");
    }

    private static final Answer LAST = answer(200, "{\"objects\":[]}");
    private static final Answer BUSY = answer(429, "{}");

    private static List<Integer> numbers(List<FeedPage> pages) {
        return pages.stream().map(page -> page.leaf().number()).toList();
    }

    private static long readings(List<FeedPage> pages) {
        return pages.stream().map(page -> page.leaf().read()).distinct().count();
    }

    @Test
    void aFetchGoesOnFromThePageWhereItBroke() {
        Fetched broke = fetch(null, 7, page("c2"), page("c3"), BUSY);
        assertThat(broke.goesOn()).isTrue();
        assertThat(broke.pages()).isEqualTo(2);
        now = now.plus(Duration.ofMinutes(4));
        assertThat(goOn(fetcher, 7, answer(503, "")))
                .as("once more in vain")
                .matches(each -> each.pages() == 0 && each.goesOn());
        Fetched done = goOn(elsewhere, 7, LAST);
        assertThat(done.failure()).isNull();
        assertThat(done.begun()).isEqualTo("2026-06-01T12:00:00Z");

        assertThat(numbers(pages())).containsExactly(1, 2, 3);
        assertThat(readings(pages())).as("one reading").isEqualTo(1);
        assertThat(asked.get(3)).isEqualTo(asked.get(2)).isEqualTo(asked.get(4)).contains("c3");
        assertThat(pages().get(2).onward()).as("behind the last page").isNull();
    }

    @Test
    void aFetchBeginsAnewWhereThePartnerKnowsThePageNoMore() {
        fetch(null, 7, page("c2"), BUSY);
        Fetched refused = goOn(fetcher, 7, answer(400, "{\"errors\":[{\"code\":\"INVALID_CURSOR\"}]}"));
        assertThat(refused.goesOn()).isFalse();
        fetch(null, 7, page("c2"), LAST);

        assertThat(numbers(pages())).containsExactly(1, 1, 2);
        assertThat(readings(pages())).isEqualTo(2);
    }

    @Test
    void aFetchBeginsAnewWhenItsPagesNoLongerLast() {
        fetch(null, 7, page("c2"), BUSY);
        now = now.plus(Duration.ofMinutes(5));
        assertThat(goOn(elsewhere, 7, page("c2"), LAST).begun()).isEqualTo(now);

        assertThat(numbers(pages())).containsExactly(1, 1, 2);
    }

    @Test
    void aFetchOfSomethingElseBeginsAtItsBeginning() {
        fetch(null, 7, page("c2"), BUSY);
        String onward = onward();
        Link moved = new Link(new LinkId("sq-1"), SQUARE, "M2", "L1", "main");
        fetch(fetcher, moved, onward, null, 7, LAST);
        fetch(fetcher, LINK, onward, "2026-01-01T00:00:00Z", 7, LAST);
        fetch(fetcher, LINK, "{\"page\":4}", null, 7, LAST);

        assertThat(asked).hasSize(5);
        assertThat(asked.subList(2, 5)).noneMatch(each -> each.contains("c2"));
        assertThat(fetch("2026-01-01T00:00:00Z", 9, BUSY).goesOn())
                .as("broken at its first page")
                .isFalse();
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

        assertThat(lanes).containsExactly(Lane.PRICE);
    }

    @Test
    void countsItsCallsAndPausesBetweenPages() {
        pause = Duration.ofMillis(50);
        long begun = System.nanoTime();
        Fetched end = fetch(null, 7, page("c2"), page("c3"), LAST);

        assertThat(end.failure()).isNull();
        assertThat(end.calls()).isEqualTo(3);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }

    @Test
    void saysWhatKindOfTroubleThereIs() {
        assertThat(fetched(7, new Gates.Refused(Duration.ofSeconds(42), "full")).trouble())
                .isEqualTo(Trouble.CROWDED);
        assertThat(fetch(null, 7, answer(401, "{\"errors\":[{\"code\":\"ACCESS_TOKEN_REVOKED\"}]}")))
                .as("as it is set")
                .matches(each -> each.trouble() == Trouble.UNAUTHORISED
                        && each.retryAfter().equals(Duration.ofSeconds(17)));
        assertThat(fetch(null, 7, answer(503, "")).trouble()).isEqualTo(Trouble.FAILED);
    }
}
