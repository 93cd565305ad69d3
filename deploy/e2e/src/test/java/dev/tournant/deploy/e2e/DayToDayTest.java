package dev.tournant.deploy.e2e;

import static dev.tournant.deploy.e2e.LiveStack.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.deploy.stack.Stack;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a user does on a quiet day. */
class DayToDayTest {
    private final LiveStack live = LiveStack.get();

    @Test
    void showsEveryPresentObjectOfTheSellerAfterTheFirstRead() throws Exception {
        live.awaitQuiet();
        Stack.Merchant merchant = live.merchant(1);
        Map<String, Integer> wanted = new HashMap<>();
        JsonNode truth = live.stack().standin().truth(merchant.seller());
        for (JsonNode object : truth.path("objects")) {
            count(object, merchant.location(), wanted);
        }
        JsonNode records = live.summary(merchant).path("records");
        assertThat(records.path("item").asInt()).isEqualTo(wanted.get("item"));
        assertThat(records.path("category").asInt()).isEqualTo(wanted.get("CATEGORY"));
        assertThat(records.path("modifier-group").asInt()).isEqualTo(wanted.get("MODIFIER_LIST"));
        assertThat(records.path("tax").asInt()).isEqualTo(wanted.get("TAX"));
        assertThat(records.path("photo").asInt()).isEqualTo(wanted.get("IMAGE"));
        assertThat(records.path("store").asInt()).isEqualTo(1);
    }

    private static void count(JsonNode object, String location, Map<String, Integer> into) {
        if (object.path("is_deleted").asBoolean() || !isAt(object, location)) {
            return;
        }
        String type = object.path("type").asText();
        boolean item = type.equals("ITEM") || type.equals("ITEM_VARIATION") || type.equals("MODIFIER");
        into.merge(item ? "item" : type, 1, Integer::sum);
        object.path("item_data").path("variations").forEach(each -> count(each, location, into));
        object.path("modifier_list_data").path("modifiers").forEach(each -> count(each, location, into));
    }

    private static boolean isAt(JsonNode object, String location) {
        if (object.path("present_at_all_locations").asBoolean(true)) {
            return !object.path("absent_at_location_ids").toString().contains(location);
        }
        return object.path("present_at_location_ids").toString().contains(location);
    }

    @Test
    void showsAnEditOfTheSellerSoonAfterItsWebhook() throws Exception {
        live.awaitQuiet();
        Stack.Merchant merchant = live.merchant(2);
        long slowestMillis = 0;
        for (int i = 0; i < 5; i++) {
            JsonNode edit = live.stack().standin().edit(merchant.seller(), "price");
            String id = edit.path("objectId").asText();
            long startedNanos = System.nanoTime();
            eventually(() -> version(merchant, id) >= edit.path("version").asLong());
            slowestMillis = Math.max(slowestMillis, (System.nanoTime() - startedNanos) / 1_000_000);
        }
        System.out.println("edit at the stand-in to visible over HTTP, slowest of 5: " + slowestMillis + " ms");
        assertThat(slowestMillis).isLessThan(10_000);
    }

    private long version(Stack.Merchant merchant, String item) throws Exception {
        long newest = 0;
        for (JsonNode from : live.web()
                .get(live.url(merchant, "/records/item/" + item))
                .ok()
                .json()
                .path("provenance")) {
            newest = Math.max(newest, from.path("version").asLong());
        }
        return newest;
    }

    @Test
    void appliesAStockWebhookThatCarriesItsData() throws Exception {
        live.awaitQuiet();
        Stack.Merchant merchant = live.merchant(3);
        JsonNode edit = live.stack().standin().edit(merchant.seller(), "count");
        assertThat(edit.path("kind").asText()).isEqualTo("count");
        eventually(() -> edit.path("value")
                .asText()
                .equals(live.web()
                        .get(live.url(
                                merchant,
                                "/records/item/" + edit.path("objectId").asText()))
                        .ok()
                        .json()
                        .path("fields")
                        .path("quantity")
                        .asText()));
    }

    @Test
    void followsDeletionsAndNewHours() throws Exception {
        live.awaitQuiet();
        Stack.Merchant merchant = live.merchant(4);
        JsonNode deleted = live.stack().standin().edit(merchant.seller(), "delete-item");
        String gone =
                live.url(merchant, "/records/item/" + deleted.path("objectId").asText());
        eventually(() -> live.web().get(gone).status() == 404);
        String before = store(merchant);
        live.stack().standin().edit(merchant.seller(), "hours");
        eventually(() -> !store(merchant).equals(before));
    }

    private String store(Stack.Merchant merchant) throws Exception {
        return live.web()
                .get(live.url(merchant, "/records/store/store"))
                .ok()
                .json()
                .path("fields")
                .toString();
    }
}
