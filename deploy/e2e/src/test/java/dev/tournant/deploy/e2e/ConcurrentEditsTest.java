package dev.tournant.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.deploy.stack.Stack;
import dev.tournant.deploy.stack.WebClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Many hands on one merchant. */
class ConcurrentEditsTest {
    private static final int EDITS = 2_000;

    private final LiveStack live = LiveStack.get();

    @Test
    void letsOneOfTwoThousandSimultaneousEditsWinAndTellsTheOthersThatTheyAreStale() throws Exception {
        live.awaitQuiet();
        Stack.Merchant merchant = live.merchant(5);
        String record = live.url(merchant, "/records/item/contested");
        WebClient.Reply created = live.web()
                .send("PATCH", record, "{\"name\":\"start\"}", Map.of("If-None-Match", "*"))
                .ok();
        long revision = live.summary(merchant).path("revision").asLong();
        List<CompletableFuture<HttpResponse<String>>> edits = new ArrayList<>();
        for (int i = 0; i < EDITS; i++) {
            String url = record.replace(live.node(1).url(), live.node(1 + i % 3).url());
            edits.add(live.web()
                    .raw()
                    .sendAsync(
                            live.web()
                                    .request(
                                            "PATCH",
                                            url,
                                            "{\"name\":\"edit " + i + "\"}",
                                            Map.of("If-Match", created.header("etag"))),
                            HttpResponse.BodyHandlers.ofString()));
        }
        int won = 0;
        for (CompletableFuture<HttpResponse<String>> edit : edits) {
            HttpResponse<String> reply = edit.join();
            assertThat(reply.statusCode()).as(reply.body()).isIn(200, 412);
            won += reply.statusCode() == 200 ? 1 : 0;
        }
        assertThat(won).isEqualTo(1);
        assertThat(live.summary(merchant).path("revision").asLong()).isEqualTo(revision + 1);
    }

    @Test
    void losesNoIncrementOfEightHandsThatReadAndWriteOneRecord() throws Exception {
        live.awaitQuiet();
        String record = live.url(live.merchant(4), "/records/item/counter");
        live.web()
                .send("PATCH", record, "{\"quantity\":\"0\"}", Map.of("If-None-Match", "*"))
                .ok();
        List<CompletableFuture<Void>> hands = new ArrayList<>();
        for (int hand = 0; hand < 8; hand++) {
            String url =
                    record.replace(live.node(1).url(), live.node(1 + hand % 3).url());
            hands.add(CompletableFuture.runAsync(() -> increment(url, 10)));
        }
        hands.forEach(CompletableFuture::join);
        assertThat(live.web()
                        .get(record)
                        .ok()
                        .json()
                        .path("fields")
                        .path("quantity")
                        .asText())
                .isEqualTo("80");
    }

    /** Reads, adds one, and writes if nobody was faster; until it has done so often. */
    private void increment(String url, int times) {
        try {
            for (int done = 0; done < times; ) {
                WebClient.Reply now = live.web().get(url).ok();
                int quantity = now.json().path("fields").path("quantity").asInt();
                WebClient.Reply reply = live.web()
                        .send(
                                "PATCH",
                                url,
                                "{\"quantity\":\"" + (quantity + 1) + "\"}",
                                Map.of("If-Match", now.header("etag")));
                assertThat(reply.status()).as(reply.body()).isIn(200, 412);
                done += reply.status() == 200 ? 1 : 0;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void takesTwoThousandEditsOfDifferentRecordsAtOnceEachAtARevisionOfItsOwn() throws Exception {
        live.awaitQuiet();
        Stack.Merchant merchant = live.merchant(6);
        long revision = live.summary(merchant).path("revision").asLong();
        List<CompletableFuture<HttpResponse<String>>> edits = new ArrayList<>();
        for (int i = 0; i < EDITS; i++) {
            String url = live.node(1 + i % 3).url() + "/v1/merchants/" + merchant.id() + "/records/item/crowd-" + i;
            edits.add(live.web()
                    .raw()
                    .sendAsync(
                            live.web()
                                    .request(
                                            "PATCH",
                                            url,
                                            "{\"name\":\"crowd " + i + "\"}",
                                            Map.of("If-None-Match", "*")),
                            HttpResponse.BodyHandlers.ofString()));
        }
        Set<String> etags = new HashSet<>();
        int done = 0;
        for (CompletableFuture<HttpResponse<String>> edit : edits) {
            HttpResponse<String> reply = edit.join();
            // A node may say "slow down" to so many at once; it must never lose one that it took.
            assertThat(reply.statusCode()).as(reply.body()).isIn(201, 429);
            if (reply.statusCode() == 201) {
                done++;
                etags.add(reply.headers().firstValue("etag").orElseThrow());
            }
        }
        assertThat(etags).hasSize(done);
        assertThat(done).isGreaterThan(EDITS / 2);
        assertThat(live.summary(merchant).path("revision").asLong()).isEqualTo(revision + done);
    }
}
