package dev.tournant.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.deploy.stack.Stack;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a follower of {@code tournant.changes} gets. */
class ChangesTopicTest {
    private static final int EDITS = 20;

    private final LiveStack live = LiveStack.get();

    @Test
    void carriesEveryRevisionInOrderAsTheStreamShowsIt() throws Exception {
        live.awaitQuiet();
        Stack.Merchant merchant = live.merchant(2);
        long before = live.summary(merchant).path("revision").asLong();
        for (int i = 0; i < EDITS; i++) {
            // From the partner and over the API in turn: one history has both.
            String item = "published-" + i;
            String count = LiveStack.count(merchant, item, item, "4", "2031-01-01T00:00:00Z");
            assertThat(live.hook(merchant, count).status()).isEqualTo(200);
            live.web()
                    .send(
                            "PATCH",
                            live.url(merchant, "/records/item/" + item + "-ours"),
                            "{\"name\":\"Published " + i + "\"}",
                            Map.of("If-None-Match", "*"))
                    .ok();
        }
        live.awaitQuiet();
        long head = live.summary(merchant).path("revision").asLong();
        assertThat(head).isEqualTo(before + 2 * EDITS);
        live.assertPublished(merchant, live.revisions(merchant, 0, head));
    }
}
