package dev.tournant.http.server;

import static dev.tournant.http.server.TestServer.code;
import static dev.tournant.http.server.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.messages.PoolBoard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PoolRoutesTest {
    private static final String NAME = "square:menus:tournant-eu:M1:%2D#1/x";
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
        server.pools.all.clear();
        server.pools.silent.clear();
    }

    private static List<String> names(JsonNode page) {
        List<String> names = new ArrayList<>();
        page.get("pools").forEach(each -> names.add(each.get("name").asText()));
        return names;
    }

    @Test
    void listsNothingWhereNothingIsCalled() {
        assertThat(server.get("/v1/pools").body()).isEqualTo("{\"pools\":[]}");
    }

    @Test
    void listsPoolsInPages() {
        for (int i = 0; i < 5; i++) {
            server.pools.put(PoolsInMemory.idle("square:calls:app-" + i));
        }

        JsonNode first = json(server.get("/v1/pools?limit=2"));
        JsonNode second = json(server.get(first.get("next").asText()));
        JsonNode third = json(server.get(second.get("next").asText()));

        assertThat(names(first)).containsExactly("square:calls:app-0", "square:calls:app-1");
        assertThat(names(second)).containsExactly("square:calls:app-2", "square:calls:app-3");
        assertThat(names(third)).containsExactly("square:calls:app-4");
        assertThat(third.has("next")).isFalse();
    }

    @Test
    void goesOnAfterPoolsThatDoNotAnswerAndNamesThem() {
        server.pools.put(PoolsInMemory.idle("a"));
        server.pools.put(PoolsInMemory.idle("b"));
        server.pools.put(PoolsInMemory.idle("c"));
        server.pools.silent.add("b");

        JsonNode first = json(server.get("/v1/pools?limit=2"));
        JsonNode second = json(server.get(first.get("next").asText()));

        assertThat(names(first)).containsExactly("a");
        assertThat(first.get("silent-pools").toString()).isEqualTo("[\"b\"]");
        assertThat(first.get("silent-nodes").toString()).isEqualTo("[\"10.0.0.9:25520\"]");
        assertThat(names(second)).containsExactly("c");
        assertThat(second.has("silent-pools")).isFalse();
    }

    @Test
    void theLargestPageIsTheLargestThatTheBoardShows() {
        assertThat(Page.LIMIT_MAX).isEqualTo(PoolBoard.LIMIT_MAX);
    }

    @Test
    void showsAPoolWhoseLimitIsLowered() {
        Map<String, Integer> waiting = new LinkedHashMap<>();
        waiting.put("order", 0);
        waiting.put("reconcile", 7);
        server.pools.put(new PoolBoard.Pool(
                NAME,
                "square",
                "menus",
                "bucket",
                20,
                Duration.ofMillis(1500),
                40,
                12,
                3,
                waiting,
                5,
                new PoolBoard.Lowered(10, Instant.parse("2026-11-22T10:01:00Z"), "the partner answered 429"),
                "10.0.0.1:25520"));

        String shown = server.get("/v1/pools/square:menus:tournant-eu:M1:%252D%231%2Fx")
                .body();

        assertThat(shown)
                .isEqualTo("{\"name\":\"" + NAME + "\",\"partner\":\"square\",\"limit-name\":\"menus\","
                        + "\"rule\":\"bucket\",\"limit\":20,\"per-ms\":1500,\"burst\":40,\"use\":12,\"in-flight\":3,"
                        + "\"waiting\":{\"order\":0,\"reconcile\":7},\"refused\":5,\"lowered\":{\"limit\":10,"
                        + "\"until\":\"2026-11-22T10:01:00Z\",\"why\":\"the partner answered 429\"},"
                        + "\"holder\":\"10.0.0.1:25520\"}");
    }

    @Test
    void leavesOutWhatIsNotThere() {
        server.pools.put(PoolsInMemory.idle("p"));

        JsonNode shown = json(server.get("/v1/pools/p"));

        assertThat(shown.fieldNames())
                .toIterable()
                .containsExactly(
                        "name",
                        "partner",
                        "limit-name",
                        "rule",
                        "limit",
                        "per-ms",
                        "use",
                        "in-flight",
                        "waiting",
                        "refused");
        assertThat(shown.get("waiting").fieldNames())
                .toIterable()
                .containsExactly("order", "cancel", "availability", "price", "menu", "reconcile");
    }

    @Test
    void saysWhichPoolThereIsNot() {
        assertThat(code(server.get("/v1/pools/lost"))).isEqualTo("unknown-pool 404");
        assertThat(code(server.get("/v1/pools/" + "x".repeat(PoolBoard.NAME_CHARS_MAX + 1))))
                .isEqualTo("unknown-pool 404");
        assertThat(code(server.get("/v1/pools/"))).isEqualTo("unknown-pool 404");
    }

    @Test
    void refusesPagesThatNobodyGave() {
        assertThat(code(server.get("/v1/pools?limit=0"))).isEqualTo("bad-request 400");
        assertThat(code(server.get("/v1/pools?limit=1001"))).isEqualTo("bad-request 400");
        assertThat(code(server.get("/v1/pools?after=%25"))).isEqualTo("bad-request 400");
        assertThat(code(server.get("/v1/pools?after="))).isEqualTo("bad-request 400");
        assertThat(code(server.get("/v1/pools?partner=square"))).isEqualTo("bad-request 400");
        assertThat(code(server.get("/v1/pools/p?limit=1"))).isEqualTo("bad-request 400");
    }

    @Test
    void showsPoolsToReaders() {
        server.pools.put(PoolsInMemory.idle("p"));

        assertThat(server.sendAs(TestServer.READER, "GET", "/v1/pools", "").statusCode())
                .isEqualTo(200);
        assertThat(code(server.sendAs(TestServer.WRITER, "GET", "/v1/pools/p", "")))
                .isEqualTo("forbidden 403");
    }
}
