package dev.tournant.deploy.e2e;

import static dev.tournant.deploy.e2e.LiveStack.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.deploy.stack.Stack;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A menu as large as they come. */
class LargeMenuTest {
    private static final int ITEMS = 3_000;

    private final LiveStack live = LiveStack.get();

    @Test
    void showsThreeThousandItemsWithTheirModifiersPageByPage() throws Exception {
        // No other test looks at this merchant closely, so its size slows none of them.
        Stack.Merchant merchant = live.merchant(7);
        live.awaitQuiet();
        long startedNanos = System.nanoTime();
        live.stack().standin().addItems(merchant.seller(), ITEMS);
        Map<String, JsonNode> present = live.present(merchant);
        assertThat(present.values().stream().filter(LargeMenuTest::isItem)).hasSizeGreaterThan(ITEMS);
        eventually(() -> live.summary(merchant).path("records").path("item").asLong()
                >= present.keySet().stream()
                        .filter(key -> key.startsWith("item/"))
                        .count());
        live.awaitQuiet();
        System.out.println(present.size() + " objects at the stand-in, all in: "
                + (System.nanoTime() - startedNanos) / 1_000_000 + " ms");

        Map<String, JsonNode> records = live.records(merchant, 200);
        assertThat(records.keySet()).containsAll(present.keySet());
        present.forEach((key, object) -> {
            if (isItem(object)) {
                assertThat(records.get(key).path("fields").path("name"))
                        .as(key)
                        .isEqualTo(object.path("item_data").path("name"));
            }
        });
        // A page of any other size leads to the same; a poll meanwhile may say a value again, which moves its
        // provenance.
        Map<String, JsonNode> again = live.records(merchant, 77);
        assertThat(again.keySet()).isEqualTo(records.keySet());
        again.forEach((key, record) -> assertThat(record.path("fields"))
                .as(key)
                .isEqualTo(records.get(key).path("fields")));
        live.assertConserved();
    }

    private static boolean isItem(JsonNode object) {
        return object.path("type").asText().equals("ITEM");
    }
}
