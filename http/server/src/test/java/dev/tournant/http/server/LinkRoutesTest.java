package dev.tournant.http.server;

import static dev.tournant.http.server.TestServer.code;
import static dev.tournant.http.server.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Problem;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.PartnerName;
import dev.tournant.model.Projection;
import dev.tournant.model.RecordKey;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinkRoutesTest {
    private static final String LINKS = "/v1/merchants/grill/links";
    private static final RecordKey TEA = RecordKey.of(Kind.ITEM, "tea");

    private TestServer server;

    @BeforeEach
    void start() {
        server = new TestServer();
        server.createGrill();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void next(MerchantReply reply) {
        server.merchants.instead.add(CompletableFuture.completedFuture(reply));
    }

    @Test
    void listsTheLinksAndHowEachStands() {
        HttpResponse<String> answer = server.get(LINKS);
        assertThat(answer.headers().firstValue("ETag")).hasValue("\"r1\"");
        JsonNode links = json(answer).get("links");
        assertThat(links).hasSize(2);
        assertThat(links.get(0).toString())
                .isEqualTo("{\"id\":\"sq-1\",\"partner\":\"square\",\"direction\":\"read\",\"state\":\"in-step\","
                        + "\"since\":\"2026-11-22T10:00:00Z\",\"what\":\"it shows what it should\","
                        + "\"pending-count\":0,\"quarantined-count\":0}");
        assertThat(code(server.get("/v1/merchants/nobody/links"))).isEqualTo("unknown-merchant 404");
    }

    @Test
    void leavesOutALinkThatGoesWhileItIsAskedAbout() {
        server.put("one", """
                {"name": "One", "currency": "USD", "zone": "UTC", "links": [
                  {"id": "sq-9", "partner": "square", "account": "M1", "credentials": "main"}]}
                """);
        MerchantReply summary = server.merchants
                .ask(new dev.tournant.model.MerchantId("one"), new MerchantQuery.Summary(), java.time.Duration.ZERO)
                .toCompletableFuture()
                .join();
        next(summary);
        next(new MerchantReply.Rejected(Problem.UNKNOWN_LINK, "it is gone"));
        assertThat(json(server.get("/v1/merchants/one/links")).get("links")).isEmpty();
        next(summary);
        next(new MerchantReply.Rejected(Problem.UNAVAILABLE, "no answer"));
        assertThat(code(server.get("/v1/merchants/one/links"))).isEqualTo("unavailable 503");
    }

    @Test
    void showsAllThatIsKnownOfALink() {
        HttpResponse<String> inStep = server.get(LINKS + "/sq-1");
        assertThat(inStep.headers().firstValue("ETag")).hasValue("\"r1\"");
        assertThat(json(inStep).at("/link/account").asText()).isEqualTo("M1");
        MerchantReply summary = server.merchants
                .ask(new dev.tournant.model.MerchantId("grill"), new MerchantQuery.Summary(), java.time.Duration.ZERO)
                .toCompletableFuture()
                .join();
        next(summary);
        next(new MerchantReply.LinkReport(
                new Link(new LinkId("sq-1"), new PartnerName("square"), "M1", null, "main"),
                "behind",
                null,
                "1 record still to be told",
                List.of("item/tea: price"),
                1,
                List.of(new MerchantReply.Quarantined(TEA, "NAME_TOO_LONG", "255 at most", TestServer.NOW)),
                1,
                List.of(),
                0,
                List.of(new MerchantReply.Drift(TEA, "price", Map.of("amount", "2.00"), null, "e7", TestServer.NOW, 3)),
                List.of("job-1"),
                TestServer.NOW,
                3));
        JsonNode shown = json(server.get(LINKS + "/sq-1"));
        assertThat(shown.has("since")).isFalse();
        assertThat(shown.at("/pending/0").asText()).isEqualTo("item/tea: price");
        assertThat(shown.at("/quarantined/0").toString())
                .isEqualTo("{\"record\":\"item/tea\",\"code\":\"NAME_TOO_LONG\",\"why\":\"255 at most\","
                        + "\"at\":\"2026-11-22T10:00:00Z\"}");
        assertThat(shown.at("/drifting/0").toString())
                .isEqualTo("{\"record\":\"item/tea\",\"field\":\"price\",\"shows\":{\"amount\":\"2.00\"},"
                        + "\"should\":null,\"event\":\"e7\",\"at\":\"2026-11-22T10:00:00Z\",\"not-kept\":3}");
        assertThat(shown.get("jobs")).hasSize(1);
        assertThat(shown.get("records").asInt()).isEqualTo(3);
        assertThat(code(server.get(LINKS + "/sq-9"))).isEqualTo("unknown-link 404");
        assertThat(code(server.get(LINKS + "/no%20name"))).isEqualTo("invalid-value 400");
    }

    private HttpResponse<String> preview(String key, String body) {
        return server.sendAs(key, "POST", LINKS + "/sq-1/preview", body, "Content-Type", "application/json");
    }

    @Test
    void showsWhatAProjectionWouldChangeToWhoeverMayRead() {
        next(new MerchantReply.LinkPreview(
                List.of(new MerchantReply.Differs(TEA, "shown", true, true, false, "without[0] leaves it out")), 7));
        HttpResponse<String> answer =
                preview(TestServer.READER, "{\"without\": [{\"kind\": \"item\", \"id\": \"tea\"}]}");
        assertThat(answer.body())
                .isEqualTo("{\"differences\":[{\"record\":\"item/tea\",\"field\":\"shown\",\"merchant\":true,"
                        + "\"now\":true,\"then\":false,\"because\":\"without[0] leaves it out\"}],\"total\":7}");
        assertThat(server.merchants.asked)
                .contains(new MerchantQuery.PreviewLink(
                        new LinkId("sq-1"), new Projection(List.of(), List.of(TEA), List.of(), List.of())));
    }

    @Test
    void namesWhatIsWrongInAProposedProjection() {
        HttpResponse<String> answer = preview(TestServer.BOTH, "{\"prices\": [{\"percent\": \"x\"}]}");
        assertThat(code(answer)).isEqualTo("invalid-value 400");
        assertThat(json(answer).get("detail").asText()).startsWith("prices[0]");
    }
}
