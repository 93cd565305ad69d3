package dev.tournant.http.server;

import static dev.tournant.http.server.TestServer.code;
import static dev.tournant.http.server.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConsentRoutesTest {
    private static final String CODE = "/v1/credentials/main/code";
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<String> bring(String path, String body) {
        return server.send("POST", path, body.replace('\'', '"'), "Content-Type", "application/json");
    }

    private static String body(String partner, String code) {
        return "{'partner': '" + partner + "', 'code': '" + code + "', 'redirect-uri': 'https://us.example/back'}";
    }

    @Test
    void tellsWhereTheMerchantConsents() {
        HttpResponse<String> answer = server.get(
                "/v1/credentials/main/consent?partner=square&redirect-uri=https%3A%2F%2Fus.example%2Fback&state=s1");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).path("url").asText()).isEqualTo("https://square.example/authorize?state=s1");
    }

    @Test
    void asksForEveryParameterOfTheConsentPage() {
        String path = "/v1/credentials/main/consent?partner=square&redirect-uri=x";
        assertThat(code(server.get(path))).isEqualTo("bad-request 400");
        assertThat(code(server.get(path + "&state="))).isEqualTo("bad-request 400");
        assertThat(code(server.get(path + "&state=s&scope=all"))).isEqualTo("bad-request 400");
        assertThat(code(server.get(path.replace("square", "toast") + "&state=s")))
                .isEqualTo("no-consent 422");
        assertThat(code(server.get(path.replace("main", "lost") + "&state=s"))).isEqualTo("unknown-credentials 404");
    }

    @Test
    void takesACode() {
        HttpResponse<String> answer = bring(CODE, body("square", "good"));

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(server.consents.taken).containsExactly("square main https://us.example/back");
    }

    @Test
    void saysWhyACodeIsRefusedAndNeverRepeatsIt() {
        HttpResponse<String> refused = bring(CODE, body("square", "canary"));
        assertThat(code(refused)).isEqualTo("code-refused 422");
        assertThat(refused.body()).doesNotContain("canary");

        for (String bad : new String[] {
            "{'partner': 'square', 'code': 'canary'}",
            "{'partner': 'square', 'code': ['canary'], 'redirect-uri': 'x'}",
            "{'partner': 'square', 'code': 'canary', 'redirect-uri': 'x', 'more': 1}",
            body("square", ""),
            body("square", "canary".repeat(1_000))
        }) {
            HttpResponse<String> answer = bring(CODE, bad);
            assertThat(code(answer)).as(bad).isEqualTo("invalid-value 400");
            assertThat(answer.body()).doesNotContain("canary");
        }
        for (String malformed : new String[] {"{'code': 'canary'", "{'code': canary}", "canary"}) {
            assertThat(bring(CODE, malformed).body()).contains("invalid-json").doesNotContain("canary");
        }
    }

    @Test
    void takesCodesFromWritersOnly() {
        String sent = body("square", "good").replace('\'', '"');
        assertThat(code(server.sendAs(TestServer.READER, "POST", CODE, sent, "Content-Type", "application/json")))
                .isEqualTo("forbidden 403");
    }
}
