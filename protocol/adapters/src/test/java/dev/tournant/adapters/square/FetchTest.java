package dev.tournant.adapters.square;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Turn;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Link;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FetchTest {
    private static final SquareAdapter SQUARE = new SquareAdapter();

    private static Fetch fetch(String resource, @Nullable String since) {
        return new Fetch(Sample.LINK, resource, since);
    }

    private static Request open(Fetch fetch) {
        return SQUARE.open(fetch);
    }

    private static Turn turn(Fetch fetch, Request asked, int status, String json) {
        return turn(fetch, asked, new Answer(status, Map.of(), Sample.json(json), Sample.RECEIVED));
    }

    private static Turn turn(Fetch fetch, Request asked, Answer answer) {
        return SQUARE.turn(fetch, asked, answer);
    }

    private static ObjectNode body(@Nullable Request request) {
        String json = Objects.requireNonNull(request).json();
        return Documents.object(Objects.requireNonNull(json).getBytes(StandardCharsets.UTF_8));
    }

    private static Turn.Page page(Turn turn) {
        assertThat(turn).isInstanceOf(Turn.Page.class);
        return (Turn.Page) turn;
    }

    @Test
    void asksForTheWholeCatalogTheFirstTimeAndForChangesAfterwards() {
        Request first = open(fetch("catalog", null));
        assertThat(first.method() + " " + first.path()).isEqualTo("POST /v2/catalog/search");
        assertThat(first.repeatable()).isTrue();
        assertThat(first.headers())
                .as("whoever sends it adds the authorisation")
                .containsOnlyKeys("Square-Version");
        assertThat(body(first).has("begin_time")).isFalse();
        assertThat(body(first).has("include_deleted_objects")).isFalse();
        assertThat(body(first).path("object_types")).hasSize(5);

        ObjectNode later = body(open(fetch("catalog", "2026-11-20T00:00:00Z")));
        assertThat(later.path("begin_time").textValue()).isEqualTo("2026-11-20T00:00:00Z");
        assertThat(later.path("include_deleted_objects").booleanValue()).isTrue();
        assertThat(later.path("object_types").toString())
                .contains("ITEM_VARIATION")
                .contains("\"MODIFIER\"");
    }

    @Test
    void carriesTheCursorThroughThePagesAndTheLatestTimeOutOfThem() {
        Fetch fetch = fetch("catalog", "2026-11-20T00:00:00Z");
        Request first = open(fetch);
        Turn.Page one = page(turn(fetch, first, 200, "{'cursor':'c1','latest_time':'2026-11-22T10:00:00.5Z'}"));
        assertThat(one.until()).isEqualTo("2026-11-22T10:00:00.5Z");
        assertThat(body(one.next())).isEqualTo(body(first).put("cursor", "c1"));
        Request second = Objects.requireNonNull(one.next());
        Turn.Page two = page(turn(fetch, second, 200, "{'cursor':'c2','latest_time':'2026-11-22T10:00:01Z'}"));
        assertThat(body(two.next())).isEqualTo(body(first).put("cursor", "c2"));
        Turn.Page last =
                page(turn(fetch, Objects.requireNonNull(two.next()), 200, "{'latest_time':'2026-11-22T10:00:02Z'}"));
        assertThat(last.next()).isNull();
        assertThat(last.until()).isEqualTo("2026-11-22T10:00:02Z");
    }

    @Test
    void goesOnFromTheNewestCountOfTheFirstPage() {
        Fetch fetch = fetch("inventory", "2026-11-21T00:00:00Z");
        Request first = open(fetch);
        assertThat(body(first).path("updated_after").textValue()).isEqualTo("2026-11-21T00:00:00Z");
        assertThat(body(first).path("location_ids").path(0).textValue()).isEqualTo("HERE");
        assertThat(body(first).path("states").toString()).isEqualTo("[\"IN_STOCK\"]");
        Turn.Page one =
                page(turn(fetch, first, new Answer(200, Map.of(), Sample.bytes("counts-page.json"), Sample.RECEIVED)));
        assertThat(one.until()).isEqualTo("2026-11-22T11:00:04Z");
        assertThat(body(one.next()).path("cursor").textValue()).isEqualTo("c2");
        Turn.Page two = page(turn(
                fetch,
                Objects.requireNonNull(one.next()),
                200,
                "{'counts':[{'calculated_at':'2026-11-22T23:00:00Z'}]}"));
        assertThat(two.next()).isNull();
        assertThat(two.until()).isNull();
        assertThat(body(open(fetch("inventory", null))).has("updated_after")).isFalse();
        assertThat(page(turn(fetch, first, 200, "{}")).until()).isNull();
    }

    @Test
    void asksForTheOneLocation() {
        Fetch fetch = fetch("locations", "anything");
        Request request = open(fetch);
        assertThat(request.method() + " " + request.path()).isEqualTo("GET /v2/locations/HERE");
        assertThat(request.json()).isNull();
        Turn.Page page = page(turn(fetch, request, 200, "{'location':{},'cursor':'odd'}"));
        assertThat(page.next()).isNull();
        assertThat(page.until()).isNull();
        assertThat(SQUARE.resources()).containsExactly("locations", "catalog", "inventory");
        assertThatThrownBy(() -> open(fetch("orders", null))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void givesUpWhereOnlySomebodyCanHelp() {
        Fetch fetch = fetch("catalog", null);
        String error = "{'errors':[{'category':'AUTHENTICATION_ERROR','code':'UNAUTHORIZED','detail':'No.'}]}";
        assertThat(turn(fetch, open(fetch), 401, error))
                .isEqualTo(new Turn.Broken(new Outcome.NeedsReauthorisation("HTTP 401 UNAUTHORIZED: No.")));
        assertThat(turn(fetch, open(fetch), 403, ""))
                .isEqualTo(new Turn.Broken(new Outcome.NeedsReauthorisation("HTTP 403")));
        assertThat(turn(fetch, open(fetch), 400, "<html>"))
                .isEqualTo(new Turn.Broken(new Outcome.GiveUp("http-400", "HTTP 400")));
        assertThat(turn(fetch, open(fetch), 302, "{}"))
                .isEqualTo(new Turn.Broken(new Outcome.GiveUp("http-302", "HTTP 302")));
    }

    @Test
    void triesLaterWhenThePartnerIsBusyOrDown() {
        Fetch fetch = fetch("catalog", null);
        assertThat(turn(fetch, open(fetch), 500, "oops"))
                .isEqualTo(new Turn.Broken(new Outcome.TryLater(Duration.ZERO, "HTTP 500")));
        Map<String, Duration> waits = Map.of(
                "7", Duration.ofSeconds(7),
                "0", Duration.ZERO,
                "-5", Duration.ZERO,
                "9223372036854775807", Duration.ofDays(1),
                "99999999999999999999", Duration.ofDays(1),
                "Wed, 21 Oct 2026 07:28:00 GMT", Duration.ZERO,
                "", Duration.ZERO);
        waits.forEach((header, wait) -> assertThat(turn(
                        fetch,
                        open(fetch),
                        new Answer(429, Map.of("retry-after", header), new byte[0], Sample.RECEIVED)))
                .isEqualTo(new Turn.Broken(new Outcome.TryLater(wait, "HTTP 429"))));
    }

    @Test
    void triesLaterWhenAnAnswerMakesNoSense() {
        Fetch catalog = fetch("catalog", null);
        Fetch inventory = fetch("inventory", null);
        for (String garbage : List.of("", "[]", "<html>", "{'latest_time':'yesterday'}", "{'latest_time':7}")) {
            assertThat(turn(catalog, open(catalog), 200, garbage)).as(garbage).isInstanceOf(Turn.Broken.class);
        }
        assertThat(turn(inventory, open(inventory), 200, "{'counts':[{'calculated_at':'soon'}]}"))
                .isInstanceOf(Turn.Broken.class);
        assertThat(turn(inventory, open(inventory), 200, "{'counts':[7]}")).isInstanceOf(Turn.Broken.class);
    }

    /** A pager that hands out one cursor for ever was seen in the wild; it must not hold the lane. */
    @Test
    void doesNotWalkInACircle() {
        Fetch fetch = fetch("inventory", null);
        Request second = Objects.requireNonNull(
                page(turn(fetch, open(fetch), 200, "{'cursor':'c'}")).next());
        assertThat(turn(fetch, second, 200, "{'cursor':'c'}")).isInstanceOf(Turn.Broken.class);
    }

    @Test
    void takesErrorsInsideA200ForNoPage() {
        Fetch catalog = fetch("catalog", null);
        Turn turn = turn(catalog, open(catalog), 200, "{'errors':[{'code':'RATE_LIMITED','detail':'slow down'}]}");
        assertThat(turn)
                .isInstanceOfSatisfying(
                        Turn.Broken.class,
                        broken -> assertThat(broken.outcome()).isInstanceOf(Outcome.TryLater.class));
    }

    @Test
    void asksForALocationWhoseNameWouldEndThePath() {
        Link odd = new Link(Sample.LINK.id(), SquareAdapter.SQUARE, "ACCOUNT", "A#1", "main");
        assertThat(SQUARE.open(new Fetch(odd, "locations", null)).path()).isEqualTo("/v2/locations/A%231");
    }

    @Test
    void doesNotAskForTheStoreOrTheStockOfNoLocation() {
        Link nowhere = new Link(Sample.LINK.id(), SquareAdapter.SQUARE, "ACCOUNT", null, "main");
        for (String resource : java.util.List.of("locations", "inventory")) {
            assertThatThrownBy(() -> SQUARE.open(new Fetch(nowhere, resource, null)))
                    .isInstanceOf(InvalidValue.class)
                    .hasMessageContaining("location: is missing")
                    .hasMessageContaining(nowhere.id().toString());
        }
        assertThat(SQUARE.open(new Fetch(nowhere, "catalog", null)).path()).isEqualTo("/v2/catalog/search");
    }
}
