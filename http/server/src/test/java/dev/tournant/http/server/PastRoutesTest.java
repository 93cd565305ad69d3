package dev.tournant.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.messages.History;
import dev.tournant.messages.History.Moment;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.MerchantReply.Rehearsal;
import dev.tournant.messages.MerchantReply.Unable;
import dev.tournant.messages.MerchantReply.Would;
import dev.tournant.messages.Position;
import dev.tournant.messages.Problem;
import dev.tournant.messages.Replays;
import dev.tournant.messages.Tally;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.Presence;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** History, states as of a moment, and replays, over the socket. */
class PastRoutesTest {
    private static final String ITEMS = "/v1/merchants/grill/records/item";
    private static final String REPLAY = "/v1/merchants/grill/links/sq-1/replay";
    private static final RecordKey TEA = RecordKey.of(Kind.ITEM, "tea");
    private static final LinkId SQUARE = new LinkId("sq-1");
    private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");
    private static final RecordDelta NAMED = RecordDelta.set(
            TEA,
            Stamp.at(AT),
            7,
            FieldMap.builder(Kind.ITEM).set(Item.NAME, "Tea").clear(Item.SKU).build());

    private TestServer server;

    @BeforeEach
    void start() {
        server = new TestServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void showsWhoChangedWhatAndLeadsToThePageBefore() {
        server.past.answer(new History.Page(
                List.of(
                        new History.Entry(9, AT, SQUARE, "e1", NAMED, null),
                        new History.Entry(9, AT, SQUARE, "e1", NAMED, null, NAMED),
                        new History.Entry(8, AT, SQUARE, "e0", NAMED, new History.Cause(Provenance.API, "r5"))),
                12,
                new History.Place(8, 700)));

        HttpResponse<String> first = server.get(ITEMS + "/tea/history?limit=2");

        assertThat(TestServer.json(first).at("/history/0")).isEqualTo(TestServer.json("""
                {"revision": 9, "at": "2026-11-22T10:00:00Z", "link": "sq-1", "event": "e1",
                 "said-at": "2026-11-22T10:00:00Z/0", "version": 7, "presence": "present",
                 "fields": {"name": "Tea", "sku": null}}
                """));
        assertThat(TestServer.json(first).at("/history/2/came-forward"))
                .isEqualTo(TestServer.json("{\"link\": \"api\", \"event\": \"r5\"}"));
        assertThat(TestServer.json(first).at("/history/1/not-kept"))
                .isEqualTo(TestServer.json("{\"told\": {\"name\": \"Tea\", \"sku\": null}}"));
        server.get(TestServer.json(first).path("next").asText());
        assertThat(server.past.asked)
                .containsExactly("item/tea null 2", "item/tea " + new History.Place(8, 700) + " 2");
    }

    @Test
    void saysThatARecordNeverWas() {
        server.past.answer(new History.Page(List.of(), 12, null));
        assertThat(TestServer.code(server.get(ITEMS + "/tea/history"))).isEqualTo("unknown-record 404");
        server.past.answer(new History.Page(List.of(), 12, new History.Place(8, 700)));
        assertThat(server.get(ITEMS + "/tea/history").statusCode()).isEqualTo(200);
    }

    @Test
    void refusesMomentsAndPagesThatNobodyCanRead() {
        assertThat(TestServer.code(server.get(ITEMS + "/tea?as-of=yesterday"))).isEqualTo("bad-request 400");
        assertThat(TestServer.code(server.get(ITEMS + "/tea/history?after=eA"))).isEqualTo("bad-request 400");
        HttpResponse<String> long1 = server.get(ITEMS + "/tea?as-of=7");
        assertThat(TestServer.code(long1)).isEqualTo("journal-too-long 422");
        assertThat(TestServer.json(long1).path("detail").asText()).isEqualTo("row 30000");
    }

    @Test
    void showsARecordAsItWas() {
        FlatRecord tea = FlatRecord.unknown(TEA).after(NAMED, NAMED.provenance(SQUARE, "e1"), 3);
        server.past.answer(new MerchantReply.OneRecord(tea, 7));
        assertThat(TestServer.json(server.get(ITEMS + "/tea?as-of=7"))
                        .at("/fields/name")
                        .asText())
                .isEqualTo("Tea");
        server.past.answer(new MerchantReply.OneRecord(null, 7));
        assertThat(TestServer.code(server.get(ITEMS + "/tea?as-of=2026-01-31T12:00:00Z")))
                .isEqualTo("unknown-record 404");
        assertThat(server.past.asked)
                .containsExactly(new Moment.AfterRevision(7), new Moment.At(Instant.parse("2026-01-31T12:00:00Z")));
    }

    @Test
    void keepsToOneMomentOnAllPages() {
        FlatRecord tea = FlatRecord.unknown(TEA).after(NAMED, NAMED.provenance(SQUARE, "e1"), 3);
        server.past.answer(new MerchantReply.Records(List.of(tea), true, 5));
        HttpResponse<String> page = server.get("/v1/merchants/grill/records?limit=1&as-of=2026-01-31T12:00:00Z");
        assertThat(TestServer.json(page).path("revision").asInt()).isEqualTo(5);
        server.get(TestServer.json(page).path("next").asText());
        assertThat(server.past.asked.get(1)).isEqualTo(new Moment.AfterRevision(5));
    }

    @Test
    void rehearsesAReplayUnlessItIsToldToDoIt() {
        RecordDelta was = RecordDelta.set(TEA, Stamp.ZERO, 0, FieldMap.of(Item.NAME, "T?a"));
        RecordDelta gone = RecordDelta.deleted(RecordKey.of(Kind.ITEM, "soup"), Stamp.ZERO, 2, Presence.TOMBSTONE);
        server.past.answer(new Replays.Rehearsed(
                new Replays.Extent(3, 99, AT, "time"),
                List.of(new Unable(new Position("t", 4, 17), Problem.UNREADABLE, "no JSON")),
                1,
                new Rehearsal(
                        12,
                        new Tally(2, 0, 0),
                        List.of(new Would(was, was.with(FieldMap.of(Item.NAME, "Tea"))), new Would(null, gone)),
                        2,
                        List.of())));

        HttpResponse<String> would = server.send("POST", REPLAY + "?from=2026-11-22T09:00:00Z", "");

        assertThat(TestServer.json(would)).isEqualTo(TestServer.json("""
                {"dry-run": true, "read": {"records": 3, "bytes": 99, "until": "2026-11-22T10:00:00Z", "cut": "time"},
                 "revision": 12, "applied": 2, "quarantined": 1, "changed-count": 2,
                 "changed": [
                   {"kind": "item", "id": "tea", "was": "present", "becomes": "present",
                    "fields": {"name": {"before": "T?a", "after": "Tea"}}},
                   {"kind": "item", "id": "soup", "was": "unknown", "becomes": "tombstone", "fields": {}}],
                 "unable": [{"partition": 4, "offset": 17, "problem": "unreadable", "detail": "no JSON"}]}
                """));
    }

    @Test
    void putsRecordsInUnderTheRequestsId() {
        server.past.answer(new Replays.Put(new Replays.Extent(3, 99, AT, null)));
        HttpResponse<String> put =
                server.send("POST", REPLAY + "?from=2026-11-22T09:00:00Z&dry-run=false&from-quarantine=true", "");
        assertThat(put.statusCode()).isEqualTo(202);
        assertThat(TestServer.json(put).path("put").asInt()).isEqualTo(3);
        String request = TestServer.json(put).path("request").asText();
        assertThat(server.past.asked)
                .containsExactly(new Replays.Wanted(
                        new MerchantId("grill"), SQUARE, Instant.parse("2026-11-22T09:00:00Z"), true, request));
        assertThat(put.headers().firstValue("X-Request-Id")).contains(request);
    }

    @Test
    void refusesAReplayOfNoTimeAndOneThatIsNeitherDryNorNot() {
        assertThat(TestServer.code(server.send("POST", REPLAY, ""))).isEqualTo("bad-request 400");
        assertThat(TestServer.code(server.send("POST", REPLAY + "?from=2026-11-22T09:00:00Z&dry-run=no", "")))
                .isEqualTo("bad-request 400");
        assertThat(TestServer.code(server.sendAs(TestServer.READER, "POST", REPLAY + "?from=2026-11-22T09:00:00Z", "")))
                .isEqualTo("forbidden 403");
    }
}
