package dev.tournant.deploy.standins.square;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Dishes;
import dev.tournant.deploy.standins.core.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes catalog objects as a restaurant would have them, without versions and times. Same random, same objects. */
final class Kitchen {
    private final Random random;
    private final Ids ids;
    private final String currency;
    private final List<String> locationIds;

    Kitchen(Random random, Ids ids, String currency, List<String> locationIds) {
        this.random = random;
        this.ids = ids;
        this.currency = currency;
        this.locationIds = List.copyOf(locationIds);
    }

    /** What an item may refer to. */
    record Shelf(List<String> taxes, List<String> images, List<ObjectNode> modifierLists) {
        Shelf {
            taxes = List.copyOf(taxes);
            images = List.copyOf(images);
            modifierLists = List.copyOf(modifierLists);
        }
    }

    ObjectNode object(String type) {
        ObjectNode object = Json.object();
        object.put("type", type);
        object.put("id", ids.object());
        object.put("is_deleted", false);
        object.put("present_at_all_locations", true);
        return object;
    }

    ObjectNode item(Dishes.Section section, String name, String categoryId, Shelf shelf) {
        ObjectNode item = object(Shape.ITEM);
        ObjectNode data = Shape.data(item);
        String description = name + ", made to order. <" + section.name() + "> favourite & more.";
        data.put("name", name);
        data.put("description", description);
        data.put(
                "description_html",
                "<p>" + name + ", made to order. &lt;" + section.name() + "&gt; favourite &amp; more.</p>");
        data.put("description_plaintext", description);
        data.put("is_taxable", true);
        data.set("tax_ids", Json.texts(shelf.taxes().subList(0, 1)));
        data.putArray("categories")
                .addObject()
                .put("id", categoryId)
                .put("ordinal", -2251800887427072L + random.nextInt(1 << 20));
        data.putObject("reporting_category").put("id", categoryId).put("ordinal", -2251800887427072L);
        data.put("product_type", section.food() ? "FOOD_AND_BEV" : "REGULAR");
        data.put("skip_modifier_screen", false);
        data.put("is_archived", chance(2));
        data.put("is_alcoholic", section.name().startsWith("Beer"));
        if (!shelf.images().isEmpty() && chance(60)) {
            data.putArray("image_ids").add(pick(shelf.images()));
        }
        if (section.food()) {
            putFoodDetails(data);
        }
        putVariations(item, section, name);
        putModifierLists(data, section, shelf.modifierLists());
        if (locationIds.size() > 1 && chance(6)) {
            item.put("present_at_all_locations", false);
            item.putArray("present_at_location_ids").add(locationIds.get(0));
        }
        return item;
    }

    private void putFoodDetails(ObjectNode data) {
        ObjectNode details = data.putObject("food_and_beverage_details");
        details.put("calorie_count", 150 + random.nextInt(900));
        ArrayNode preferences = details.putArray("dietary_preferences");
        if (chance(30)) {
            preferences.addObject().put("type", "STANDARD").put("standard_name", chance(50) ? "VEGAN" : "VEGETARIAN");
        }
        ArrayNode ingredients = details.putArray("ingredients");
        if (chance(40)) {
            ingredients.addObject().put("type", "STANDARD").put("standard_name", chance(50) ? "GLUTEN" : "MILK");
        }
    }

    private void putVariations(ObjectNode item, Dishes.Section section, String name) {
        List<String> sizes = switch (random.nextInt(5)) {
            case 0 -> List.of("Small", "Medium", "Large");
            case 1 -> List.of("Regular", "Large");
            case 2 -> chance(20) ? List.of("Half | half", "Whole") : List.of("Regular");
            default -> List.of("Regular");
        };
        boolean tracked = chance(25);
        int price = price(section);
        ArrayNode variations = Shape.childArray(item);
        for (int at = 0; at < sizes.size(); at++) {
            ObjectNode variation = object(Shape.VARIATION);
            ObjectNode data = Shape.data(variation);
            data.put("item_id", Shape.id(item));
            data.put("name", sizes.get(at));
            if (chance(80)) {
                data.put("sku", sku(name, sizes.get(at)));
            }
            data.put("ordinal", at);
            putPrice(data, price + at * price / 4);
            putOverrides(data, price + at * price / 4);
            data.put("track_inventory", tracked);
            data.put("sellable", true);
            data.put("stockable", true);
            variations.add(variation);
        }
    }

    private void putPrice(ObjectNode data, int price) {
        if (chance(3)) {
            data.put("pricing_type", "VARIABLE_PRICING");
        } else {
            data.put("pricing_type", "FIXED_PRICING");
            data.set("price_money", money(price));
        }
    }

    private void putOverrides(ObjectNode data, int price) {
        if (chance(15)) {
            ObjectNode override = data.withArrayProperty("location_overrides").addObject();
            override.put("location_id", pick(locationIds));
            override.set("price_money", money(price + 50));
            override.put("pricing_type", "FIXED_PRICING");
        } else if (chance(8)) {
            ObjectNode override = data.withArrayProperty("location_overrides").addObject();
            override.put("location_id", pick(locationIds));
            override.put("sold_out", true);
        }
    }

    private void putModifierLists(ObjectNode data, Dishes.Section section, List<ObjectNode> lists) {
        int links = lists.isEmpty() ? 0 : random.nextInt(section.food() ? 4 : 2);
        List<ObjectNode> left = new ArrayList<>(lists);
        for (int at = 0; at < links && !left.isEmpty(); at++) {
            ObjectNode list = left.remove(random.nextInt(left.size()));
            ObjectNode info = data.withArrayProperty("modifier_list_info").addObject();
            info.put("modifier_list_id", Shape.id(list));
            boolean own = chance(20);
            info.put("min_selected_modifiers", own ? 0 : -1);
            info.put("max_selected_modifiers", own ? 2 : -1);
            info.put("enabled", !chance(4));
            info.put("ordinal", at);
            info.put("allow_quantities", triState());
            info.put("is_conversational", triState());
            info.put("hidden_from_customer_override", triState());
            List<ObjectNode> modifiers = Shape.children(list);
            if (!modifiers.isEmpty() && chance(35)) {
                info.putArray("modifier_overrides")
                        .addObject()
                        .put("modifier_id", Shape.id(pick(modifiers)))
                        .put("on_by_default_override", triState())
                        .put("hidden_online_override", triState());
            }
        }
    }

    /** What dishes of any section choose from. */
    List<ObjectNode> modifierLists() {
        return List.of(
                modifierList("Cooked", 1, 1, List.of("Medium", "Rare", "Medium rare", "Well done"), 0),
                modifierList("Extras", 0, 0, List.of("Bacon", "Cheddar", "Egg", "Avocado", "Jalapeños"), 300),
                modifierList("Sauces", -1, -1, List.of("Ketchup", "Mayo", "BBQ", "Aioli", "Hot sauce"), 100),
                modifierList("Side", 1, 1, List.of("Fries", "Salad", "Soup", "Onion rings"), 250),
                modifierList("Milk", 0, 1, List.of("Whole", "Skimmed", "Oat", "Almond"), 75),
                modifierList("Leave out", 0, 5, List.of("No onion", "No garlic", "No nuts", "No salt"), 0),
                modifierList("Bread", 1, 2, List.of("Brioche", "Sourdough", "Gluten free"), 150),
                modifierList("Note to the kitchen", -1, -1, List.of(), 0));
    }

    ObjectNode modifierList(String name, int min, int max, List<String> modifiers, int priceMax) {
        ObjectNode list = object(Shape.MODIFIER_LIST);
        ObjectNode data = Shape.data(list);
        data.put("name", name);
        data.put("selection_type", max == 1 ? "SINGLE" : "MULTIPLE");
        data.put("min_selected_modifiers", min);
        data.put("max_selected_modifiers", max);
        data.put("allow_quantities", false);
        data.put("is_conversational", false);
        data.put("hidden_from_customer", false);
        data.put("internal_name", name);
        if (modifiers.isEmpty()) {
            data.put("modifier_type", "TEXT");
            data.put("max_length", 120);
            data.put("text_required", false);
            return list;
        }
        data.put("modifier_type", "LIST");
        for (int at = 0; at < modifiers.size(); at++) {
            ObjectNode modifier = object(Shape.MODIFIER);
            ObjectNode own = Shape.data(modifier);
            own.put("name", modifiers.get(at));
            own.set("price_money", money(priceMax == 0 ? 0 : 25 * random.nextInt(priceMax / 25 + 1)));
            own.put("on_by_default", at == 0 && min == 1);
            own.put("ordinal", at);
            own.put("modifier_list_id", Shape.id(list));
            own.put("hidden_online", chance(5));
            Shape.childArray(list).add(modifier);
        }
        return list;
    }

    ObjectNode category(String name, int ordinal, String parentId, String rootId) {
        ObjectNode category = object(Shape.CATEGORY);
        ObjectNode data = Shape.data(category);
        data.put("name", name);
        data.put("category_type", "MENU_CATEGORY");
        data.put("is_top_level", parentId.isEmpty());
        data.put("online_visibility", true);
        if (!parentId.isEmpty()) {
            data.putObject("parent_category").put("id", parentId).put("ordinal", ordinal);
            data.put("root_category", rootId);
        }
        return category;
    }

    ObjectNode tax(String name, String percentage) {
        ObjectNode tax = object(Shape.TAX);
        ObjectNode data = Shape.data(tax);
        data.put("name", name);
        data.put("calculation_phase", "TAX_SUBTOTAL_PHASE");
        data.put("inclusion_type", currency.equals("USD") ? "ADDITIVE" : "INCLUSIVE");
        data.put("percentage", percentage);
        data.put("applies_to_custom_amounts", true);
        data.put("enabled", true);
        return tax;
    }

    ObjectNode image(int nth) {
        ObjectNode image = object(Shape.IMAGE);
        Shape.data(image)
                .put("name", "dish-" + nth + ".jpg")
                .put("url", "https://items-images.example.com/files/" + Shape.id(image) + "/original.jpeg")
                .put("caption", "Plated dish " + nth);
        return image;
    }

    ObjectNode availability(String day, String start, String end) {
        ObjectNode period = object(Shape.AVAILABILITY_PERIOD);
        Shape.data(period)
                .put("day_of_week", day)
                .put("start_local_time", start)
                .put("end_local_time", end);
        return period;
    }

    ObjectNode money(long amount) {
        return Json.object().put("amount", amount).put("currency", currency);
    }

    private int price(Dishes.Section section) {
        int steps = (section.priceMax() - section.priceMin()) / 25;
        return section.priceMin() + 25 * random.nextInt(steps + 1);
    }

    private String sku(String name, String size) {
        return name.substring(0, 3).toUpperCase(java.util.Locale.ROOT) + "-" + size.charAt(0) + "-"
                + (10_000 + random.nextInt(90_000));
    }

    private String triState() {
        return List.of("NOT_SET", "NOT_SET", "YES", "NO").get(random.nextInt(4));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
