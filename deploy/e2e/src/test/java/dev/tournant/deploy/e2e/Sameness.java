package dev.tournant.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.deploy.stack.Stack;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Holds what Square, Toast and DoorDash have against the records of the merchant that is at all three. */
final class Sameness {
    private final LiveStack live;
    private final Stack.Everywhere everywhere;
    private final Stack.Merchant merchant;
    private final MarketShown market;
    private final Map<String, JsonNode> records;
    private final Map<String, List<JsonNode>> variations = new HashMap<>();

    Sameness(LiveStack live, Stack.Everywhere everywhere, MarketShown market) throws IOException {
        this.live = live;
        this.everywhere = everywhere;
        this.merchant = everywhere.merchant();
        this.market = market;
        this.records = live.records(merchant, 500);
        records.values()
                .forEach(each -> variations
                        .computeIfAbsent(
                                fields(each).path("variation-of").path("in").asText(), none -> new ArrayList<>())
                        .add(each));
    }

    void check() throws IOException {
        checkSquare();
        checkMarket();
        checkStockOfToast();
    }

    private static JsonNode fields(JsonNode record) {
        return record.path("fields");
    }

    /** A dish stands in categories; what does not is a variation of one or an option. */
    private static boolean isDish(JsonNode record) {
        return record.path("kind").asText().equals("item")
                && !fields(record).path("categories").isEmpty()
                && !fields(record).path("archived").asBoolean();
    }

    private List<JsonNode> variations(String dish) {
        return variations.getOrDefault(dish, List.of());
    }

    private void checkSquare() throws IOException {
        Map<String, JsonNode> square = live.present(merchant);
        assertThat(square).isNotEmpty();
        Map<String, Integer> named = new HashMap<>();
        square.values().stream()
                .filter(each -> each.path("type").asText().equals("ITEM"))
                .forEach(each -> named.merge(each.path("item_data").path("name").asText(), 1, Integer::sum));
        Map<String, Integer> ours = new HashMap<>();
        records.values().stream()
                .filter(each -> each.path("kind").asText().equals("item"))
                .forEach(each -> ours.merge(fields(each).path("name").asText(), 1, Integer::sum));
        int compared = 0;
        for (JsonNode record : records.values()) {
            String id = record.path("id").asText();
            JsonNode there = square.get("item/" + id);
            if (there != null && record.path("kind").asText().equals("item")) {
                checkSquare(record, there);
                compared++;
            }
            if (isDish(record)
                    && there == null
                    && !named.containsKey(fields(record).path("name").asText())) {
                assertRefused(id, merchant.link().value());
            }
        }
        assertThat(compared).as("items compared at Square").isPositive();
        // What came from Toast was made at Square once.
        named.forEach((name, count) ->
                assertThat(count).as("items at Square called " + name).isLessThanOrEqualTo(ours.getOrDefault(name, 0)));
    }

    private void checkSquare(JsonNode record, JsonNode there) {
        String id = record.path("id").asText();
        boolean isItem = there.path("type").asText().equals("ITEM");
        JsonNode data = isItem
                ? there.path("item_data")
                : there.path(
                        there.path("type").asText().equals("ITEM_VARIATION") ? "item_variation_data" : "modifier_data");
        assertThat(data.path("name").asText())
                .as("Square's name of " + id)
                .isEqualTo(fields(record).path("name").asText());
        if (isItem) {
            String text = data.path("description")
                    .asText(data.path("description_plaintext").asText());
            assertThat(text)
                    .as("Square's description of " + id)
                    .isEqualTo(fields(record).path("description").asText());
        } else if (fields(record).hasNonNull("price")) {
            JsonNode own = data.path("price_money");
            for (JsonNode each : data.path("location_overrides")) {
                boolean isHere = each.path("location_id").asText().equals(merchant.location());
                own = isHere && each.has("price_money") ? each.path("price_money") : own;
            }
            assertThat(own.path("amount").asLong())
                    .as("Square's price of " + id)
                    .isEqualTo(cents(record, 100));
        }
    }

    private void checkMarket() throws IOException {
        Map<String, List<JsonNode>> sold = market.items();
        Set<String> refused = market.refused();
        assertThat(sold).isNotEmpty();
        for (JsonNode record : records.values()) {
            String id = record.path("id").asText();
            if (!isDish(record) || refused.contains("item/" + id)) {
                continue;
            }
            List<JsonNode> places = sold.getOrDefault(id, List.of());
            if (places.isEmpty()) {
                assertRefused(id, market.link());
            }
            places.forEach(each -> checkMarket(record, each));
        }
        sold.keySet().stream()
                .filter(id -> !refused.contains("item/" + id))
                .forEach(id -> assertThat(records).as("sold at DoorDash").containsKey("item/" + id));
    }

    private void checkMarket(JsonNode record, JsonNode sold) {
        String id = record.path("id").asText();
        assertThat(sold.path("name").asText())
                .as("DoorDash's name of " + id)
                .isEqualTo(fields(record).path("name").asText());
        boolean isPlain = sold.path("extras").isEmpty();
        if (sold.path("active").asBoolean(true) || isPlain) {
            assertThat(sold.path("active").asBoolean(true))
                    .as("whether DoorDash offers " + record + " of " + variations(id))
                    .isEqualTo(isOffered(record));
        }
        JsonNode priced = priced(record);
        if (isPlain && priced != null) {
            assertThat(sold.path("price").asLong())
                    .as("DoorDash's price of " + record)
                    .isEqualTo(cents(priced, 110));
        }
    }

    /** The dish itself or its only variation; null where several have a price, or one that depends on when and how. */
    private @Nullable JsonNode priced(JsonNode dish) {
        List<JsonNode> all = fields(dish).hasNonNull("price")
                ? List.of(dish)
                : variations(dish.path("id").asText());
        return all.size() == 1
                        && fields(all.get(0)).hasNonNull("price")
                        && fields(all.get(0)).path("price-rules").isEmpty()
                ? all.get(0)
                : null;
    }

    private boolean isOffered(JsonNode dish) {
        List<JsonNode> all = variations(dish.path("id").asText());
        return isForSale(dish)
                && (fields(dish).hasNonNull("price")
                        || all.isEmpty()
                        || all.stream().anyMatch(Sameness::isForSale));
    }

    private static boolean isForSale(JsonNode record) {
        JsonNode fields = fields(record);
        boolean isCounted = fields.path("stock-tracked").asBoolean();
        return fields.path("status").asText("for-sale").equals("for-sale")
                && !fields.path("visible").asText().equals("no")
                && !fields.path("archived").asBoolean()
                && (!isCounted || new BigDecimal(fields.path("quantity").asText("0")).signum() > 0);
    }

    /** Both ways: what is out there is off here, and the other way round; what is counted there has our quantity. */
    private void checkStockOfToast() throws IOException {
        JsonNode truth = live.stack().toast().look("truth?restaurant=" + everywhere.restaurant());
        Map<String, JsonNode> stock = new HashMap<>();
        truth.path("stock").forEach(each -> stock.put(each.path("guid").asText(), each));
        Set<String> guids = new TreeSet<>(truth.path("published").findValuesAsText("guid"));
        int compared = 0;
        for (String guid : guids) {
            JsonNode record = records.get("item/" + guid);
            if (record == null) {
                continue;
            }
            JsonNode level = stock.get(guid);
            boolean isOut = level != null && level.path("status").asText().equals("OUT_OF_STOCK");
            boolean isOff = !fields(record).path("status").asText("for-sale").equals("for-sale");
            assertThat(isOut)
                    .as("out of stock at Toast: " + level + " of " + record)
                    .isEqualTo(isOff);
            if (level != null && level.path("status").asText().equals("QUANTITY")) {
                assertThat(level.path("quantity").decimalValue())
                        .as("Toast's stock of " + record)
                        .isEqualByComparingTo(
                                new BigDecimal(fields(record).path("quantity").asText("0")));
            }
            compared++;
        }
        assertThat(compared).as("items compared at Toast").isPositive();
    }

    /** What a partner has not is what it will not have, and that is said with a reason. */
    private void assertRefused(String item, String link) throws IOException {
        String path = "/explain?kind=item&id=" + item + "&link=" + link;
        String answer = live.web()
                .get(live.url(merchant, path))
                .ok()
                .json()
                .path("answer")
                .asText();
        assertThat(answer)
                .as("why " + records.get("item/" + item) + " is missing at " + link)
                .contains("the partner will not have it");
    }

    private static long cents(JsonNode record, int percent) {
        return new BigDecimal(fields(record).path("price").path("amount").asText())
                .multiply(new BigDecimal(percent))
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }
}
