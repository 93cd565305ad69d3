package dev.tournant.http.server;

import static dev.tournant.http.server.TestServer.code;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Problem;
import dev.tournant.messages.RemoteRecord;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.LinkId;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PullRoutesTest {
    private static final String PATH = "/v1/pull/square/L1";

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

    private HttpResponse<String> pull(String path) {
        return server.sendAs(TestServer.SIGNATURE_KEY, "GET", path, "");
    }

    private static FlatRecord item(String id) {
        RecordDelta delta =
                RecordDelta.set(RecordKey.of(Kind.ITEM, id), Stamp.at(TestServer.NOW), 0, FieldMap.of(Item.NAME, id));
        return FlatRecord.unknown(delta.key()).after(delta, delta.provenance(Provenance.API, "r"), 1);
    }

    /** What the merchant answers to the next question. */
    private void next(boolean more, long revision, String... items) {
        List<FlatRecord> records = new ArrayList<>();
        for (String each : items) {
            records.add(item(each));
        }
        server.merchants.instead.add(
                CompletableFuture.completedFuture(new MerchantReply.Records(records, more, revision)));
    }

    private static List<String> records(HttpResponse<String> answer) {
        List<String> records = new ArrayList<>();
        TestServer.json(answer).path("records").forEach(each -> records.add(each.asText()));
        return records;
    }

    @Test
    void answersWithTheDocumentThatTheAdapterMakes() {
        server.patch("/v1/merchants/grill/records/item/tea", "{\"name\": \"Tea\"}", "If-None-Match", "*");
        HttpResponse<String> answer = pull(PATH);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(answer.body())
                .isEqualTo(
                        "{\"location\":\"L1\",\"at\":\"2026-11-22T10:00:00Z\",\"records\":[\"item/tea\"],\"held\":[]}");
    }

    @Test
    void tellsTheAdapterWhatThePartnerHoldsSoThatNothingIsGivenTwice() {
        RecordKey menu = RecordKey.of(Kind.MENU, "dinner");
        RecordKey item = RecordKey.of(Kind.ITEM, "tea");
        server.merchants.instead.add(CompletableFuture.completedFuture(new MerchantReply.Records(List.of(), false, 7)));
        server.merchants.instead.add(CompletableFuture.completedFuture(new MerchantReply.Held(
                List.of(new RemoteRecord(menu, new RecordId("DD-1"), 3, "{\"id\":\"DD-1\"}")), true)));
        server.merchants.held = List.of(new RemoteRecord(item, new RecordId("DD-2"), 0, null));
        assertThat(pull(PATH).body()).endsWith("\"held\":[\"menu/dinner=DD-1\",\"item/tea=DD-2\"]}");
        assertThat(server.merchants.asked)
                .contains(new MerchantQuery.Shown(new LinkId("sq-1"), null))
                .contains(new MerchantQuery.Held(new LinkId("sq-1"), menu));
    }

    @Test
    void readsTheMerchantPageByPage() {
        next(true, 7, "a", "b");
        next(true, 7, "c");
        next(false, 7, "d");
        assertThat(records(pull(PATH))).containsExactly("item/a", "item/b", "item/c", "item/d");
    }

    @Test
    void readsAgainWhenTheMerchantChangesMeanwhile() {
        next(true, 7, "a");
        next(false, 8, "b");
        next(true, 8, "a", "c");
        next(false, 8, "d");
        assertThat(records(pull(PATH))).containsExactly("item/a", "item/c", "item/d");
    }

    @Test
    void readsAMerchantThatKeepsChangingSoOftenAndNoMore() {
        for (int i = 0; i < 3; i++) {
            next(true, 2 * i, "a");
            next(false, 2 * i + 1, "b" + i);
        }
        assertThat(records(pull(PATH))).containsExactly("item/a", "item/b2");
        assertThat(server.merchants.instead).isEmpty();
    }

    @Test
    void readsNoMoreThanItHasTo() {
        for (int i = 0; i < 201; i++) {
            next(true, 7, "a");
        }
        assertThat(code(pull(PATH))).isEqualTo("too-many-records 422");
        server.merchants.instead.clear();
    }

    @Test
    void refusesAPullWithoutTheTokenOfTheLink() {
        HttpResponse<String> none = server.sendAs("", "GET", PATH, "");
        assertThat(code(none)).isEqualTo("unauthenticated 401");
        assertThat(code(server.get(PATH))).as("an API key is no token").isEqualTo("unauthenticated 401");
        assertThat(code(server.sendAs(TestServer.SIGNATURE_KEY + "x", "GET", PATH, "")))
                .isEqualTo("unauthenticated 401");
        assertThat(none.body()).doesNotContain(TestServer.SIGNATURE_KEY);
    }

    @Test
    void knowsPartnersAndLocations() {
        assertThat(code(pull("/v1/pull/clover/L1"))).isEqualTo("unknown-partner 404");
        assertThat(code(pull("/v1/pull/no%20name/L1"))).isEqualTo("unknown-partner 404");
        assertThat(code(pull("/v1/pull/toast/L1"))).isEqualTo("unknown-link 404");
        assertThat(code(pull("/v1/pull/square/L9"))).isEqualTo("unknown-link 404");
        assertThat(code(pull("/v1/pull/square/%00"))).isEqualTo("unknown-link 404");
        server.square.pulls.set(false);
        assertThat(code(pull(PATH))).isEqualTo("unknown-partner 404");
    }

    @Test
    void doesNotDenyALocationThatItMayLearnOf() {
        server.merchants.complete = false;
        assertThat(code(pull("/v1/pull/square/L9"))).isEqualTo("unavailable 503");
    }

    @Test
    void saysThatItCannotVerifyWithoutCredentials() {
        assertThat(code(pull("/v1/pull/square/L2"))).isEqualTo("unavailable 503");
    }

    @Test
    void passesOnWhatTheMerchantRefuses() {
        server.merchants.instead.add(CompletableFuture.completedFuture(
                new MerchantReply.Rejected(Problem.UNAVAILABLE, "the merchant does not answer")));
        assertThat(code(pull(PATH))).isEqualTo("unavailable 503");
    }

    @Test
    void slowsDownALinkButLetsNoStrangerUseUpItsRate() {
        server.close();
        server = new TestServer("hook-rate { per-second = 0.01, burst = 2 }");
        server.createGrill();
        for (int i = 0; i < 5; i++) {
            server.sendAs("", "GET", PATH, "");
        }
        assertThat(pull(PATH).statusCode()).isEqualTo(200);
        assertThat(pull(PATH).statusCode()).isEqualTo(200);
        assertThat(code(pull(PATH))).isEqualTo("slow-down 429");
    }

    @Test
    void takesNothingButGet() {
        assertThat(code(server.sendAs(TestServer.SIGNATURE_KEY, "POST", PATH, "x")))
                .isEqualTo("method-not-allowed 405");
    }
}
