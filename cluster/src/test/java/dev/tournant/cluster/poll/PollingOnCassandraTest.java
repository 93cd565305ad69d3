package dev.tournant.cluster.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.typed.ActorRef;
import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Lane;
import dev.tournant.adapter.Party;
import dev.tournant.adapters.square.SquareAdapter;
import dev.tournant.cluster.LocalNode;
import dev.tournant.cluster.gate.Budgets;
import dev.tournant.cluster.lease.NodeLease;
import dev.tournant.cluster.merchant.Merchant;
import dev.tournant.cluster.merchant.MerchantLimits;
import dev.tournant.cluster.merchant.MerchantMetrics;
import dev.tournant.cluster.merchant.MerchantPorts;
import dev.tournant.cluster.merchant.MerchantSetup;
import dev.tournant.cluster.merchant.ReadPlan;
import dev.tournant.cluster.merchant.ShardedMerchants;
import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.Delivery;
import dev.tournant.messages.FreshnessBoard;
import dev.tournant.messages.Inbound;
import dev.tournant.messages.Inbox;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.Position;
import dev.tournant.messages.Revision;
import dev.tournant.messages.Unclaimed;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.PartnerName;
import dev.tournant.persistence.CassandraPollMemories;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Real merchants, pollers and journal: first reads through restarts, and links that change their pool. */
class PollingOnCassandraTest {
    private static final Duration WITHIN = Duration.ofSeconds(20);
    /** Longer than merchants wait before they say again what they want. */
    private static final Duration SOON = Duration.ofSeconds(60);

    private static final PartnerName SQUARE = new PartnerName("square");
    private static final MerchantId GRILL = new MerchantId("grill");
    private static final Link LINK = new Link(new LinkId("sq-1"), SQUARE, "M1", "L1", "main");
    private static final MerchantProfile PROFILE = profile(LINK);
    // The machine may be busy with other things.
    private static final String SETTINGS = "tournant.poll { unlimited-calls-per-second = 100, look-timeout = 5s }";

    /** What the partner was asked, and the answers that it has yet to give. */
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private final List<CompletableFuture<Answer>> open = new CopyOnWriteArrayList<>();
    /** Of our topic. */
    private final AtomicLong offsets = new AtomicLong();

    /** Merchants and pollers of a node, with a partner that answers when the test says so. */
    private final class Site implements Inbox, MerchantPorts, AutoCloseable {
        private final LocalNode node;
        private final ShardedPollers pollers;
        private final Fetcher fetcher;
        private final ShardedMerchants merchants;
        /** Whose calls the catalogue is read with. */
        private volatile String pool = "";

        Site(String keyspace) {
            this.node = LocalNode.on(keyspace, SETTINGS);
            SimpleMeterRegistry registry = new SimpleMeterRegistry();
            Map<PartnerName, Adapter> adapters = Map.of(SQUARE, new SquareAdapter());
            this.pollers = ShardedPollers.start(
                    node.system(),
                    adapters,
                    Budgets.of(
                            node.system().settings().config(),
                            Map.of(),
                            link -> new Party(link.partner(), link.credentials(), link.account(), link.location())),
                    CassandraPollMemories.create(node.system()),
                    registry);
            this.fetcher = new Fetcher(
                    node.system(),
                    adapters,
                    (link, request, lane) -> {
                        CompletableFuture<Answer> answer = new CompletableFuture<>();
                        open.add(answer);
                        asked.add(String.valueOf(request.json()));
                        return answer;
                    },
                    this,
                    Clock.systemUTC(),
                    registry);
            this.merchants = ShardedMerchants.start(
                    node.system(),
                    new MerchantSetup(
                            MerchantLimits.of(node.system().settings().config()),
                            Map.of(SQUARE, Traits.reading(List.of("catalog"))),
                            this,
                            new MerchantMetrics(registry),
                            NodeLease.ALWAYS),
                    registry);
        }

        @Override
        public ReadPlan plan() {
            return pollers;
        }

        @Override
        public void fetch(MerchantId merchant, Reading reading, ActorRef<Merchant.Internal> replyTo) {
            fetcher.fetch(merchant, reading, replyTo);
        }

        @Override
        public void publish(
                MerchantId merchant,
                List<Revision> revisions,
                @Nullable MerchantProfile profile,
                ActorRef<Merchant.Internal> replyTo) {
            replyTo.tell(new Published(revisions.get(revisions.size() - 1).number(), null));
        }

        @Override
        public void push(MerchantId merchant, Difference difference, Lane lane, ActorRef<Merchant.Internal> replyTo) {}

        @Override
        public CompletionStage<Void> append(Inbound payload) {
            Delivery delivery = new Delivery(
                    new Position("t", 0, offsets.incrementAndGet()),
                    LINK.id(),
                    List.of(new PartnerEvent("", List.of(), List.of())),
                    payload.page(),
                    "",
                    List.of(),
                    List.of(),
                    payload.receivedAt());
            return merchants
                    .tell(GRILL, new MerchantCommand.Absorb(List.of(delivery), Instant.now()), WITHIN)
                    .thenApply(absorbed -> null);
        }

        @Override
        public CompletionStage<Void> append(Unclaimed payload) {
            throw new AssertionError("a webhook was put into Kafka");
        }

        void set(MerchantProfile profile) {
            join(merchants.tell(GRILL, new MerchantCommand.SetProfile(profile, null, "put", Instant.now()), WITHIN));
        }

        FreshnessBoard.Resource resource() {
            return resource(PROFILE);
        }

        FreshnessBoard.Resource resource(MerchantProfile of) {
            return join(pollers.board().merchant(GRILL, of)).resources().stream()
                    .filter(each -> each.resource().equals("catalog"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("the catalogue is not known"));
        }

        FreshnessBoard.Pool pool(String name) {
            return join(pollers.board().pool(name)).orElseThrow(() -> new AssertionError("nothing is polled"));
        }

        /** Until it is shown that the first read has got through so many pages, and goes on. Returns since when. */
        @Nullable
        Instant awaitFirstRead(int pages) {
            AtomicReference<FreshnessBoard.@Nullable FirstRead> shown = new AtomicReference<>();
            eventually(() -> {
                FreshnessBoard.Resource catalog = resource();
                assertThat(catalog.firstRead()).isNotNull().matches(first -> first.pages() == pages);
                assertThat(catalog.underWay()).isTrue();
                assertThat(catalog.phase()).isEqualTo("new");
                assertThat(pool(catalog.pool()).firstReads()).isEqualTo(1);
                pool = catalog.pool();
                shown.set(catalog.firstRead());
            });
            FreshnessBoard.FirstRead first = shown.get();
            return first == null ? null : first.since();
        }

        /** Until so many requests were sent in all. */
        void awaitAsked(int requests) {
            eventually(() -> assertThat(asked).hasSize(requests));
        }

        @Override
        public void close() {
            node.close();
        }
    }

    private static void eventually(ThrowingRunnable holds) {
        // What is asked of a poller that is just stopping is lost.
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .untilAsserted(holds);
    }

    private static MerchantProfile profile(Link link) {
        return new MerchantProfile("Grill", Currency.getInstance("USD"), ZoneId.of("America/New_York"), List.of(link));
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    /** The partner answers what it was asked last. */
    private void answer(String json) {
        open.get(open.size() - 1)
                .complete(new Answer(200, Map.of(), json.getBytes(StandardCharsets.UTF_8), Instant.now()));
    }

    private static String page(String cursor) {
        return "{\"objects\":[],\"cursor\":\"" + cursor + "\"}";
    }

    @Test
    void anOrderThatCameIsAcknowledged() {
        try (Site site = new Site(LocalNode.fresh("ordered"))) {
            String own = site.pollers.budget(LINK, "catalog").orElseThrow().pool();
            site.pollers.ordered(own, GRILL, LINK, "catalog");

            eventually(() -> assertThat(site.resource().underWay()).isTrue());
        }
    }

    @Test
    void goesOnFromItsPageAndShowsItThroughRestartsOfItsPollerAndItsNode() {
        String keyspace = LocalNode.fresh("firstread");
        @Nullable Instant since;
        try (Site site = new Site(keyspace)) {
            site.set(PROFILE);
            site.awaitAsked(1);
            answer(page("c2"));
            site.awaitAsked(2);
            answer(page("c3"));
            site.awaitAsked(3);
            since = site.awaitFirstRead(2);
            assertThat(since).isNotNull();

            site.pollers.sharding().entityRefFor(Poller.TYPE, site.pool).tell(Poller.Stop.STOP);

            assertThat(site.awaitFirstRead(2)).isEqualTo(since);
            assertThat(asked).as("its merchant was not disturbed").hasSize(3);
            answer(page("c4"));
            site.awaitAsked(4);
            site.awaitFirstRead(3);
        }
        try (Site again = new Site(keyspace)) {
            // Somebody speaks to the merchant: rounds do so in a cluster that is whole.
            join(again.merchants.ask(GRILL, new MerchantQuery.Summary(), WITHIN));
            again.awaitAsked(5);
            assertThat(asked.get(4)).as("the page that it had reached").contains("c4");
            assertThat(again.awaitFirstRead(3)).isEqualTo(since);

            answer("{\"objects\":[]}");
            eventually(() -> assertThat(again.resource())
                    .matches(each -> each.phase().equals("watched") && each.firstRead() == null));
            eventually(() -> assertThat(again.pool(again.pool).firstReads()).isZero());
        }
    }

    @Test
    void thePoolOfCredentialsThatALinkHadBeforeLetsGoOfIt() {
        try (Site site = new Site(LocalNode.fresh("pools"))) {
            site.set(PROFILE);
            site.awaitAsked(1);
            answer("{\"objects\":[]}");
            eventually(() -> assertThat(site.resource().phase()).isEqualTo("watched"));
            String before = site.resource().pool();
            MerchantProfile moved = profile(new Link(LINK.id(), SQUARE, "M1", "L1", "other"));
            site.set(moved);
            assertThat(join(site.pollers.board().refresh(GRILL, moved, null))).isPositive();
            String after = site.resource(moved).pool();
            assertThat(after).isNotEqualTo(before);

            // As it would when the catalogue is due, by its belief.
            join(site.pollers.board().refresh(GRILL, PROFILE, null));

            eventually(() -> assertThat(join(site.pollers.board().pool(before))).isEmpty());
            assertThat(join(site.pollers.board().pool(after))).isPresent();
        }
    }
}
