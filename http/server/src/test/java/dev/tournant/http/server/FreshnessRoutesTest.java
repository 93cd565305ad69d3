package dev.tournant.http.server;

import static dev.tournant.http.server.TestServer.code;
import static dev.tournant.http.server.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.messages.FreshnessBoard;
import dev.tournant.messages.FreshnessBoard.Supposition;
import dev.tournant.model.LinkId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FreshnessRoutesTest {
    private static final String POOL = "square:calls:all:M1";
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void clear() {
        server.freshness.pools.clear();
        server.freshness.outlooks.clear();
        server.freshness.resources.clear();
        server.freshness.silentPools.clear();
        server.freshness.supposed.clear();
        server.freshness.refreshed.clear();
    }

    private static String merchant(String id, String link) {
        server.put(id, """
                {"name": "Grill", "currency": "USD", "zone": "America/New_York", "links": [
                 {"id": "%s", "partner": "square", "account": "M1", "location": "L1", "credentials": "main"}]}
                """.formatted(link));
        return id;
    }

    private static FreshnessBoard.Pool pool() {
        FreshnessBoard.Sort sort = new FreshnessBoard.Sort(
                "square",
                "catalog",
                9,
                1,
                5,
                3,
                2,
                0.9,
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(9),
                Duration.ofSeconds(11),
                Duration.ofMinutes(30),
                0,
                0.95,
                0.4,
                12,
                0.8,
                0.7,
                true);
        return new FreshnessBoard.Pool(
                POOL, 3, 2.5, 0.9, 0.95, 0.947, 0.01, 0.2, 1, 2, 1, 10, 0.88, 0.1, List.of(sort));
    }

    @Test
    void showsAPool() {
        server.freshness.pools.put(POOL, pool());

        JsonNode shown = json(server.get("/v1/pools/square%3Acalls%3Aall%3AM1/freshness"));

        assertThat(shown.get("ratio").asDouble()).isEqualTo(0.947);
        assertThat(shown.get("threshold-ms").asDouble()).isEqualTo(200);
        assertThat(shown.get("first-reads").asInt()).isEqualTo(1);
        assertThat(shown.get("audited-fresh").asDouble()).isEqualTo(0.88);
        JsonNode sort = shown.get("sorts").get(0);
        assertThat(sort.get("failing").asInt()).isEqualTo(5);
        assertThat(sort.get("parked").asInt()).isEqualTo(3);
        assertThat(sort.get("held").asInt()).isEqualTo(2);
        assertThat(sort.get("age-ms").get("p99").asLong()).isEqualTo(9_000);
        assertThat(sort.get("error-budget-left").asDouble()).isEqualTo(0.4);
        assertThat(sort.get("webhooks-silent").asBoolean()).isTrue();
    }

    @Test
    void saysThatNothingIsPolledThere() {
        assertThat(code(server.get("/v1/pools/none/freshness"))).isEqualTo("unknown-pool 404");
        assertThat(code(server.get("/v1/pools/none/what-if"))).isEqualTo("unknown-pool 404");
    }

    @Test
    void supposesWhatItIsAsked() {
        server.freshness.outlooks.put(POOL, new FreshnessBoard.Outlook(5, 0.8, 0.85, Duration.ofSeconds(7), 0.02));

        JsonNode shown = json(server.get("/v1/pools/" + POOL + "/what-if?limit=5&merchants=2.5&webhooks=off"));

        assertThat(shown.get("fresh").asDouble()).isEqualTo(0.8);
        assertThat(shown.get("lag-ms").asLong()).isEqualTo(7_000);
        assertThat(server.get("/v1/pools/" + POOL + "/what-if").statusCode()).isEqualTo(200);
        assertThat(server.freshness.supposed)
                .containsExactly(new Supposition(5.0, 2.5, false), new Supposition(null, 1, true));
    }

    @Test
    void refusesSuppositionsThatAreNone() {
        for (String query : List.of(
                "limit=0",
                "limit=x",
                "limit=1e9",
                "limit=5d",
                "limit=0x1p3",
                "limit=NaN",
                "limit=1e-999",
                "limit=1e999999999",
                "limit=",
                "limit=1&limit=2",
                "merchants=-1",
                "webhooks=maybe",
                "what=1")) {
            assertThat(code(server.get("/v1/pools/" + POOL + "/what-if?" + query)))
                    .as(query)
                    .isEqualTo("bad-request 400");
        }
    }

    @Test
    void showsWhatIsReadFromAMerchantsPartners() {
        String merchant = merchant("fresh-1", "sq-1");
        server.freshness.resources.add(new FreshnessBoard.Resource(
                new LinkId("sq-1"),
                "catalog",
                POOL,
                "watched",
                false,
                Instant.parse("2026-11-22T09:59:00Z"),
                0.97,
                0.03,
                2,
                null,
                1.5,
                0.9,
                0.8,
                0.99,
                0,
                null));
        server.freshness.resources.add(firstRead(Instant.parse("2026-11-22T09:58:00Z")));
        server.freshness.resources.add(firstRead(null));

        JsonNode shown = json(server.get("/v1/merchants/" + merchant + "/freshness"));

        JsonNode resource = shown.get("resources").get(0);
        assertThat(resource.get("link").asText()).isEqualTo("sq-1");
        assertThat(resource.get("seen-at").asText()).isEqualTo("2026-11-22T09:59:00Z");
        assertThat(resource.has("next-at")).isFalse();
        assertThat(resource.has("first-read")).isFalse();
        assertThat(shown.get("resources").get(1).get("first-read"))
                .hasToString("{\"pages\":12,\"since\":\"2026-11-22T09:58:00Z\"}");
        assertThat(shown.get("resources").get(2).get("first-read")).hasToString("{\"pages\":12}");
        assertThat(shown.has("silent-pools")).isFalse();
        assertThat(code(server.get("/v1/merchants/nobody/freshness"))).isEqualTo("unknown-merchant 404");
    }

    @Test
    void namesThePoolsThatDoNotAnswer() {
        String merchant = merchant("fresh-3", "sq-3");
        server.freshness.resources.add(firstRead(null));
        server.freshness.silentPools.add(POOL);

        JsonNode shown = json(server.get("/v1/merchants/" + merchant + "/freshness"));

        assertThat(shown.get("resources")).hasSize(1);
        assertThat(shown.get("silent-pools")).hasToString("[\"" + POOL + "\"]");
    }

    private static FreshnessBoard.Resource firstRead(@Nullable Instant since) {
        return new FreshnessBoard.Resource(
                new LinkId("sq-1"),
                "inventory",
                POOL,
                "new",
                true,
                null,
                0,
                0,
                0,
                null,
                1.5,
                0.9,
                0.8,
                0.99,
                0,
                new FreshnessBoard.FirstRead(12, since));
    }

    @Test
    void readsAMerchantOrOneOfItsLinks() {
        String merchant = merchant("fresh-2", "sq-2");

        assertThat(json(server.send("POST", "/v1/merchants/" + merchant + "/refresh", ""))
                        .get("reading")
                        .asInt())
                .isEqualTo(1);
        assertThat(server.send("POST", "/v1/merchants/" + merchant + "/links/sq-2/refresh", "")
                        .statusCode())
                .isEqualTo(200);
        assertThat(code(server.send("POST", "/v1/merchants/" + merchant + "/links/other/refresh", "")))
                .isEqualTo("unknown-link 404");
        assertThat(server.freshness.refreshed).containsExactly(merchant, merchant + "/sq-2");
    }
}
