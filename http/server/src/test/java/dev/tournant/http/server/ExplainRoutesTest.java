package dev.tournant.http.server;

import static dev.tournant.http.server.TestServer.code;
import static dev.tournant.http.server.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.MerchantReply.FieldStory;
import dev.tournant.messages.MerchantReply.NotKept;
import dev.tournant.messages.MerchantReply.Said;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Kind;
import dev.tournant.model.LinkId;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordKey;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExplainRoutesTest {
    private static final String EXPLAIN = "/v1/merchants/grill/explain";
    private static final RecordKey TEA = RecordKey.of(Kind.ITEM, "tea");
    private static final LinkId DOORDASH = new LinkId("dd-1");
    private static final Said PAUSED = new Said("paused", new LinkId("sq-1"), "e7", TestServer.NOW, 12, false);
    private static final Said FOR_SALE = new Said("for-sale", Provenance.API, "r1", TestServer.NOW, 0, false);
    private static final MerchantReply.Explanation EXPLANATION = new MerchantReply.Explanation(
            TEA,
            DOORDASH,
            "item/tea (Tea) cannot be ordered on dd-1: it is paused",
            List.of(
                    new FieldStory(
                            "status",
                            PAUSED,
                            "strictest",
                            "paused",
                            "",
                            new Said("for-sale", DOORDASH, "", TestServer.NOW, 0, true),
                            List.of(FOR_SALE),
                            null),
                    new FieldStory(
                            "price",
                            null,
                            "latest",
                            Map.of("amount", "2.00", "currency", "USD"),
                            "prices[0] of the link's projection changes it",
                            null,
                            List.of(),
                            new NotKept(Map.of("amount", "2.00", "currency", "USD"), null, 3, true, TestServer.NOW))),
            "dd-1 is behind: 1 record still to be told");

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
    void explainsInJson() {
        next(EXPLANATION);
        HttpResponse<String> answer = server.get(EXPLAIN + "?kind=item&id=tea&link=dd-1");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(answer.body())
                .startsWith("{\"record\":\"item/tea\",\"link\":\"dd-1\",\"answer\":\"item/tea (Tea) cannot be ordered")
                .contains("{\"field\":\"status\",\"current\":{\"value\":\"paused\",\"link\":\"sq-1\",\"event\":\"e7\","
                        + "\"at\":\"2026-11-22T10:00:00Z\",\"version\":12},\"rule\":\"strictest\","
                        + "\"desired\":\"paused\",\"because\":\"\",\"reported\":{\"value\":\"for-sale\"")
                .contains("\"told\":true")
                .contains("\"shown\":null,\"times\":3,\"held\":true")
                .endsWith("\"next\":\"dd-1 is behind: 1 record still to be told\"}");
        assertThat(TestServer.json(answer).at("/fields/1/not-kept/told/amount").asText())
                .isEqualTo("2.00");
        assertThat(server.merchants.asked).contains(new MerchantQuery.Explain(TEA, null, DOORDASH, TestServer.NOW));
    }

    @Test
    void explainsInLinesForPeople() {
        next(EXPLANATION);
        HttpResponse<String> answer =
                server.send("GET", EXPLAIN + "?id=tea&link=dd-1", "", "Accept", "text/plain, application/json;q=0.5");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; charset=UTF-8");
        assertThat(answer.body()).isEqualTo("""
                item/tea (Tea) cannot be ordered on dd-1: it is paused.

                status
                  merchant:    "paused", said by sq-1 at 2026-11-22T10:00:00Z in event e7
                  rule:        strictest
                  should show: "paused"
                  shows:       "for-sale", as it was told, from dd-1 at 2026-11-22T10:00:00Z  <- differs
                  overruled:   "for-sale", said by an operator at 2026-11-22T10:00:00Z in request r1

                price
                  merchant:    nobody said anything
                  rule:        latest
                  should show: 2.00 USD, because prices[0] of the link's projection changes it
                  shows:       not known
                  not kept:    told 2.00 USD 3 times since 2026-11-22T10:00:00Z, and showed nothing afterwards; it is not told so any more

                Next: dd-1 is behind: 1 record still to be told.
                """);
    }

    @Test
    void explainsTheMerchantItselfWithoutAChannel() {
        MerchantReply.Explanation merchants = new MerchantReply.Explanation(
                TEA,
                null,
                "item/tea is for sale",
                List.of(new FieldStory("status", FOR_SALE, "strictest", null, "", null, List.of(), null)),
                "nothing");
        next(merchants);
        assertThat(server.get(EXPLAIN + "?id=tea").body())
                .doesNotContain("desired")
                .doesNotContain("reported");
        next(merchants);
        assertThat(server.send("GET", EXPLAIN + "?id=tea", "", "Accept", "text/plain")
                        .body())
                .doesNotContain("should show");
    }

    @Test
    void saysWhatToAskFor() {
        assertThat(code(server.get(EXPLAIN))).isEqualTo("bad-request 400");
        assertThat(code(server.get(EXPLAIN + "?id=tea&colour=red"))).isEqualTo("bad-request 400");
        assertThat(code(server.get(EXPLAIN + "?id=tea&kind=dish"))).isEqualTo("invalid-value 400");
        assertThat(code(server.get(EXPLAIN + "?id=tea"))).isEqualTo("unknown-record 404");
    }

    @Test
    void listsConflicts() {
        assertThat(server.get("/v1/merchants/grill/conflicts").body()).isEqualTo("{\"conflicts\":[]}");
        next(new MerchantReply.Conflicts(
                List.of(new MerchantReply.Crossed(3, TestServer.NOW, TEA, "status", PAUSED, FOR_SALE, "latest"))));
        assertThat(json(server.get("/v1/merchants/grill/conflicts"))
                        .at("/conflicts/0")
                        .toString())
                .startsWith("{\"number\":3,\"at\":\"2026-11-22T10:00:00Z\",\"record\":\"item/tea\","
                        + "\"field\":\"status\",\"won\":{\"value\":\"paused\"")
                .endsWith("\"rule\":\"latest\"}");
    }

    @Test
    void reversesAConflict() {
        next(new MerchantReply.Edited(FlatRecord.unknown(TEA).atRevision(9), false));
        HttpResponse<String> answer = server.send("POST", "/v1/merchants/grill/conflicts/3/reverse", "");
        assertThat(answer.headers().firstValue("ETag")).hasValue("\"r9\"");
        assertThat(json(answer).get("id").asText()).isEqualTo("tea");
        assertThat(server.merchants.asked)
                .anySatisfy(each -> assertThat(each)
                        .isInstanceOfSatisfying(
                                MerchantCommand.ReverseConflict.class,
                                reverse -> assertThat(reverse.number()).isEqualTo(3)));
        assertThat(code(server.send("POST", "/v1/merchants/grill/conflicts/9/reverse", "")))
                .isEqualTo("unknown-conflict 404");
        assertThat(code(server.send("POST", "/v1/merchants/grill/conflicts/x/reverse", "")))
                .isEqualTo("unknown-conflict 404");
    }
}
