package dev.tournant.http.server;

import static dev.tournant.http.server.TestServer.code;
import static dev.tournant.http.server.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Problem;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DoorTest {
    private TestServer server;

    @BeforeEach
    void start() {
        server = new TestServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void restart(String... overrides) {
        server.close();
        server = new TestServer(overrides);
    }

    @Test
    void saysNothingAboutWhatExistsToWhoIsUnknown() {
        server.createGrill();

        for (String path : new String[] {"/v1/merchants/grill", "/v1/merchants/none", "/v1/merchants/not%20valid"}) {
            HttpResponse<String> none = server.sendAs("", "GET", path, "");
            HttpResponse<String> wrong = server.sendAs("wrong", "GET", path, "");

            assertThat(code(none)).isEqualTo("unauthenticated 401");
            assertThat(none.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
            assertThat(code(wrong)).isEqualTo("unauthenticated 401");
        }
        HttpResponse<String> twice =
                server.send("GET", "/v1/merchants", "", "Authorization", "Bearer " + TestServer.READER);
        assertThat(code(twice)).isEqualTo("unauthenticated 401");
    }

    @Test
    void letsEachKeyDoOnlyWhatItsScopeAllows() {
        assertThat(code(server.sendAs(TestServer.READER, "PUT", "/v1/merchants/x", "{}")))
                .isEqualTo("forbidden 403");
        assertThat(code(server.sendAs(TestServer.WRITER, "GET", "/v1/merchants/x", "")))
                .isEqualTo("forbidden 403");
        assertThat(server.sendAs(TestServer.READER, "GET", "/v1/merchants", "").statusCode())
                .isEqualTo(200);
    }

    @Test
    void answersProblemsInTheFormOfRfc9457WithAdvice() {
        HttpResponse<String> problem = server.get("/v1/merchants/none");

        assertThat(problem.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode json = json(problem);
        assertThat(json.get("type").asText()).isEqualTo("https://tournant.dev/problems/unknown-merchant");
        assertThat(json.get("title").asText()).isEqualTo("Unknown merchant");
        assertThat(json.get("status").asInt()).isEqualTo(404);
        assertThat(json.get("detail").asText()).isNotEmpty();
        assertThat(json.get("advice").asText()).isEqualTo(Problem.UNKNOWN_MERCHANT.advice());
    }

    @Test
    void putsTheSameHeadersOnEveryAnswer() {
        for (String path : new String[] {"/v1/merchants", "/v1/merchants/none", "/nowhere", "/v1/openapi.json"}) {
            HttpResponse<String> answer = server.get(path);

            assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
            assertThat(answer.headers().firstValue("X-Request-Id").orElse("")).matches("[0-9a-f]{32}");
            assertThat(answer.headers().firstValue("Server")).isEmpty();
        }
    }

    @Test
    void takesTheRequestIdFromTheCallersTrace() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";

        HttpResponse<String> traced =
                server.send("GET", "/v1/merchants", "", "traceparent", "00-" + trace + "-00f067aa0ba902b7-01");
        HttpResponse<String> odd = server.send("GET", "/v1/merchants", "", "traceparent", "nonsense");

        assertThat(traced.headers().firstValue("X-Request-Id")).hasValue(trace);
        assertThat(odd.headers().firstValue("X-Request-Id").orElse("")).matches("[0-9a-f]{32}");
    }

    @Test
    void knowsItsRoutesAndMethods() {
        HttpResponse<String> method = server.send("DELETE", "/v1/merchants/x", "");

        assertThat(code(server.get("/nowhere"))).isEqualTo("unknown-route 404");
        assertThat(code(server.get("/v1/merchants/"))).isNotEqualTo(" 200");
        assertThat(code(server.get("/v1//merchants"))).isEqualTo("unknown-route 404");
        assertThat(code(method)).isEqualTo("method-not-allowed 405");
        assertThat(method.headers().firstValue("Allow")).hasValue("GET, PUT");
        assertThat(server.send("HEAD", "/v1/merchants", "").statusCode()).isEqualTo(200);
    }

    @Test
    void saysWhatIsWrongWithABody() {
        server.createGrill();
        byte[] latin = "{\"name\": \"Caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(problem("{\"name\": \"x")).isEqualTo("invalid-json 400");
        assertThat(problem("")).isEqualTo("invalid-json 400");
        assertThat(problem("{} {}")).isEqualTo("invalid-json 400");
        assertThat(problem("{\"name\": 1, \"name\": 2}")).isEqualTo("invalid-json 400");
        assertThat(problem("[1]")).isEqualTo("invalid-value 400");
        assertThat(problem("[".repeat(100_000))).isEqualTo("too-deep 400");
        assertThat(problem("{\"name\":" + "9".repeat(5000) + "}")).isEqualTo("invalid-json 400");
        assertThat(code(server.sendBytes(
                        TestServer.BOTH, "PUT", "/v1/merchants/m", latin, "Content-Type", "application/json")))
                .isEqualTo("invalid-json 400");
        assertThat(code(server.send("PUT", "/v1/merchants/m", "{}", "Content-Type", "text/plain")))
                .isEqualTo("wrong-content-type 415");
        assertThat(code(server.send("PUT", "/v1/merchants/m", "{}"))).isEqualTo("wrong-content-type 415");
        assertThat(code(server.send(
                        "PUT",
                        "/v1/merchants/m",
                        "{}",
                        "Content-Type",
                        "application/json",
                        "Content-Encoding",
                        "gzip")))
                .isEqualTo("wrong-content-type 415");
    }

    @Test
    void saysInOurWordsWhereABodyIsBroken() {
        server.createGrill();
        for (String broken : new String[] {"{\"prices\": [", "{\"name\": \"x", "{\"name\" 1}", "{} {}"}) {
            assertThat(server.put("m", broken).body())
                    .as(broken)
                    .contains("line 1, column ")
                    .doesNotContain("Source", "REDACTED", "StreamReadFeature");
        }
    }

    private String problem(String body) {
        return code(server.put("m", body));
    }

    @Test
    void refusesABodyThatIsTooLargeWhateverItSaysOfItsLength() {
        restart("json-bytes-max = 1000");

        assertThat(code(server.put("m", " ".repeat(1001)))).isEqualTo("too-large 413");
        assertThat(code(server.put("m", " ".repeat(1000)))).isEqualTo("invalid-json 400");
    }

    @Test
    void slowsDownAKeyThatIsUsedTooOftenAndNoOther() {
        restart("key-rate { per-second = 0.01, burst = 2 }");

        server.sendAs(TestServer.READER, "GET", "/v1/merchants", "");
        server.sendAs(TestServer.READER, "GET", "/v1/merchants", "");
        HttpResponse<String> third = server.sendAs(TestServer.READER, "GET", "/v1/merchants", "");

        assertThat(code(third)).isEqualTo("slow-down 429");
        assertThat(Long.parseLong(third.headers().firstValue("Retry-After").orElse("0")))
                .isBetween(90L, 100L);
        assertThat(server.get("/v1/merchants").statusCode()).isEqualTo(200);
    }

    @Test
    void chargesAKeyWhateverItAsksFor() {
        restart("key-rate { per-second = 0.01, burst = 3 }");

        assertThat(server.sendAs(TestServer.READER, "GET", "/v1/openapi.json", "")
                        .statusCode())
                .isEqualTo(200);
        assertThat(code(server.sendAs(TestServer.READER, "GET", "/nowhere", "")))
                .isEqualTo("unknown-route 404");
        assertThat(code(server.sendAs(TestServer.READER, "PUT", "/v1/merchants/x", "{}")))
                .isEqualTo("forbidden 403");

        assertThat(code(server.sendAs(TestServer.READER, "GET", "/v1/openapi.json", "")))
                .isEqualTo("slow-down 429");
    }

    @Test
    void slowsDownAnAddressWithoutValidCredentialsAndNoCallerWhoHasThem() {
        restart("address-rate { per-second = 0.01, burst = 4 }");

        assertThat(code(server.sendAs("wrong", "GET", "/v1/merchants", ""))).isEqualTo("unauthenticated 401");
        assertThat(code(server.sendAs("", "GET", "/v1/merchants", ""))).isEqualTo("unauthenticated 401");
        assertThat(code(server.sendAs("", "GET", "/nowhere", ""))).isEqualTo("unknown-route 404");
        assertThat(server.sendAs("", "GET", "/v1/openapi.json", "").statusCode())
                .isEqualTo(200);

        for (String path : new String[] {"/v1/merchants", "/nowhere", "/v1/openapi.json"}) {
            HttpResponse<String> refused = server.sendAs("wrong", "GET", path, "");

            assertThat(code(refused)).isEqualTo("slow-down 429");
            assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(Long.parseLong(
                            refused.headers().firstValue("Retry-After").orElse("0")))
                    .isBetween(90L, 100L);
            assertThat(json(refused).get("detail").asText()).contains("API key", "this address");
        }
        for (int i = 0; i < 20; i++) {
            assertThat(server.get("/v1/merchants").statusCode()).isEqualTo(200);
            assertThat(server.get("/v1/openapi.json").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void tellsAddressesApartBehindAProxyThatItTrusts() {
        restart("address-rate { per-second = 0.01, burst = 1 }", "trusted-proxies = 1");

        assertThat(code(from("198.51.100.7"))).isEqualTo("unauthenticated 401");
        assertThat(code(from("203.0.113.1, 198.51.100.7"))).isEqualTo("slow-down 429");
        assertThat(code(from("198.51.100.8"))).isEqualTo("unauthenticated 401");
        // A proxy may append a line of its own: the last one counts, whatever the client wrote before.
        assertThat(code(server.sendAs(
                        "",
                        "GET",
                        "/v1/merchants",
                        "",
                        "X-Forwarded-For",
                        "203.0.113.2",
                        "X-Forwarded-For",
                        "198.51.100.8")))
                .isEqualTo("slow-down 429");
    }

    @Test
    void believesNoHeaderAboutAddressesWithoutAProxy() {
        restart("address-rate { per-second = 0.01, burst = 1 }");

        assertThat(code(from("198.51.100.7"))).isEqualTo("unauthenticated 401");
        assertThat(code(from("198.51.100.8"))).isEqualTo("slow-down 429");
    }

    private HttpResponse<String> from(String address) {
        return server.sendAs("", "GET", "/v1/merchants", "", "X-Forwarded-For", address);
    }

    @Test
    void boundsTheRequestsUnderWay() {
        restart("in-flight-max = 1");
        CompletableFuture<MerchantReply> held = new CompletableFuture<>();
        server.merchants.instead.add(held);
        CompletableFuture<HttpResponse<String>> first =
                CompletableFuture.supplyAsync(() -> server.get("/v1/merchants/a"));
        Eventually.holds(() -> server.merchants.instead.isEmpty());

        HttpResponse<String> second = server.get("/v1/merchants/a");
        held.complete(new MerchantReply.Rejected(Problem.UNKNOWN_MERCHANT, "there is no merchant a"));

        assertThat(code(second)).isEqualTo("slow-down 429");
        assertThat(second.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(code(first.join())).isEqualTo("unknown-merchant 404");
        assertThat(code(server.get("/v1/merchants/a"))).isEqualTo("unknown-merchant 404");
    }

    @Test
    void passesOnThatAMerchantIsFullOrAway() {
        server.merchants.instead.add(CompletableFuture.completedFuture(new MerchantReply.SlowDown(2500)));
        server.merchants.instead.add(CompletableFuture.completedFuture(
                new MerchantReply.Rejected(Problem.UNAVAILABLE, "no answer in time")));

        HttpResponse<String> full = server.get("/v1/merchants/a");
        HttpResponse<String> away = server.get("/v1/merchants/a");

        assertThat(code(full)).isEqualTo("slow-down 429");
        assertThat(full.headers().firstValue("Retry-After")).hasValue("3");
        assertThat(code(away)).isEqualTo("unavailable 503");
        assertThat(away.headers().firstValue("Retry-After")).hasValue("1");
    }

    @Test
    void endsARequestThatNobodyAnswers() {
        restart("answer-within = 200 ms", "in-flight-max = 1");
        server.merchants.instead.add(new CompletableFuture<>());

        HttpResponse<String> late = server.get("/v1/merchants/a");

        assertThat(code(late)).isEqualTo("unavailable 503");
        assertThat(code(server.get("/v1/merchants/a"))).isEqualTo("unknown-merchant 404");
    }

    @Test
    void tellsOfADefectOnlyTheRequestId() {
        server.merchants.instead.add(CompletableFuture.failedFuture(new IllegalStateException("canary")));

        HttpResponse<String> defect = server.get("/v1/merchants/a");

        assertThat(code(defect)).isEqualTo("defect 500");
        assertThat(defect.body()).doesNotContain("canary").doesNotContain("Exception");
        assertThat(json(defect).get("detail").asText())
                .contains(defect.headers().firstValue("X-Request-Id").orElse("?"));
    }

    @Test
    void countsRequestsByRouteAndRefusalsByCode() {
        server.get("/v1/merchants/none");
        server.get("/nowhere");

        Eventually.holds(
                () -> server.registry.find(HttpMetrics.REQUESTS).timers().size() == 2);
        assertThat(server.registry
                        .get(HttpMetrics.REQUESTS)
                        .tags("route", "/v1/merchants/{id}", "method", "GET", "status", "4xx")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(server.registry
                        .get(HttpMetrics.REFUSED)
                        .tag("code", "unknown-route")
                        .counter()
                        .count())
                .isEqualTo(1);
    }
}
