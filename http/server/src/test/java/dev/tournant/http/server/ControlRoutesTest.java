package dev.tournant.http.server;

import static dev.tournant.http.server.TestServer.code;
import static dev.tournant.http.server.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantReply;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ControlRoutesTest {
    private TestServer server;

    @BeforeEach
    void start() {
        server = new TestServer("bulk { links-max = 4, at-once = 2 }");
        server.createGrill();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> post(String path, String body) {
        return server.send("POST", path, body, "Content-Type", "application/json");
    }

    private String state(String link) {
        return json(server.get("/v1/merchants/grill/links/" + link))
                .get("state")
                .asText();
    }

    @Test
    void pausesAndResumesALink() {
        HttpResponse<String> paused = server.send("POST", "/v1/merchants/grill/links/sq-1/pause", "");
        assertThat(paused.body()).isEqualTo("{\"merchant\":\"grill\",\"link\":\"sq-1\",\"outcome\":\"done\"}");
        assertThat(state("sq-1")).isEqualTo("paused");
        assertThat(state("sq-2")).isEqualTo("in-step");
        server.send("POST", "/v1/merchants/grill/links/sq-1/resume", "");
        assertThat(state("sq-1")).isEqualTo("in-step");
        assertThat(code(server.send("POST", "/v1/merchants/grill/links/sq-9/pause", "")))
                .isEqualTo("unknown-link 404");
        assertThat(code(server.sendAs(TestServer.READER, "POST", "/v1/merchants/grill/links/sq-1/pause", "")))
                .isEqualTo("forbidden 403");
    }

    @Test
    void tellsAMerchantToReadAllItsLinksAnew() {
        HttpResponse<String> answer = server.send("POST", "/v1/merchants/grill/resync", "");
        assertThat(answer.body()).isEqualTo("{\"merchant\":\"grill\",\"outcome\":\"done\"}");
        assertThat(server.merchants.asked)
                .anySatisfy(each -> assertThat(each)
                        .isInstanceOfSatisfying(MerchantCommand.ControlLink.class, control -> {
                            assertThat(control.link()).isNull();
                            assertThat(control.action()).isEqualTo(MerchantCommand.ControlLink.Action.RESYNC);
                        }));
        assertThat(code(server.send("POST", "/v1/merchants/nobody/pause", ""))).isEqualTo("unknown-merchant 404");
    }

    @Test
    void tellsManyMerchantsAndSaysWhatBecameOfEach() {
        HttpResponse<String> answer = post("/v1/links/pause", "{\"merchants\": [\"grill\", \"nobody\", \"grill\"]}");
        JsonNode results = json(answer).get("results");
        assertThat(results).hasSize(2);
        assertThat(results.get(0).toString()).isEqualTo("{\"merchant\":\"grill\",\"outcome\":\"done\"}");
        assertThat(results.get(1).get("outcome").asText()).isEqualTo("unknown-merchant");
        assertThat(results.get(1).get("advice").asText()).startsWith("Create the merchant");
        assertThat(json(answer).get("complete").asBoolean()).isTrue();
        assertThat(state("sq-2")).isEqualTo("paused");
    }

    @Test
    void findsEveryLinkToAPartnerPageByPage() {
        for (String each : List.of("a", "b", "c")) {
            server.put(each, TestServer.PROFILE.replace("sq-", each + "-"));
        }
        List<String> done = new ArrayList<>();
        String after = "";
        int pages = 0;
        while (after != null) {
            JsonNode page = json(post("/v1/links/resume", "{\"partner\": \"square\"" + after + "}"));
            page.get("results").forEach(each -> done.add(each.get("link").asText()));
            after = page.has("next") ? ", \"after\": \"" + page.get("next").asText() + "\"" : null;
            pages++;
        }
        assertThat(done).containsExactly("a-1", "a-2", "b-1", "b-2", "c-1", "c-2", "sq-1", "sq-2");
        assertThat(pages).isEqualTo(2);
    }

    @Test
    void saysHowManyMayBeNamedAndWhatElseIsWrong() {
        for (String body : List.of(
                "{}",
                "{\"merchants\": [\"a\"], \"partner\": \"square\"}",
                "{\"merchants\": [\"a\"], \"after\": \"b\"}",
                "{\"merchants\": [\"a\", \"b\", \"c\", \"d\", \"e\"]}",
                "{\"merchants\": \"a\"}",
                "{\"partner\": 1}",
                "{\"links\": []}")) {
            assertThat(code(post("/v1/links/pause", body))).as(body).isEqualTo("invalid-value 400");
        }
        assertThat(code(post("/v1/links/pause", "{\"partner\": \"clover\"}"))).isEqualTo("unknown-partner 404");
    }

    @Test
    void saysSoIfThisNodeDoesNotKnowAllMerchantsYet() {
        server.merchants.complete = false;
        assertThat(json(post("/v1/links/pause", "{\"partner\": \"square\"}"))
                        .get("complete")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void beginsNoMoreWhenTheTimeIsOver() {
        AtomicLong nanos = new AtomicLong();
        Bodies bodies = new Bodies(server.api.system(), server.api.config().bodyWithin());
        Asking slow = new Asking(server.merchants, server.api.config().askWithin(), runnable -> {
            nanos.addAndGet(server.api.config().answerWithin().toNanos());
            runnable.run();
        });
        Operation pause = new ControlRoutes(server.api, slow, bodies, nanos::get)
                .operations().stream()
                        .filter(each -> each.template().equals("/v1/links/pause"))
                        .findFirst()
                        .orElseThrow();
        server.merchants.instead.add(CompletableFuture.completedFuture(new MerchantReply.Done(1, false)));
        String body = "{\"merchants\": [\"grill\", \"b\", \"c\", \"d\"]}";
        Call call = new Call(
                akka.http.javadsl.model.HttpRequest.POST("/v1/links/pause")
                        .withEntity(akka.http.javadsl.model.ContentTypes.APPLICATION_JSON, body),
                Map.of(),
                "t",
                "a");
        String answer =
                Json.of(pause.handler().handle(call).toCompletableFuture().join());
        assertThat(answer).contains("\"outcome\":\"slow-down\"").contains("send it again");
        assertThat(json(answer).at("/results/3/outcome").asText()).isEqualTo("slow-down");
    }

    /** The body of an answer that was never sent. */
    private static final class Json {
        static String of(akka.http.javadsl.model.HttpResponse response) {
            return ((akka.http.javadsl.model.HttpEntity.Strict) response.entity())
                    .getData()
                    .utf8String();
        }
    }
}
