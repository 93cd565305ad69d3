package dev.tournant.deploy.e2e;

import static dev.tournant.deploy.e2e.LiveStack.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.stack.Stack;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Edits on one side reach the other, once, whatever is lost or overtaken on the way. */
class TwoWaySyncTest extends TwoWay {
    @Test
    void showsAtDoorDashWhatSquareSells() throws Exception {
        Map<String, JsonNode> items = items();
        assertThat(items).isNotEmpty();
        int compared = 0;
        for (JsonNode record : live.records(merchant, 500).values()) {
            JsonNode fields = record.path("fields");
            String dish = fields.path("variation-of")
                    .path("in")
                    .asText(record.path("id").asText());
            JsonNode there = items.get(dish);
            if (there != null && there.path("extras").isEmpty() && fields.hasNonNull("price")) {
                assertThat(there.path("price").asLong())
                        .as(record + " is " + there)
                        .isEqualTo(dearer(fields));
                compared++;
            }
        }
        assertThat(compared).isPositive();
    }

    @Test
    void anEditOfOursReachesSquareAndDoorDashAndComesBackAsNoEditOfTheirs() throws Exception {
        String item = anItem();
        String name = "Chef's own " + item;
        rename(item, name);
        eventually(() -> atSquare(item).path("item_data").path("name").asText().equals(name));
        eventually(() -> items().get(item).path("name").asText().equals(name));
        live.awaitQuiet();
        JsonNode record = record(item);
        assertThat(record.path("fields").path("name").asText()).isEqualTo(name);
        // Square said it too, since it was told: but it was an operator's word, and still is.
        assertThat(record.path("provenance").toString()).contains("\"api\"");
    }

    @Test
    void anEditAtSquareReachesDoorDash() throws Exception {
        String item = anItem();
        String name = live.stack()
                .standin()
                .edit(merchant.seller(), "rename", item)
                .path("value")
                .asText();
        eventually(() -> items().containsKey(item)
                && items().get(item).path("name").asText().equals(name));
    }

    @Test
    void whatSomebodyChangesAtDoorDashIsPutBack() throws Exception {
        String item = anItem();
        String name = items().get(item).path("name").asText();
        live.stack()
                .doorDash()
                .control(
                        "edit",
                        "{\"store\":\"" + store() + "\",\"kind\":\"rename\",\"itemId\":\"" + item
                                + "\",\"value\":\"Somebody else's\"}");
        assertThat(items().get(item).path("name").asText()).isEqualTo("Somebody else's");
        eventually(() -> items().get(item).path("name").asText().equals(name));
    }

    /** Square knows no other way than a count of none to take an item off sale. */
    @Test
    void whatIsTakenOffSaleAtSquareHasItsCountBackWithoutWhatWasSoldMeanwhile() throws Exception {
        String item = aCountedItem();
        int before = record(item).path("fields").path("quantity").asInt();
        patch(item, "{\"status\":\"off\"}");
        eventually(() -> countAtSquare(item) == 0);
        live.awaitQuiet();
        awaitStep(merchant);
        assertThat(record(item).path("fields").path("quantity").asInt())
                .as("none is left at Square alone")
                .isEqualTo(before);
        JsonNode why = live.web()
                .get(live.url(merchant, "/explain?kind=item&field=quantity&link=square-1&id=" + item))
                .ok()
                .json();
        assertThat(why.path("answer").asText()).contains("should show 0, as it is off sale");

        sellAtSquare(item);
        eventually(() -> record(item).path("fields").path("quantity").asInt() == before - 1);
        awaitStep(merchant);
        assertThat(countAtSquare(item)).isEqualTo(-1);

        patch(item, "{\"status\":\"for-sale\"}");
        eventually(() -> countAtSquare(item) == before - 1);
        live.awaitQuiet();
        assertThat(record(item).path("fields").path("quantity").asInt()).isEqualTo(before - 1);
        assertThat(record(item).path("fields").path("status").asText()).isEqualTo("for-sale");
    }

    /** Square deletes what its list leaves out, and has each modifier in one list only. */
    @Test
    void anOptionMovesFromOneGroupToAnother() throws Exception {
        List<JsonNode> groups = groupsOfOptions();
        JsonNode from = groups.get(0);
        JsonNode to = groups.get(1);
        JsonNode moved = from.path("fields").path("options").path(0);
        String item = moved.path("item").asText();
        String name = record(item).path("fields").path("name").asText();

        patchOptions(to, options(to, null, moved));
        live.awaitQuiet();
        patchOptions(from, options(from, item, null));

        String list = to.path("id").asText();
        eventually(() -> modifiers(list).contains(name)
                && !modifiers(from.path("id").asText()).contains(name));
        live.awaitQuiet();
        awaitStep(merchant);
        assertThat(record(item).path("fields").path("name").asText()).isEqualTo(name);
        assertThat(group(list).path("fields").path("options").findValuesAsText("item"))
                .contains(item)
                .hasSize(to.path("fields").path("options").size() + 1);
    }

    @Test
    void whatAnOptionCostsInItsGroupIsNotErasedByWhatChangesInItAtSquare() throws Exception {
        JsonNode group = groupsOfOptions().get(0);
        String id = group.path("id").asText();
        ObjectNode priced = group.path("fields").path("options").path(0).deepCopy();
        String item = priced.path("item").asText();
        String currency =
                live.summary(merchant).path("profile").path("currency").asText();
        priced.putObject("price").put("amount", "1.25").put("currency", currency);
        priced.put("max", 3);
        patchOptions(group, options(group, item, priced));
        live.awaitQuiet();
        // Its price, or that it is sold out: of any, Square shows the whole list anew.
        for (int i = 0; i < 4; i++) {
            live.stack().standin().edit(merchant.seller(), "modifier", item);
            live.awaitQuiet();
        }
        JsonNode options = group(id).path("fields").path("options");
        assertThat(options.findValuesAsText("amount")).containsExactly("1.25");
        assertThat(options.findValuesAsText("max")).containsExactly("3");
    }

    private JsonNode group(String id) throws IOException {
        return live.web()
                .get(live.url(merchant, "/records/modifier-group/" + id))
                .ok()
                .json();
    }

    /** With something to choose that is on sale, and more than that. */
    private List<JsonNode> groupsOfOptions() throws IOException {
        List<JsonNode> groups = new ArrayList<>();
        for (JsonNode record : new TreeMap<>(live.records(merchant, 500)).values()) {
            JsonNode options = record.path("fields").path("options");
            boolean isOnSale = record.path("kind").asText().equals("modifier-group")
                    && options.size() > 2
                    && record(options.path(0).path("item").asText())
                            .path("fields")
                            .path("status")
                            .asText("for-sale")
                            .equals("for-sale");
            if (isOnSale) {
                groups.add(record);
            }
        }
        assertThat(groups).hasSizeGreaterThan(1);
        return groups;
    }

    /** Those of a group without one, and with another. */
    private static ArrayNode options(JsonNode group, @Nullable String without, @Nullable JsonNode with) {
        ArrayNode options = JsonNodeFactory.instance.arrayNode();
        for (JsonNode option : group.path("fields").path("options")) {
            if (!option.path("item").asText().equals(without)) {
                options.add(option);
            }
        }
        return with == null ? options : options.add(with);
    }

    private void patchOptions(JsonNode group, ArrayNode options) throws IOException {
        live.web()
                .send(
                        "PATCH",
                        live.url(
                                merchant,
                                "/records/modifier-group/" + group.path("id").asText()),
                        "{\"options\":" + options + "}",
                        Map.of("If-Match", "*"))
                .ok();
    }

    /** What is in a list at Square, by name. */
    private List<String> modifiers(String list) throws IOException {
        List<String> names = new ArrayList<>();
        atSquare(list)
                .path("modifier_list_data")
                .path("modifiers")
                .forEach(each ->
                        names.add(each.path("modifier_data").path("name").asText()));
        return names;
    }

    private String aCountedItem() throws IOException {
        for (JsonNode record : live.records(merchant, 500).values()) {
            JsonNode fields = record.path("fields");
            boolean isOnSale = fields.path("status").asText("for-sale").equals("for-sale");
            if (isOnSale
                    && fields.path("stock-tracked").asBoolean()
                    && fields.path("quantity").asInt() > 1) {
                return record.path("id").asText();
            }
        }
        throw new AssertionError("nothing is counted");
    }

    private int countAtSquare(String item) throws IOException {
        for (JsonNode count : truth().path("counts")) {
            if (count.path("catalog_object_id").asText().equals(item)
                    && count.path("location_id").asText().equals(merchant.location())
                    && count.path("state").asText().equals("IN_STOCK")) {
                return count.path("quantity").asInt();
            }
        }
        throw new AssertionError("Square does not count " + item);
    }

    /** One, at the till. */
    private void sellAtSquare(String item) throws IOException {
        String token = "";
        for (JsonNode seller : live.stack().standin().sellers()) {
            token = seller.path("merchantId").asText().equals(merchant.seller())
                    ? seller.path("token").asText()
                    : token;
        }
        String adjustment = "{\"catalog_object_id\":\"" + item + "\",\"from_state\":\"IN_STOCK\",\"to_state\":\"SOLD\","
                + "\"location_id\":\"" + merchant.location() + "\",\"quantity\":\"1\",\"occurred_at\":\""
                + Instant.now()
                + "\"}";
        live.web()
                .send(
                        "POST",
                        live.stack().standin().url() + "/v2/inventory/changes/batch-create",
                        "{\"idempotency_key\":\"sale-" + System.nanoTime()
                                + "\",\"changes\":[{\"type\":\"ADJUSTMENT\",\"adjustment\":" + adjustment + "}]}",
                        Map.of("Authorization", "Bearer " + token))
                .ok();
    }

    @Test
    void anEditThatMeetsANewerVersionAtSquareIsMadeOnTopOfIt() throws Exception {
        live.stack().standin().faults("{\"webhookDropRatio\":1}");
        String item = anItem();
        // Behind our back: the version that we know is old.
        live.stack().standin().edit(merchant.seller(), "rename", item);
        String name = "On top " + item;
        rename(item, name);
        eventually(() -> atSquare(item).path("item_data").path("name").asText().equals(name));
        eventually(() -> items().get(item).path("name").asText().equals(name));
    }

    @Test
    void anItemThatSquareHasNoMoreIsGoneEverywhere() throws Exception {
        live.stack().standin().faults("{\"webhookDropRatio\":1}");
        String item = anItem();
        live.stack().standin().edit(merchant.seller(), "delete-item", item);
        rename(item, "An orphan " + item);
        eventually(() -> !items().containsKey(item));
        assertThat(live.web().get(live.url(merchant, "/records/item/" + item)).status())
                .isEqualTo(404);
    }

    @Test
    void anAnswerOfSquareThatIsLostMakesNothingTwice() throws Exception {
        live.stack().standin().faults("{\"lostAnswerRatio\":0.7}");
        String item = "new-" + System.nanoTime();
        create(item, "{\"name\":\"Only once " + item + "\"}");
        create(
                item + "-regular",
                "{\"name\":\"Regular\",\"variation-of\":{\"in\":\"" + item
                        + "\"},\"price\":{\"amount\":\"7.50\",\"currency\":\"USD\"}}");
        eventually(() -> named("Only once " + item) == 1);
        live.stack().standin().faults("{\"lostAnswerRatio\":0}");
        live.awaitQuiet();
        assertThat(named("Only once " + item)).isEqualTo(1);
    }

    @Test
    void aNameThatSquareCutsIsToldSoOftenAndThenLeftAlone() throws Exception {
        live.stack().standin().faults("{\"nameCharsMax\":12}");
        String item = anItem();
        rename(item, "Far too long a name for Square " + item);
        String path = "/explain?kind=item&field=name&link=square-1&id=" + item;
        eventually(() -> live.web()
                .get(live.url(merchant, path))
                .ok()
                .json()
                .at("/fields/0/not-kept/held")
                .asBoolean());
        JsonNode why = live.web().get(live.url(merchant, path)).ok().json();
        assertThat(why.at("/fields/0/not-kept/shown").asText()).isEqualTo("Far too long");
        assertThat(why.path("next").asText()).contains("resync");
        JsonNode link =
                live.web().get(live.url(merchant, "/links/square-1")).ok().json();
        assertThat(link.path("drifting").findValuesAsText("not-kept")).contains("3");
        assertThat(record(item).path("fields").path("name").asText()).startsWith("Far too long a name");
        eventually(() -> items().get(item).path("name").asText().startsWith("Far too long a name"));
        assertThat(live.web()
                        .get(live.url(merchant, "/records/item/" + item + "/history"))
                        .ok()
                        .json()
                        .path("history")
                        .findValues("not-kept"))
                .hasSize(1);
        live.stack().standin().faults("{\"nameCharsMax\":0}");
        rename(item, "Short");
        eventually(() -> atSquare(item).path("item_data").path("name").asText().equals("Short"));
    }

    @Test
    void aWebhookOfToastThatNeverComesIsMadeUpForByTheNextPoll() throws Exception {
        Stack.Everywhere everywhere = live.stack().everywhere().get(0);
        eventually(() -> inStep(everywhere.merchant(), "everywhere-doordash-1"));
        String dish = aDishOfToast(everywhere);
        live.stack().toast().control("faults", "{\"webhookDropRatio\":1}");
        JsonNode renamed = atToast(everywhere, "rename", dish, true);
        JsonNode soldOut = atToast(everywhere, "out-of-stock", dish, false);
        Stack.Merchant merchants = everywhere.merchant();
        String renamedId = renamed.path("guid").asText();
        eventually(() -> live.records(merchants, 500)
                .get("item/" + renamedId)
                .path("fields")
                .path("name")
                .asText()
                .equals(renamed.path("value").asText()));
        eventually(() -> !live.records(merchants, 500)
                .get("item/" + soldOut.path("guid").asText())
                .path("fields")
                .path("status")
                .asText("for-sale")
                .equals("for-sale"));
        eventually(() -> inStep(merchants, "everywhere-doordash-1"));
        JsonNode menus = live.stack()
                .doorDash()
                .look("truth?store=" + everywhere.store())
                .path("menus");
        assertThat(menus.findValuesAsText("name"))
                .as("in step are the menus with " + renamed + ", by " + seen(merchants, renamedId))
                .contains(renamed.path("value").asText());
    }

    private JsonNode atToast(Stack.Everywhere everywhere, String kind, String guid, boolean publish)
            throws IOException {
        return live.stack()
                .toast()
                .control(
                        "edit",
                        "{\"restaurant\":\"" + everywhere.restaurant() + "\",\"kind\":\"" + kind + "\",\"guid\":\""
                                + guid + "\",\"publish\":" + publish + "}");
    }

    /** One that DoorDash sells: not all that Toast has can be said there. */
    private String aDishOfToast(Stack.Everywhere everywhere) throws IOException {
        Set<String> toasts = new TreeSet<>(live.stack()
                .toast()
                .look("truth?restaurant=" + everywhere.restaurant())
                .findValuesAsText("guid"));
        for (JsonNode menu : live.stack()
                .doorDash()
                .look("truth?store=" + everywhere.store())
                .path("menus")) {
            for (JsonNode category : menu.path("menu").path("categories")) {
                for (JsonNode item : category.path("items")) {
                    String id = item.path("merchant_supplied_id").asText();
                    if (menu.path("menu").path("active").asBoolean(true) && toasts.contains(id)) {
                        return id;
                    }
                }
            }
        }
        throw new AssertionError("DoorDash sells nothing of Toast's");
    }

    /** How the link to DoorDash stands, and what was said of an item. */
    private String seen(Stack.Merchant of, String item) throws IOException {
        String link = "/links/everywhere-doordash-1";
        String history = "/records/item/" + item + "/history?limit=5";
        return live.web().get(live.url(of, link)).body()
                + live.web().get(live.url(of, history)).body();
    }

    private boolean inStep(Stack.Merchant of, String link) throws IOException {
        return live.web()
                .get(live.url(of, "/links/" + link))
                .ok()
                .json()
                .path("state")
                .asText()
                .equals("in-step");
    }

    private void create(String item, String fields) throws IOException {
        live.web()
                .send("PATCH", live.url(merchant, "/records/item/" + item), fields, Map.of("If-None-Match", "*"))
                .ok();
    }

    private long named(String name) throws IOException {
        long found = 0;
        for (JsonNode object : truth().path("objects")) {
            found += object.path("item_data").path("name").asText().equals(name) ? 1 : 0;
        }
        return found;
    }

    /** In cents, ten percent more. */
    private static long dearer(JsonNode fields) {
        return new BigDecimal(fields.path("price").path("amount").asText())
                .multiply(new BigDecimal("110"))
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }
}
