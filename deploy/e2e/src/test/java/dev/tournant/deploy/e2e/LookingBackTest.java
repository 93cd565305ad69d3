package dev.tournant.deploy.e2e;

import static dev.tournant.deploy.e2e.LiveStack.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.deploy.stack.Stack;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who changed what, what was there, and what once came in read again, on whole nodes. */
class LookingBackTest {
    private static final String ITEM = "looked-back-at";

    private final LiveStack live = LiveStack.get();
    private final Stack.Merchant merchant = live.merchant(2);

    private JsonNode get(String path) throws IOException {
        return live.web().get(live.url(merchant, path)).ok().json();
    }

    private void count(int quantity) throws IOException {
        String at = "2021-01-0" + quantity + "T00:00:00Z";
        String body = LiveStack.count(merchant, "looked-back-" + quantity, ITEM, Integer.toString(quantity), at);
        assertThat(live.hook(merchant, body).status()).isEqualTo(200);
        live.awaitQuiet();
    }

    private JsonNode replay(String query) throws IOException {
        String path = "/links/" + merchant.link() + "/replay?" + query;
        return live.web()
                .send("POST", live.url(merchant, path), "", Map.of())
                .ok()
                .json();
    }

    @Test
    void showsEachChangeWhatWasThereAndThatNothingIsLeftToReplay() throws Exception {
        live.awaitQuiet();
        Instant before = Instant.now().minusSeconds(5);
        count(3);
        long revision = live.summary(merchant).path("revision").asLong();
        count(5);
        count(4);

        List<String> events = new ArrayList<>();
        get("/records/item/" + ITEM + "/history?limit=10")
                .path("history")
                .forEach(each -> events.add(
                        each.path("link").asText() + " " + each.path("event").asText()));
        String link = merchant.link().value();
        assertThat(events).containsExactly(link + " looked-back-5", link + " looked-back-3");
        assertThat(get("/records/item/" + ITEM + "?as-of=" + revision)
                        .at("/fields/quantity")
                        .asText())
                .isEqualTo("3");
        assertThat(get("/records/item/" + ITEM).at("/fields/quantity").asText()).isEqualTo("5");

        JsonNode would = replay("from=" + before);
        assertThat(would.path("read").path("records").asInt()).isGreaterThanOrEqualTo(3);
        assertThat(would.path("changed-count").asInt()).isZero();
        long head = live.summary(merchant).path("revision").asLong();
        long applied = live.summary(merchant).path("tally").path("applied").asLong();
        int put = replay("dry-run=false&from=" + before).path("put").asInt();
        eventually(() -> live.summary(merchant).path("tally").path("applied").asLong() >= applied + put);
        live.awaitQuiet();
        assertThat(live.summary(merchant).path("revision").asLong()).isEqualTo(head);
        live.assertConserved();
    }
}
