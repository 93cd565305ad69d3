package dev.tournant.deploy.standins.potluck;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Request;
import dev.tournant.deploy.standins.core.Hmac;
import dev.tournant.deploy.standins.core.Json;
import dev.tournant.deploy.standins.core.Receiver;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PotluckApiTest {
    private final PotluckStandin potluck = PotluckStandin.start(
            PotluckSettings.defaults().withLocations(3).withItems(20).withRequestsPerSecond(1_000));
    private final PotluckCounterpart client = new PotluckCounterpart(potluck);

    @AfterEach
    void stop() {
        potluck.close();
    }

    private Answer send(String method, String path, @Nullable String json, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Content-Type", "application/json");
        String body = json == null ? null : json.replace('\'', '"');
        return client.send(new Request(method, "/locations/loc-1" + path, all, body, true));
    }

    private Answer send(String method, String path) {
        return send(method, path, null, Map.of());
    }

    private static JsonNode body(Answer answer) {
        return Json.read(answer.body()).orElseThrow();
    }

    private static String code(Answer answer) {
        return answer.status() + " " + body(answer).at("/error/code").asText();
    }

    private String firstItem() {
        return body(send("GET", "/catalog?limit=200")).at("/items/0/id").asText();
    }

    @Test
    void refusesWhatIsNotAtTheRevisionThatWasSeen() {
        String path = "/items/" + firstItem();
        Answer stale = send("PUT", path, "{'name':'Tea'}", Map.of("If-Match", "\"99\""));
        assertThat(code(stale)).isEqualTo("412 stale");
        Answer done = send("PUT", path, "{'name':'Tea'}", Map.of("If-Match", "\"1\""));
        assertThat(done.status()).isEqualTo(200);
        assertThat(body(done).path("revision").asLong()).isEqualTo(2);
        assertThat(body(done).has("price_minor")).as("what is not sent is gone").isFalse();
        assertThat(code(send("PUT", path, "{'name':'Tea'}", Map.of("If-Match", "1"))))
                .isEqualTo("400 bad_request");
    }

    @Test
    void dropsAnItemWithoutATombstone() {
        String item = firstItem();
        String since = body(send("GET", "/catalog?limit=1")).path("as_of").asText();
        assertThat(potluck.edit("loc-1", EditKind.DROP_ITEM, Optional.of(item))).isPresent();
        assertThat(body(send("GET", "/catalog?limit=200&changed_since=" + since))
                        .path("items"))
                .as("who goes on from before is told nothing")
                .isEmpty();
        JsonNode all = body(send("GET", "/catalog?limit=200"));
        assertThat(all.path("items"))
                .isNotEmpty()
                .noneMatch(each -> each.path("id").asText().equals(item));
        assertThat(code(send("PUT", "/items/" + item, "{'name':'Tea'}", Map.of())))
                .isEqualTo("404 not_found");
    }

    @Test
    void doesWhatBearsOneKeyOnce() {
        Map<String, String> key = Map.of("Idempotency-Key", "k1");
        String first =
                body(send("POST", "/items", "{'name':'Pie'}", key)).path("id").asText();
        assertThat(body(send("POST", "/items", "{'name':'Pie'}", key))
                        .path("id")
                        .asText())
                .isEqualTo(first);
        assertThat(code(send("POST", "/items", "{'name':'Cake'}", key))).isEqualTo("422 key_reused");
    }

    @Test
    void tellsAllPagesAndThenWhatChangedSince() {
        Set<String> seen = new HashSet<>();
        String cursor = "";
        String asOf = "";
        do {
            JsonNode page = body(send("GET", "/catalog?limit=7" + (cursor.isEmpty() ? "" : "&cursor=" + cursor)));
            for (Sort sort : Sort.values()) {
                page.path(sort.list())
                        .forEach(each ->
                                assertThat(seen.add(each.path("id").asText())).isTrue());
            }
            cursor = page.path("next_cursor").asText();
            asOf = page.path("as_of").asText();
        } while (!cursor.isEmpty());
        assertThat(seen).hasSizeGreaterThan(30);
        String gone = firstItem();
        assertThat(send("DELETE", "/items/" + gone).status()).isEqualTo(200);
        JsonNode news = body(send("GET", "/catalog?changed_since=" + asOf));
        assertThat(news.path("items")).hasSize(1);
        assertThat(news.at("/items/0/deleted").asBoolean()).isTrue();
        assertThat(news.path("categories")).isEmpty();
        assertThat(code(send("DELETE", "/items/" + gone))).isEqualTo("404 not_found");
        assertThat(code(send("GET", "/catalog?cursor=abc"))).isEqualTo("400 bad_request");
    }

    @Test
    void takesADeletedCategoryOutOfItsItems() {
        JsonNode item = body(send("GET", "/catalog?limit=200")).at("/items/0");
        String category = item.at("/in/0/category").asText();
        send("DELETE", "/categories/" + category);
        List<String> left = new ArrayList<>();
        body(send("GET", "/catalog?limit=200"))
                .path("items")
                .forEach(each -> each.path("in")
                        .forEach(in -> left.add(in.path("category").asText())));
        assertThat(left).isNotEmpty().doesNotContain(category);
        assertThat(code(send("POST", "/items", "{'name':'Pie','in':[{'category':'" + category + "'}]}", Map.of())))
                .isEqualTo("422 invalid");
    }

    @Test
    void knowsItsTokensAndForHowLong() {
        assertThat(send("GET", "").status()).isEqualTo(200);
        potluck.expireTokens();
        assertThat(code(send("GET", ""))).isEqualTo("401 token_expired");
        assertThat(code(client.raw(new Request("GET", "/locations/loc-1", Map.of(), null, true))))
                .isEqualTo("401 unauthorised");
        Answer refused = client.raw(
                new Request("POST", "/oauth/token", Map.of(), "grant_type=client_credentials&client_id=x", false));
        assertThat(body(refused).path("error").asText()).isEqualTo("invalid_client");
    }

    @Test
    void saysHowLongToWait() {
        client.refuseNext();
        Answer refused = send("GET", "");
        assertThat(code(refused)).isEqualTo("429 too_many_requests");
        assertThat(refused.header("retry-after")).contains("1");
    }

    @Test
    void signsWebhooksOfAllLocations() throws Exception {
        try (Receiver receiver = Receiver.open()) {
            potluck.subscribe(receiver.url(), "our-key");
            potluck.edit("loc-3", EditKind.PRICE, Optional.empty());
            Receiver.Delivery event = receiver.next();
            assertThat(event.at("/type")).isEqualTo("item.changed");
            assertThat(event.at("/account_id")).isEqualTo("acc-2");
            assertThat(event.at("/location_id")).isEqualTo("loc-3");
            assertThat(event.at("/data/item/revision")).isEqualTo("2");
            byte[] signed = Hmac.of(
                    "our-key".getBytes(StandardCharsets.UTF_8),
                    (event.header("X-Potluck-Time") + "\n" + event.body()).getBytes(StandardCharsets.UTF_8));
            assertThat(event.header("X-Potluck-Signature"))
                    .isEqualTo(HexFormat.of().formatHex(signed));
            potluck.edit("loc-1", EditKind.ORDERS, Optional.empty());
            Receiver.Delivery changed = receiver.next();
            assertThat(changed.at("/type")).isEqualTo("store.changed");
            assertThat(changed.at("/data/store/id")).isEqualTo("loc-1");
            assertThat(changed.at("/data/store/revision")).isNotEmpty();
        }
    }
}
