package dev.tournant.http.server;

import static dev.tournant.http.server.TestServer.code;
import static dev.tournant.http.server.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Problem;
import dev.tournant.model.Kind;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.Presence;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordRoutesTest {
    private static final String TEA = "/v1/merchants/grill/records/item/tea";
    private static final String TEA_FIELDS =
            "{\"name\": \"Tea\", \"sku\": \"T1\", \"price\": {\"amount\": \"1.50\", \"currency\": \"USD\"}}";

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

    private HttpResponse<String> createTea() {
        return server.patch(TEA, TEA_FIELDS, "If-None-Match", "*");
    }

    @Test
    void createsARecordAndShowsIt() {
        HttpResponse<String> created = createTea();
        HttpResponse<String> shown = server.get(TEA);

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.headers().firstValue("ETag")).hasValue("\"r2\"");
        assertThat(created.headers().firstValue("Location")).hasValue(TEA);
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.headers().firstValue("ETag")).hasValue("\"r2\"");
        assertThat(json(shown)).isEqualTo(json(created));
        assertThat(json(shown).at("/fields/price/amount").asText()).isEqualTo("1.50");
        assertThat(json(shown).at("/provenance/0/link").asText()).isEqualTo("api");
    }

    @Test
    void mergesAPatchIntoTheFieldsAndTheirMembers() {
        createTea();

        HttpResponse<String> edited = server.patch(
                TEA, "{\"name\": \"Green tea\", \"sku\": null, \"price\": {\"amount\": \"2\"}}", "If-Match", "\"r2\"");

        assertThat(edited.statusCode()).isEqualTo(200);
        assertThat(edited.headers().firstValue("ETag")).hasValue("\"r3\"");
        JsonNode fields = json(edited).get("fields");
        assertThat(fields.get("name").asText()).isEqualTo("Green tea");
        assertThat(fields.has("sku")).isTrue();
        assertThat(fields.get("sku").isNull()).isTrue();
        assertThat(fields.at("/price/amount").asText()).isEqualTo("2.00");
        assertThat(fields.at("/price/currency").asText()).isEqualTo("USD");
    }

    @Test
    void editsOnlyTheRevisionThatWasRead() {
        createTea();

        assertThat(code(server.patch(TEA, "{\"name\": \"x\"}"))).isEqualTo("missing-precondition 428");
        assertThat(code(server.patch(TEA, "{\"name\": \"x\"}", "If-Match", "\"r1\"")))
                .isEqualTo("stale-revision 412");
        assertThat(code(createTea())).isEqualTo("stale-revision 412");
        assertThat(code(server.patch(TEA, "{\"name\": \"x\"}", "If-Match", "W/\"r2\"")))
                .isEqualTo("bad-request 400");
        assertThat(json(server.get(TEA)).at("/fields/name").asText()).isEqualTo("Tea");
    }

    @Test
    void letsTheMerchantRefuseAnEditThatSlippedInAfterTheRead() {
        createTea();
        server.merchants.instead.add(server.merchants.ask(
                new MerchantId("grill"),
                new dev.tournant.messages.MerchantQuery.OneRecord(RecordKey.of(Kind.ITEM, "tea")),
                java.time.Duration.ofSeconds(1)));
        server.merchants.instead.add(CompletableFuture.completedFuture(
                new MerchantReply.Rejected(Problem.STALE_REVISION, "item/tea is at revision 3")));

        HttpResponse<String> edited = server.patch(TEA, "{\"name\": \"x\"}", "If-Match", "\"r2\"");

        assertThat(code(edited)).isEqualTo("stale-revision 412");
    }

    @Test
    void editsAnyExistingRecordOnStarAndBeginsAgainWhenOvertaken() {
        createTea();
        server.merchants.instead.add(server.merchants.ask(
                new MerchantId("grill"),
                new dev.tournant.messages.MerchantQuery.OneRecord(RecordKey.of(Kind.ITEM, "tea")),
                java.time.Duration.ofSeconds(1)));
        server.merchants.instead.add(CompletableFuture.completedFuture(
                new MerchantReply.Rejected(Problem.STALE_REVISION, "item/tea is at revision 3")));

        HttpResponse<String> edited = server.patch(TEA, "{\"name\": \"x\"}", "If-Match", "*");
        HttpResponse<String> absent = server.patch(TEA.replace("tea", "none"), "{\"name\": \"x\"}", "If-Match", "*");

        assertThat(edited.statusCode()).isEqualTo(200);
        assertThat(code(absent)).isEqualTo("unknown-record 404");
    }

    @Test
    void pagesThroughAllRecordsInOrderOfKindAndId() {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            server.patch(TEA.replace("tea", "i" + i + "%23a"), "{\"name\": \"x\"}", "If-None-Match", "*");
            server.patch(TEA.replace("item/tea", "category/c" + i), "{\"name\": \"x\"}", "If-None-Match", "*");
        }
        String next = "/v1/merchants/grill/records?limit=3";
        while (next != null) {
            JsonNode page = json(server.get(next));
            page.get("records").forEach(each -> keys.add(each.get("id").asText()));
            next = page.has("next") ? page.get("next").asText() : null;
        }
        JsonNode items = json(server.get("/v1/merchants/grill/records/item?limit=1000"));

        assertThat(keys).containsExactly("c0", "c1", "c2", "c3", "c4", "i0#a", "i1#a", "i2#a", "i3#a", "i4#a");
        assertThat(items.get("records")).hasSize(5);
        assertThat(items.has("next")).isFalse();
    }

    @Test
    void saysOfADeletedRecordWhenItWent() {
        createTea();
        Stamp at = Stamp.at(TestServer.NOW.plusSeconds(60));
        RecordDelta grave = RecordDelta.deleted(RecordKey.of(Kind.ITEM, "tea"), at, 0, Presence.TOMBSTONE);
        server.merchants.delete(new MerchantId("grill"), grave, new LinkId("sq-1"));

        HttpResponse<String> gone = server.get(TEA);

        assertThat(code(gone)).isEqualTo("unknown-record 404");
        assertThat(json(gone).get("detail").asText()).contains("deleted by sq-1 at 2026-11-22T10:01:00Z");
    }

    @Test
    void answersNotModifiedToWhoHasTheRecord() {
        createTea();

        assertThat(server.send("GET", TEA, "", "If-None-Match", "\"r2\"").statusCode())
                .isEqualTo(304);
        assertThat(server.send("GET", TEA, "", "If-None-Match", "\"r1\"").statusCode())
                .isEqualTo(200);
    }

    @Test
    void namesWhatIsWrongInAPatch() {
        createTea();

        HttpResponse<String> unknown = server.patch(TEA, "{\"colour\": 1}", "If-Match", "*");
        HttpResponse<String> currency =
                server.patch(TEA, "{\"price\": {\"amount\": \"1\", \"currency\": \"EUR\"}}", "If-Match", "*");
        HttpResponse<String> member = server.patch(TEA, "{\"price\": {\"colour\": 1}}", "If-Match", "*");

        assertThat(code(unknown)).isEqualTo("invalid-value 400");
        assertThat(json(unknown).get("detail").asText()).startsWith("colour: is no field of item; use one of name");
        assertThat(code(currency)).isEqualTo("wrong-currency 422");
        assertThat(code(member)).isEqualTo("invalid-value 400");
        assertThat(json(member).get("detail").asText()).startsWith("price.colour: ");
    }

    @Test
    void listsTheKindsWhenOneIsUnknown() {
        HttpResponse<String> unknown = server.get("/v1/merchants/grill/records/drink");

        assertThat(code(unknown)).isEqualTo("invalid-value 400");
        assertThat(json(unknown).get("detail").asText()).contains("modifier-group");
    }
}
