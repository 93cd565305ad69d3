package dev.tournant.deploy.e2e;

import static dev.tournant.deploy.e2e.LiveStack.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.deploy.stack.Stack;
import dev.tournant.deploy.stack.WebClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong is refused with words that help, or kept apart with its reason; the rest goes on. */
class BadInputTest {
    private final LiveStack live = LiveStack.get();
    private final Stack.Merchant merchant = live.merchant(3);

    @AfterEach
    void theMerchantGoesOn() throws Exception {
        String item = "good-" + UUID.randomUUID();
        String body = LiveStack.count(merchant, item, item, "3", "2033-01-01T00:00:00Z");
        assertThat(live.hook(merchant, body).status()).isEqualTo(200);
        eventually(() ->
                live.web().get(live.url(merchant, "/records/item/" + item)).status() == 200);
    }

    private void assertProblem(WebClient.Reply reply, int status, String code, String... words) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.header("content-type")).startsWith("application/problem+json");
        JsonNode problem = reply.json();
        assertThat(problem.path("code").asText()).isEqualTo(code);
        assertThat(problem.path("advice").asText()).isNotBlank();
        for (String word : words) {
            assertThat(problem.path("detail").asText()).contains(word);
        }
    }

    private WebClient.Reply patch(String body) throws Exception {
        return live.web()
                .send(
                        "PATCH",
                        live.url(merchant, "/records/item/" + UUID.randomUUID()),
                        body,
                        Map.of("If-None-Match", "*"));
    }

    @Test
    void refusesAWebhookWithABadSignature() throws Exception {
        String body = LiveStack.count(merchant, "forged", "forged", "1", "2031-01-01T00:00:00Z");
        assertProblem(live.post(live.hookUrl(merchant), body, "bm9wZQ=="), 401, "bad-signature");
    }

    @Test
    void refusesTheSignatureOfAnotherBody() throws Exception {
        String url = live.hookUrl(merchant);
        String body = LiveStack.count(merchant, "tampered", "tampered", "1", "2031-01-01T00:00:00Z");
        String other = live.signature(url, body.replace("\"1\"", "\"2\""));
        assertProblem(live.post(url, body, other), 401, "bad-signature");
    }

    @Test
    void refusesUnknownPartnersLinksAndMerchants() throws Exception {
        String hooks = live.node(1).url() + "/v1/hooks/";
        assertProblem(live.post(hooks + "nobody/" + merchant.link(), "{}", ""), 404, "unknown-partner", "nobody");
        assertProblem(live.post(hooks + "square/nolink", "{}", ""), 404, "unknown-link", "nolink");
        assertProblem(live.web().get(live.node(1).url() + "/v1/merchants/nobody"), 404, "unknown-merchant");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":\"Tea\"|400|invalid-json|",
                "{\"colour\":\"red\"}|400|invalid-value|colour",
                "{\"price\":{\"amount\":\"1\",\"currency\":\"XAU\"}}|422|wrong-currency|XAU",
                "{\"price\":{\"amount\":\"much\",\"currency\":\"USD\"}}|400|invalid-value|price.amount",
                "{\"name\":7}|400|invalid-value|name",
                "[1]|400|invalid-value|object",
            })
    void refusesEditsThatMakeNoSense(String body, int status, String code, String word) throws Exception {
        assertProblem(patch(body), status, code, word == null ? "" : word);
    }

    @Test
    void refusesDeepNesting() throws Exception {
        assertProblem(patch("{\"name\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}"), 400, "too-deep");
    }

    @Test
    void refusesFiftyMegabytes() throws Exception {
        String large = "{\"name\":\"" + "x".repeat(50_000_000) + "\"}";
        assertProblem(answered(() -> patch(large)), 413, "too-large");
        assertProblem(answered(() -> live.hook(merchant, large)), 413, "too-large");
    }

    /** The answer comes while the body is still being sent. Java's client may fail to send the rest before it reads that. */
    private static WebClient.Reply answered(Callable<WebClient.Reply> send) {
        return await().atMost(LiveStack.SOON)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(send, reply -> true);
    }

    @Test
    void refusesInvalidUtf8() throws Exception {
        byte[] bytes = "{\"name\":\"T?a\"}".getBytes(StandardCharsets.ISO_8859_1);
        bytes[10] = (byte) 0xE9;
        var request = java.net.http.HttpRequest.newBuilder(
                        java.net.URI.create(live.url(merchant, "/records/item/" + UUID.randomUUID())))
                .header("Authorization", "Bearer " + live.stack().apiKey())
                .header("Content-Type", "application/json")
                .header("If-None-Match", "*")
                .method("PATCH", java.net.http.HttpRequest.BodyPublishers.ofByteArray(bytes))
                .build();
        var reply = live.web().raw().send(request, java.net.http.HttpResponse.BodyHandlers.ofString());
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(400);
        assertThat(reply.body()).contains("invalid-json");
    }

    @Test
    void refusesAnEditWithoutAPrecondition() throws Exception {
        WebClient.Reply reply =
                live.web().send("PATCH", live.url(merchant, "/records/item/x"), "{\"name\":\"x\"}", Map.of());
        assertProblem(reply, 428, "missing-precondition");
    }

    /** Produces a record and waits until it is in quarantine with this problem. */
    private void quarantines(
            @org.jspecify.annotations.Nullable String key, byte[] value, Map<String, String> headers, String problem)
            throws Exception {
        Map<String, String> before = live.quarantined();
        live.produce(key, value, headers);
        awaitQuarantined(before, problem);
    }

    /** Waits until something that was not in quarantine before is there with this problem. */
    private void awaitQuarantined(Map<String, String> before, String problem) {
        eventually(() -> {
            Map<String, String> now = new HashMap<>(live.quarantined());
            now.keySet().removeAll(before.keySet());
            return now.values().stream().anyMatch(reason -> reason.startsWith(problem));
        });
        eventually(() -> live.pending() == 0);
        live.assertConserved();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void quarantinesAKafkaRecordWithoutAKey() throws Exception {
        quarantines(null, utf8("{}"), LiveStack.headers(merchant), "missing-key");
    }

    @Test
    void quarantinesAKafkaRecordWithGarbage() throws Exception {
        byte[] garbage = {(byte) 0xFF, 0, 1, (byte) 0xC3, 0x28};
        quarantines(merchant.id().value(), garbage, LiveStack.headers(merchant), "unreadable");
    }

    @Test
    void quarantinesAKafkaRecordOfAFutureFormat() throws Exception {
        Map<String, String> headers = new HashMap<>(LiveStack.headers(merchant));
        headers.put("tournant-format", "2");
        quarantines(merchant.id().value(), utf8("{}"), headers, "unsupported-format");
    }

    @Test
    void quarantinesAKafkaRecordOfAnUnknownMerchantPartnerOrLink() throws Exception {
        byte[] body = utf8(LiveStack.count(merchant, "stray", "stray", "1", "2031-01-01T00:00:00Z"));
        quarantines("nobody", body, LiveStack.headers(merchant), "unknown-");
        Map<String, String> partner = Map.of(
                "tournant-partner", "nobody", "tournant-link", merchant.link().value());
        quarantines(merchant.id().value(), body, partner, "unknown-partner");
        Map<String, String> link = Map.of("tournant-partner", "square", "tournant-link", "nolink");
        quarantines(merchant.id().value(), body, link, "unknown-link");
        quarantines(merchant.id().value(), body, Map.of("tournant-partner", "square"), "missing-header");
    }

    @Test
    void quarantinesATruncatedWebhookThatIsGenuine() throws Exception {
        String body = LiveStack.count(merchant, "cut", "cut", "1", "2031-01-01T00:00:00Z");
        Map<String, String> before = live.quarantined();
        assertThat(live.hook(merchant, body.substring(0, body.length() / 2)).status())
                .isEqualTo(200);
        awaitQuarantined(before, "unreadable");
    }

    /** A page as a fetch would bring it. */
    private static String item(String id, long version, String name, String currency) {
        return """
                {"type":"ITEM","id":"%s","version":%d,"updated_at":"2031-01-01T00:00:00Z","item_data":{"name":"%s",
                 "variations":[{"type":"ITEM_VARIATION","id":"%s-v","version":%d,"updated_at":"2031-01-01T00:00:00Z",
                 "item_variation_data":{"item_id":"%s","name":"Regular","price_money":{"amount":150,"currency":"%s"}}}]}}
                """.formatted(id, version, name, id, version, id, currency);
    }

    private Map<String, String> pageHeaders() {
        Map<String, String> headers = new HashMap<>(LiveStack.headers(merchant));
        headers.put("tournant-resource", "catalog");
        headers.put("tournant-generation", "1");
        headers.put("tournant-last", "false");
        return headers;
    }

    @Test
    void takesTheGoodPartsOfAPageWithDuplicateIdsAndForeignPrices() throws Exception {
        String tag = UUID.randomUUID().toString().substring(0, 8);
        String own = live.summary(merchant).path("profile").path("currency").asText();
        String foreign = own.equals("JPY") ? "USD" : "JPY";
        String page = "{\"objects\":["
                + item("dup-" + tag, 5, "First", own) + ","
                + item("dup-" + tag, 5, "Second", own) + ","
                + item("foreign-" + tag, 5, "Foreign", foreign) + ","
                + item("fine-" + tag, 5, "Fine", own) + "]}";
        Map<String, String> before = live.quarantined();
        live.produce(merchant.id().value(), utf8(page), pageHeaders());
        eventually(() -> live.web()
                        .get(live.url(merchant, "/records/item/fine-" + tag + "-v"))
                        .status()
                == 200);
        // One of the page is refused, the price; the item that it belongs to and all its neighbours are there.
        assertThat(live.web()
                        .get(live.url(merchant, "/records/item/foreign-" + tag + "-v"))
                        .status())
                .isEqualTo(404);
        assertThat(field("foreign-" + tag, "name").asText()).isEqualTo("Foreign");
        assertThat(field("dup-" + tag, "name").asText()).isEqualTo("First");
        assertThat(field("fine-" + tag, "name").asText()).isEqualTo("Fine");
        for (String good : List.of("dup-" + tag + "-v", "fine-" + tag + "-v")) {
            assertThat(field(good, "name").asText()).isEqualTo("Regular");
            assertThat(field(good, "price").path("currency").asText()).isEqualTo(own);
        }
        eventually(() -> {
            Map<String, String> now = new HashMap<>(live.quarantined());
            now.keySet().removeAll(before.keySet());
            return now.entrySet().stream()
                    .anyMatch(entry -> entry.getKey().endsWith("parts")
                            && entry.getValue().contains("foreign-" + tag + "-v")
                            && entry.getValue().contains(foreign));
        });
        eventually(() -> live.pending() == 0);
        live.assertConserved();
    }

    private JsonNode field(String item, String name) throws Exception {
        return live.web()
                .get(live.url(merchant, "/records/item/" + item))
                .ok()
                .json()
                .path("fields")
                .path(name);
    }
}
