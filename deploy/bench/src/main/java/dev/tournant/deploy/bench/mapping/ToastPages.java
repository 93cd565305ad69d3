package dev.tournant.deploy.bench.mapping;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Documents;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.UUID;

/** A made-up restaurant's menus in Toast's shape: groups in groups, prices as doubles, references by number. */
final class ToastPages {
    static final String RESTAURANT = "5f8a1f7e-0000-4000-8000-000000000001";

    private static final int GROUPS = 60;
    private static final int OPTIONS = 8;
    private static final int ITEMS_A_GROUP = 50;

    private final Random random = new Random(7);
    private final ObjectNode page = Documents.empty();

    private ToastPages() {}

    static byte[] page(int items) {
        ToastPages pages = new ToastPages();
        pages.page
                .put("restaurantGuid", RESTAURANT)
                .put("lastUpdated", "2026-11-22T10:00:00.000+0000")
                .put("restaurantTimeZone", "America/New_York");
        pages.menus(items);
        pages.references();
        return Documents.text(pages.page).getBytes(StandardCharsets.UTF_8);
    }

    private String guid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private ObjectNode named(ArrayNode into, String name) {
        return into.addObject().put("name", name).put("guid", guid()).put("multiLocationId", "" + random.nextInt());
    }

    private void menus(int items) {
        ObjectNode menu = named(page.putArray("menus"), "All day");
        menu.putObject("availability").put("alwaysAvailable", true);
        menu.putArray("visibility").add("POS").add("ORDERING_PARTNERS");
        ArrayNode groups = menu.putArray("menuGroups");
        for (int from = 0; from < items; from += ITEMS_A_GROUP) {
            ObjectNode group = named(groups, "Group " + from / ITEMS_A_GROUP);
            group.putArray("menuItems");
            ArrayNode inner = named(group.putArray("menuGroups"), "More of it").putArray("menuItems");
            for (int i = from; i < Math.min(items, from + ITEMS_A_GROUP); i++) {
                item(inner, i);
            }
        }
    }

    private void item(ArrayNode into, int i) {
        ObjectNode item = named(into, "Dish number " + i);
        item.put("description", "A dish with everything that belongs to it, no. " + i)
                .put("kitchenName", "DISH " + i);
        item.put("price", (500 + random.nextInt(2_000)) / 100.0).put("pricingStrategy", "BASE_PRICE");
        item.put("plu", "" + i).put("sku", "SKU" + i).put("isDeferred", false).put("taxInclusion", "TAX_NOT_INCLUDED");
        item.putArray("visibility").add("POS").add("ORDERING_PARTNERS");
        item.putArray("taxInfo").add("tax-guid");
        item.putArray("itemTags");
        item.putArray("portions");
        item.putArray("modifierGroupReferences").add(1 + i % GROUPS).add(1 + (i + 1) % GROUPS);
    }

    private void references() {
        ObjectNode groups = page.putObject("modifierGroupReferences");
        ObjectNode options = page.putObject("modifierOptionReferences");
        for (int g = 1; g <= GROUPS; g++) {
            ObjectNode group =
                    groups.putObject("" + g).put("name", "Extras " + g).put("guid", guid());
            group.put("referenceId", g).put("pricingStrategy", "NONE").put("requiredMode", "OPTIONAL");
            group.put("minSelections", 0).putNull("maxSelections").put("isMultiSelect", true);
            ArrayNode mine = group.putArray("modifierOptionReferences");
            for (int o = 0; o < OPTIONS; o++) {
                int reference = g * 100 + o;
                mine.add(reference);
                ObjectNode option = options.putObject("" + reference)
                        .put("name", "Extra " + o)
                        .put("guid", guid());
                option.put("referenceId", reference).put("price", o / 2.0).put("pricingStrategy", "BASE_PRICE");
                option.put("isDefault", o == 0).put("allowsDuplicates", false);
                option.putArray("modifierGroupReferences");
            }
        }
        page.putObject("preModifierGroupReferences");
    }
}
