package dev.tournant.deploy.e2e;

import static dev.tournant.deploy.e2e.LiveStack.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.deploy.stack.NodeProcess;
import dev.tournant.deploy.stack.Stack;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Nothing happens twice, however often it is told. */
class DuplicatesTest {
    private static final int POSTS = 1_000;

    private final LiveStack live = LiveStack.get();

    @Test
    void makesOneChangeOfTheSameWebhookSentAThousandTimesAtOnce() throws Exception {
        live.awaitQuiet();
        Stack.Merchant merchant = live.merchant(1);
        long revision = live.summary(merchant).path("revision").asLong();
        long duplicates = live.summary(merchant).path("tally").path("duplicate").asLong();
        String body = LiveStack.count(merchant, "thousand", "thousand-item", "7", "2031-01-01T00:00:00Z");
        String url = live.hookUrl(merchant);
        List<CompletableFuture<HttpResponse<String>>> posts = new ArrayList<>();
        for (int i = 0; i < POSTS; i++) {
            posts.add(live.web()
                    .raw()
                    .sendAsync(
                            live.web()
                                    .request(
                                            "POST",
                                            url,
                                            body,
                                            Map.of("x-square-hmacsha256-signature", live.signature(url, body))),
                            HttpResponse.BodyHandlers.ofString()));
        }
        Map<Integer, Integer> statuses = new HashMap<>();
        for (CompletableFuture<HttpResponse<String>> post : posts) {
            statuses.merge(post.join().statusCode(), 1, Integer::sum);
        }
        // Each was stored, for Tournant said so; none was turned away at the door.
        assertThat(statuses).isEqualTo(Map.of(200, POSTS));
        eventually(() -> live.summary(merchant).path("tally").path("duplicate").asLong() == duplicates + POSTS - 1);
        assertThat(live.summary(merchant).path("revision").asLong()).isEqualTo(revision + 1);
    }

    @Test
    void movesNoRevisionWhenEveryKafkaRecordIsDeliveredAgain() throws Exception {
        live.awaitQuiet();
        Map<String, String> before = states();
        for (NodeProcess node : live.stack().nodes()) {
            assertThat(node.process().terminate(Duration.ofSeconds(60)))
                    .as(node.name() + " stops by itself")
                    .isTrue();
        }
        live.rewind();
        assertThat(live.pending()).isPositive();
        live.stack().nodes().forEach(NodeProcess::startAgain);
        live.stack().nodes().forEach(live.stack()::awaitReady);
        live.awaitBalanced();
        live.awaitQuiet();
        assertThat(states()).isEqualTo(before);
        live.assertConserved();
    }

    private Map<String, String> states() throws Exception {
        Map<String, String> states = new HashMap<>();
        for (Stack.Merchant merchant : live.stack().merchants()) {
            var summary = live.summary(merchant);
            // Not how many were applied: polls go on, and bring pages without news.
            String tally = summary.path("tally").path("duplicate") + "/"
                    + summary.path("tally").path("quarantined");
            states.put(merchant.id().value(), summary.path("revision") + " " + tally + " " + summary.path("records"));
        }
        return states;
    }
}
