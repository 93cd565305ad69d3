package dev.tournant.cluster.push;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.ConfigFactory;
import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Lane;
import dev.tournant.adapter.Outbound;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Request;
import dev.tournant.adapters.doordash.DoorDashAdapter;
import dev.tournant.adapters.square.SquareAdapter;
import dev.tournant.cluster.difference.Nonces;
import dev.tournant.cluster.merchant.Merchant;
import dev.tournant.cluster.merchant.MerchantPorts.PushEnded;
import dev.tournant.cluster.merchant.MerchantPorts.Told;
import dev.tournant.model.Category;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Hours;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.Menu;
import dev.tournant.model.MerchantId;
import dev.tournant.model.Money;
import dev.tournant.model.PartnerName;
import dev.tournant.model.Placement;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Store;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How real partners are told. */
class PartnersTest {
    private static final Duration WITHIN = Duration.ofSeconds(20);
    private static final Link SQUARE = new Link(new LinkId("sq-1"), new PartnerName("square"), "M1", "L1", "main");
    private static final Link DOORDASH =
            new Link(new LinkId("dd-1"), new PartnerName("doordash"), "provider", "store-1", "main");

    private static ActorTestKit kit;

    private final TestProbe<Merchant.Internal> merchant = kit.createTestProbe(Merchant.Internal.class);
    private final Map<RecordKey, Outcome> outcomes = new HashMap<>();
    private final Map<RecordKey, Remote> remotes = new HashMap<>();
    private final List<String> calls = new ArrayList<>();

    @BeforeAll
    static void start() {
        kit = ActorTestKit.create("partners", ConfigFactory.parseString("""
                tournant.push { pushes-max = 2, calls-max = 2, instead-max = 10, calls-per-push-max = 20 }
                """));
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    /** All that the merchant is told, until the end. */
    private PushEnded push(Adapter adapter, Outbound outbound, Difference difference) {
        new Pusher(kit.system(), Map.of(adapter.partner(), adapter), outbound, new SimpleMeterRegistry())
                .push(new MerchantId("grill"), difference, Lane.MENU, merchant.ref());
        Merchant.Internal message = merchant.receiveMessage(WITHIN);
        while (message instanceof Told told) {
            outcomes.putAll(told.outcomes());
            remotes.putAll(told.remotes());
            calls.add(told.call());
            message = merchant.receiveMessage(WITHIN);
        }
        return (PushEnded) message;
    }

    private static RecordKey category(String id) {
        return RecordKey.of(Kind.CATEGORY, id);
    }

    private static FieldMap named(String name) {
        return FieldMap.of(Category.NAME, name);
    }

    /** Takes a batch unless something in it is called bad, and gives each object an id and a version. */
    private static Optional<Answer> square(Request request) {
        String json = String.valueOf(request.json());
        if (json.contains("Bad")) {
            return answer(400, "{\"errors\":[{\"code\":\"INVALID_VALUE\",\"detail\":\"no\"}]}");
        }
        ObjectNode body = Documents.empty();
        ArrayNode objects = body.putArray("objects");
        ArrayNode mappings = body.putArray("id_mappings");
        JsonNode batch = Documents.object(json.getBytes(StandardCharsets.UTF_8)).at("/batches/0/objects");
        for (JsonNode each : batch) {
            String id = "ID" + each.path("id").asText().substring(1);
            objects.add(((ObjectNode) each.deepCopy()).put("id", id).put("version", 5));
            mappings.addObject()
                    .put("client_object_id", each.path("id").asText())
                    .put("object_id", id);
        }
        return answer(200, Documents.text(body));
    }

    private static Optional<Answer> answer(int status, String body) {
        return Optional.of(new Answer(status, Map.of(), body.getBytes(StandardCharsets.UTF_8), Kiosk.NOW));
    }

    @Test
    void squareIsToldItsCatalogueThenItsStock() {
        RecordKey tea = RecordKey.of(Kind.ITEM, "tea");
        Difference difference = new Difference(
                SQUARE,
                Kiosk.USD,
                Map.of(category("drinks"), named("Drinks"), tea, FieldMap.of(Item.QUANTITY, BigDecimal.TEN)),
                Set.of(),
                Map.of(tea, new Remote(new RecordId("TEA-R"), 1, null)),
                "n1",
                Kiosk.NOW);
        PushEnded ended = push(new SquareAdapter(), new Counter(PartnersTest::square), difference);

        assertThat(ended.failure()).isNull();
        assertThat(outcomes).isEqualTo(Map.of(category("drinks"), Outcome.DONE, tea, Outcome.DONE));
        assertThat(remotes.get(category("drinks")))
                .extracting(Remote::id, Remote::version)
                .containsExactly(new RecordId("ID1"), 5L);
        assertThat(calls)
                .containsExactly(
                        "POST /v2/catalog/batch-upsert -> 200", "POST /v2/inventory/changes/batch-create -> 200");
    }

    @Test
    void aBadRecordKeepsNoneOfItsBatchBack() {
        Map<RecordKey, FieldMap> wanted =
                Map.of(category("a"), named("Good"), category("b"), named("Bad"), category("c"), named("Better"));
        PushEnded ended = push(
                new SquareAdapter(),
                new Counter(PartnersTest::square),
                new Difference(SQUARE, Kiosk.USD, wanted, Set.of(), Map.of(), "n1", Kiosk.NOW));

        assertThat(ended.failure()).isNull();
        assertThat(outcomes.get(category("a"))).isEqualTo(Outcome.DONE);
        assertThat(outcomes.get(category("b"))).isInstanceOf(Outcome.GiveUp.class);
        assertThat(outcomes.get(category("c"))).isEqualTo(Outcome.DONE);
    }

    /** Every request that it makes. */
    private List<String> asked(long epoch) {
        List<String> asked = new CopyOnWriteArrayList<>();
        Difference unnamed = new Difference(
                SQUARE,
                Kiosk.USD,
                Map.of(category("a"), named("Good"), category("b"), named("Bad")),
                Set.of(),
                Map.of(),
                "",
                Kiosk.NOW);
        Counter counter = new Counter(request -> {
            asked.add(request + " " + request.json());
            return square(request);
        });
        push(new SquareAdapter(), counter, Nonces.named(unnamed, epoch));
        return asked;
    }

    @Test
    void whatIsHandedOverAgainAfterACrashMakesTheSameRequests() {
        List<String> first = asked(7);
        assertThat(first).hasSize(3).doesNotHaveDuplicates();
        assertThat(asked(7)).containsExactlyInAnyOrderElementsOf(first);
        assertThat(asked(8)).doesNotContainAnyElementsOf(first);
    }

    private static Difference menu() {
        Map<RecordKey, FieldMap> records = new HashMap<>();
        Hours daily = new Hours(
                null,
                Arrays.stream(DayOfWeek.values())
                        .map(day -> new Hours.Span(day, LocalTime.of(9, 0), LocalTime.of(22, 0)))
                        .toList(),
                List.of());
        records.put(
                RecordKey.of(Kind.STORE, "store"),
                FieldMap.builder(Kind.STORE)
                        .set(Store.NAME, "Grill")
                        .set(Store.ZONE, ZoneId.of("America/New_York"))
                        .set(Store.HOURS, daily)
                        .build());
        records.put(RecordKey.of(Kind.MENU, "menu"), FieldMap.of(Menu.NAME, "All day"));
        records.put(category("mains"), named("Mains"));
        records.put(
                RecordKey.of(Kind.ITEM, "soup"),
                FieldMap.builder(Kind.ITEM)
                        .set(Item.NAME, "Soup")
                        .set(Item.PRICE, Money.of("7", "USD"))
                        .set(Item.CATEGORIES, List.of(new Placement(new RecordId("mains"), 0)))
                        .build());
        Difference unnamed =
                new Difference(DOORDASH, Kiosk.USD, records, Set.of(), Map.of(), records, Set.of(), "", Kiosk.NOW);
        return Nonces.named(unnamed, 0);
    }

    private static Outbound failing(RuntimeException why) {
        return (link, request, lane) -> CompletableFuture.failedFuture(why);
    }

    @Test
    void aMenuOfWhichNobodyKnowsWhetherItWasCreatedIsPending() {
        Difference menu = menu();
        PushEnded ended = push(new DoorDashAdapter(), failing(new Outbound.Unreachable("reset")), menu);
        assertThat(ended.failure()).isNull();
        assertThat(outcomes.keySet()).isEqualTo(menu.wanted().keySet());
        assertThat(outcomes.values()).containsOnly(new Outcome.Pending("tournant/menu/" + menu.nonce()));
        assertThat(calls).containsExactly("POST /marketplace/api/v1/menus -> no answer");
    }

    @Test
    void aMenuThatWasNotSentIsNoJobThatAnybodyWaitsFor() {
        push(new DoorDashAdapter(), failing(Outbound.Unreachable.unsent("no connection")), menu());
        assertThat(outcomes.values()).containsOnly(new Outcome.TryLater(Duration.ZERO, "no connection"));
    }
}
