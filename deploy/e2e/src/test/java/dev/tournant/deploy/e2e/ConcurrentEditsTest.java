package dev.tournant.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.deploy.stack.Stack;
import dev.tournant.deploy.stack.WebClient;
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
    void letsEachOfTwoThousandEditsWinOneRevisionOrFailWith412() throws Exception {
        live.awaitQuiet();
        Stack.Merchant merchant = live.merchant(5);
        String record = live.url(merchant, "/records/item/contested");
        WebClient.Reply created = live.web()
                .send("PATCH", record, "{\"name\":\"start\"}", Map.of("If-None-Match", "*"))
                .ok();
        long revision = live.summary(merchant).path("revision").asLong();
        Set<String> won = new HashSet<>();
        String etag = created.header("etag");
        int stale = 0;
        // Rounds of concurrent edits: in each, all hold the newest ETag, so exactly one can win.
        for (int round = 0; round < 10; round++) {
            List<CompletableFuture<HttpResponse<String>>> edits = new ArrayList<>();
            for (int i = 0; i < EDITS / 10; i++) {
                String url =
                        record.replace(live.node(1).url(), live.node(1 + i % 3).url());
                edits.add(live.web()
                        .raw()
                        .sendAsync(
                                live.web()
                                        .request(
                                                "PATCH",
                                                url,
                                                "{\"name\":\"" + round + "." + i + "\"}",
                                                Map.of("If-Match", etag)),
                                HttpResponse.BodyHandlers.ofString()));
            }
            int wins = 0;
            for (CompletableFuture<HttpResponse<String>> edit : edits) {
                HttpResponse<String> reply = edit.join();
                assertThat(reply.statusCode()).as(reply.body()).isIn(200, 412);
                if (reply.statusCode() == 200) {
                    wins++;
                    etag = reply.headers().firstValue("etag").orElseThrow();
                    assertThat(won.add(etag)).as("one edit a revision").isTrue();
                } else {
                    stale++;
                }
            }
            assertThat(wins).isEqualTo(1);
        }
        assertThat(won).hasSize(10);
        assertThat(stale).isEqualTo(EDITS - 10);
        assertThat(live.summary(merchant).path("revision").asLong()).isEqualTo(revision + 10);
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
