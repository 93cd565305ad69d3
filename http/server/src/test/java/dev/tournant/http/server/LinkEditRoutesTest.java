package dev.tournant.http.server;

import static dev.tournant.http.server.TestServer.code;
import static dev.tournant.http.server.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Problem;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinkEditRoutesTest {
    private static final String PATH = "/v1/merchants/grill/links/";
    private static final String DOORDASH =
            "{\"partner\": \"doordash\", \"account\": \"A\", \"location\": \"S1\", \"credentials\": \"main\","
                    + " \"direction\": \"both\"}";

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

    private HttpResponse<String> put(String link, String body, String... condition) {
        String[] headers = new String[condition.length + 2];
        System.arraycopy(condition, 0, headers, 2, condition.length);
        headers[0] = "Content-Type";
        headers[1] = "application/json";
        return server.send("PUT", PATH + link, body, headers);
    }

    private JsonNode links() {
        return json(server.get("/v1/merchants/grill")).at("/profile/links");
    }

    @Test
    void addsALinkAndReplacesIt() {
        HttpResponse<String> added = put("dd-1", DOORDASH);
        assertThat(added.statusCode()).isEqualTo(201);
        assertThat(added.headers().firstValue("Location")).hasValue(PATH + "dd-1");
        assertThat(added.headers().firstValue("ETag")).hasValue("\"r2\"");
        assertThat(json(added).at("/link/id").asText()).isEqualTo("dd-1");
        assertThat(links()).hasSize(3);

        HttpResponse<String> replaced = put("dd-1", DOORDASH.replace("both", "write"), "If-Match", "\"r2\"");
        assertThat(replaced.statusCode()).isEqualTo(200);
        assertThat(links()).hasSize(3);
        assertThat(links().get(2).get("direction").asText()).isEqualTo("write");
    }

    @Test
    void keepsToTheConditions() {
        assertThat(code(put("dd-1", DOORDASH, "If-Match", "*"))).isEqualTo("unknown-link 404");
        assertThat(code(put("sq-1", DOORDASH, "If-None-Match", "*"))).isEqualTo("stale-revision 412");
        assertThat(code(put("dd-1", DOORDASH, "If-Match", "\"r7\""))).isEqualTo("stale-revision 412");
        assertThat(links()).hasSize(2);
        assertThat(put("dd-1", DOORDASH, "If-None-Match", "*").statusCode()).isEqualTo(201);
    }

    @Test
    void refusesALinkThatAnotherMerchantHas() {
        server.put("bar", TestServer.PROFILE.replace("sq-", "bar-"));

        assertThat(code(put("bar-1", DOORDASH))).isEqualTo("link-taken 409");
        assertThat(links()).hasSize(2);
        assertThat(put("bar-3", DOORDASH).statusCode()).isEqualTo(201);
    }

    @Test
    void keepsMoreCredentialsOfALink() {
        String two = DOORDASH.replace("\"main\"", "\"main\", \"more-credentials\": [\"second\"]");
        assertThat(put("dd-1", two).statusCode()).isEqualTo(201);
        assertThat(links().get(2).at("/more-credentials/0").asText()).isEqualTo("second");
        HttpResponse<String> same = put("dd-1", two.replace("second", "main"));
        assertThat(code(same)).isEqualTo("invalid-value 400");
        assertThat(json(same).get("detail").asText()).startsWith("more-credentials: ");
    }

    @Test
    void takesALinkAway() {
        assertThat(code(server.send("DELETE", PATH + "dd-1", ""))).isEqualTo("unknown-link 404");
        assertThat(code(server.send("DELETE", PATH + "sq-2", "", "If-Match", "\"r9\"")))
                .isEqualTo("stale-revision 412");
        HttpResponse<String> gone = server.send("DELETE", PATH + "sq-2", "", "If-Match", "\"r1\"");
        assertThat(gone.statusCode()).isEqualTo(204);
        assertThat(gone.headers().firstValue("ETag")).hasValue("\"r2\"");
        assertThat(links()).hasSize(1);
    }

    @Test
    void keepsALinkThatARuleNames() {
        server.put("grill", TestServer.PROFILE.replace("}]}", "}], \"rules\": {\"prices\": {\"owner\": \"sq-1\"}}}"));
        HttpResponse<String> answer = server.send("DELETE", PATH + "sq-1", "");
        assertThat(code(answer)).isEqualTo("invalid-value 400");
        assertThat(json(answer).get("detail").asText()).contains("rules.prices").contains("sq-1");
    }

    @Test
    void refusesALinkOfAnotherName() {
        HttpResponse<String> answer = put("dd-1", DOORDASH.replace("{\"partner\"", "{\"id\": \"dd-2\", \"partner\""));
        assertThat(code(answer)).isEqualTo("invalid-value 400");
        assertThat(json(answer).get("detail").asText()).startsWith("id: must be \"dd-1\"");
        assertThat(code(put("dd-1", "{\"partner\": \"doordash\"}"))).isEqualTo("invalid-value 400");
    }

    @Test
    void beginsAgainWhenItIsOvertakenUnlessItIsTiedToARevision() {
        MerchantReply summary = server.merchants
                .ask(
                        new dev.tournant.model.MerchantId("grill"),
                        new dev.tournant.messages.MerchantQuery.Summary(),
                        java.time.Duration.ZERO)
                .toCompletableFuture()
                .join();
        overtaken(summary);
        assertThat(put("dd-1", DOORDASH).statusCode()).isEqualTo(201);
        overtaken(summary);
        overtaken(summary);
        overtaken(summary);
        assertThat(code(put("dd-2", DOORDASH))).isEqualTo("stale-revision 412");
        assertThat(server.merchants.instead).isEmpty();
        overtaken(summary);
        assertThat(code(put("dd-2", DOORDASH, "If-Match", "\"r1\""))).isEqualTo("stale-revision 412");
    }

    private void overtaken(MerchantReply summary) {
        server.merchants.instead.add(CompletableFuture.completedFuture(summary));
        server.merchants.instead.add(CompletableFuture.completedFuture(
                new MerchantReply.Rejected(Problem.STALE_REVISION, "somebody was faster")));
    }
}
