package dev.tournant.deploy.bench.mapping;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Documents;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** A page of a made-up catalogue in Square's shape: dishes with two variations each, categories, lists of modifiers. */
final class SquarePages {
    static final String HERE = "HERE";

    private static final int CATEGORIES = 40;
    private static final int LISTS = 60;
    private static final int MODIFIERS = 8;

    private final Random random = new Random(7);
    private final ArrayNode objects;
    private final ObjectNode page = Documents.empty();

    private SquarePages() {
        this.objects = page.putArray("objects");
    }

    /** @param items dishes; there are three items of ours in each */
    static byte[] page(int items) {
        SquarePages pages = new SquarePages();
        for (int i = 0; i < CATEGORIES; i++) {
            pages.category(i);
        }
        for (int i = 0; i < LISTS; i++) {
            pages.list(i);
        }
        for (int i = 0; i < items; i++) {
            pages.item(i);
        }
        pages.page.put("latest_time", "2026-11-22T12:00:00.000Z");
        return Documents.text(pages.page).getBytes(StandardCharsets.UTF_8);
    }

    private ObjectNode object(ArrayNode into, String type, String id) {
        return into.addObject()
                .put("type", type)
                .put("id", id)
                .put("version", 1_700_000_000_000L + random.nextInt(1_000_000))
                .put("updated_at", "2026-11-20T10:00:00." + (100 + random.nextInt(900)) + "Z")
                .put("is_deleted", false)
                .put("present_at_all_locations", true);
    }

    private void category(int i) {
        ObjectNode data = object(objects, "CATEGORY", "CATEGORY" + i).putObject("category_data");
        data.put("name", "Category " + i).put("online_visibility", true);
        data.putObject("parent_category").put("ordinal", -2_251_662_536_179_712L + i);
    }

    private void list(int i) {
        ObjectNode data = object(objects, "MODIFIER_LIST", "LIST" + i).putObject("modifier_list_data");
        data.put("name", "Extras " + i).put("ordinal", i).put("selection_type", "MULTIPLE");
        data.put("min_selected_modifiers", 0).put("max_selected_modifiers", -1).put("modifier_type", "LIST");
        ArrayNode modifiers = data.putArray("modifiers");
        for (int m = 0; m < MODIFIERS; m++) {
            ObjectNode modifier =
                    object(modifiers, "MODIFIER", "MODIFIER" + i + "-" + m).putObject("modifier_data");
            modifier.put("name", "Extra " + m).put("ordinal", m).put("modifier_list_id", "LIST" + i);
            modifier.put("on_by_default", m == 0);
            modifier.putObject("price_money").put("amount", 50 * m).put("currency", "USD");
        }
    }

    private void item(int i) {
        ObjectNode data = object(objects, "ITEM", "ITEM" + i).putObject("item_data");
        data.put("name", "Dish number " + i).put("description", "A dish with everything that belongs to it, no. " + i);
        data.put("is_taxable", true)
                .put("visibility", "PRIVATE")
                .put("product_type", "REGULAR")
                .put("is_archived", false);
        data.putArray("categories")
                .addObject()
                .put("id", "CATEGORY" + i % CATEGORIES)
                .put("ordinal", i);
        data.putArray("tax_ids").add("VAT");
        ArrayNode lists = data.putArray("modifier_list_info");
        for (int m = 0; m < 2; m++) {
            lists.addObject()
                    .put("modifier_list_id", "LIST" + (i + m) % LISTS)
                    .put("min_selected_modifiers", -1)
                    .put("max_selected_modifiers", 3)
                    .put("enabled", true);
        }
        ArrayNode variations = data.putArray("variations");
        for (int v = 0; v < 2; v++) {
            ObjectNode variation =
                    object(variations, "ITEM_VARIATION", "ITEM" + i + "-" + v).putObject("item_variation_data");
            variation
                    .put("item_id", "ITEM" + i)
                    .put("name", v == 0 ? "Small" : "Large")
                    .put("sku", "SKU" + i + "-" + v);
            variation.put("ordinal", v).put("pricing_type", "FIXED_PRICING").put("track_inventory", v == 0);
            variation
                    .putObject("price_money")
                    .put("amount", 500 + random.nextInt(2_000))
                    .put("currency", "USD");
            ObjectNode own = variation.putArray("location_overrides").addObject();
            own.put("location_id", HERE).put("sold_out", i % 20 == 0);
            own.putObject("price_money")
                    .put("amount", 500 + random.nextInt(2_000))
                    .put("currency", "USD");
        }
    }
}
