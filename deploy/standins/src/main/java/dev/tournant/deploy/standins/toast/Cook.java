package dev.tournant.deploy.standins.toast;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Dishes;
import dev.tournant.deploy.standins.core.Json;
import dev.tournant.deploy.standins.core.Luck;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Makes the parts of menus as a restaurant would have them. What the restaurants of a brand have in common (names, prices,
 * multi-location ids) is drawn from one random, their own guids from another. Same randoms, same parts.
 */
final class Cook {
    static final String BASE_PRICE = "BASE_PRICE";
    static final String MENU_SPECIFIC_PRICE = "MENU_SPECIFIC_PRICE";
    static final String TIME_SPECIFIC_PRICE = "TIME_SPECIFIC_PRICE";
    static final String SIZE_PRICE = "SIZE_PRICE";
    static final String OPEN_PRICE = "OPEN_PRICE";

    private static final List<String> SIZES = List.of("Small", "Medium", "Large");

    private final Random brand;
    private final Random own;
    private final MenuBook book;

    Cook(Random brand, Random own, MenuBook book) {
        this.brand = brand;
        this.own = own;
        this.book = book;
    }

    /** What every part begins with. */
    ObjectNode part(String name) {
        long master = 100_000_000_000_000_000L + (brand.nextLong() >>> 8);
        ObjectNode part = Json.object();
        part.put("name", name);
        part.put("guid", guid());
        part.put("multiLocationId", Long.toString(master));
        part.put("masterId", master);
        return part;
    }

    ObjectNode menu(String name, ObjectNode availability) {
        ObjectNode menu = part(name);
        menu.put("description", "");
        menu.set("availability", availability);
        menu.set("visibility", Json.texts(List.of("POS", "TOAST_ONLINE_ORDERING", "ORDERING_PARTNERS")));
        menu.putArray("menuGroups");
        return menu;
    }

    ObjectNode menuGroup(String name) {
        ObjectNode group = part(name);
        group.put("description", "");
        group.set("visibility", Json.texts(List.of("POS", "ORDERING_PARTNERS")));
        group.putArray("itemTags");
        group.putArray("menuGroups");
        group.putArray("menuItems");
        return group;
    }

    /** Always there. */
    static ObjectNode always() {
        ObjectNode availability = Json.object();
        availability.put("alwaysAvailable", true);
        availability.putArray("schedule");
        return availability;
    }

    /** There at some time of some days: an end before the start is on the next day, two midnights are the whole day. */
    static ObjectNode at(List<String> days, String start, String end) {
        ObjectNode availability = Json.object();
        availability.put("alwaysAvailable", false);
        availability.putArray("schedule").add(schedule(days, start, end));
        return availability;
    }

    private static ObjectNode schedule(List<String> days, String start, String end) {
        ObjectNode schedule = Json.object();
        schedule.set("days", Json.texts(days));
        schedule.putArray("timeRanges").addObject().put("start", start).put("end", end);
        return schedule;
    }

    /** An item with its price; its groups are added by the caller. */
    ObjectNode item(Dishes.Section section, String name) {
        ObjectNode item = part(name);
        double price = price(section.priceMin(), section.priceMax());
        item.put("kitchenName", chance(30) ? name.substring(0, Math.min(8, name.length())) : "");
        item.put("description", name + ", made to order. <b>" + section.name() + "</b> & more.");
        putBase(item, price);
        item.put("image", chance(40) ? "https://images.example.com/" + guid() + ".jpg" : null);
        item.set("visibility", Json.texts(List.of("POS", "ORDERING_PARTNERS")));
        item.set("taxInfo", Json.texts(List.of(taxGuid())));
        item.put("taxInclusion", "TAX_NOT_INCLUDED");
        item.putArray("itemTags");
        item.put("plu", chance(50) ? Integer.toString(1_000 + brand.nextInt(9_000)) : "");
        item.put("sku", chance(50) ? "SKU-" + (10_000 + brand.nextInt(90_000)) : "");
        item.putNull("prepTime");
        item.put("unitOfMeasure", "NONE");
        item.putArray("portions");
        item.putArray("modifierGroupReferences");
        return item;
    }

    static void putBase(ObjectNode node, double price) {
        node.put("price", price);
        node.put("pricingStrategy", BASE_PRICE);
        node.putNull("pricingRules");
    }

    /** The price is asked for at the till. */
    static void putOpen(ObjectNode item) {
        item.putNull("price");
        item.put("pricingStrategy", OPEN_PRICE);
        item.putNull("pricingRules");
    }

    /** Cheaper at some times of the week. */
    static void putByTime(ObjectNode item) {
        double base = item.path("price").asDouble();
        item.put("pricingStrategy", TIME_SPECIFIC_PRICE);
        ObjectNode rule =
                emptyRules(item).withArrayProperty("timeSpecificPricingRules").addObject();
        rule.put("timeSpecificPrice", dollars(Math.round(base * 80)));
        rule.put("basePrice", base);
        rule.putArray("schedule").add(schedule(List.of("MONDAY", "TUESDAY"), "16:00", "18:30"));
    }

    /** A price for each size, and a group to choose the size from. */
    void putBySize(ObjectNode item) {
        double base = item.path("price").asDouble();
        ObjectNode group = group("Size of " + MenuBook.text(item, "name"), 1, 1, "REQUIRED");
        group.put("pricingStrategy", SIZE_PRICE);
        item.putNull("price");
        item.put("pricingStrategy", SIZE_PRICE);
        ObjectNode rules = emptyRules(item);
        rules.put("sizeSpecificPricingGuid", MenuBook.text(group, "guid"));
        for (int at = 0; at < SIZES.size(); at++) {
            ObjectNode option = option(group, part(SIZES.get(at)), null);
            option.put("pricingStrategy", SIZE_PRICE);
            option.put("isDefault", at == 1);
            putSize(rules, option, dollars(Math.round(base * (80 + 20 * at))), 1);
        }
        item.withArrayProperty("modifierGroupReferences").insert(0, MenuBook.text(group, "guid"));
    }

    /** The more are taken, the less another costs. */
    static void putBySequence(ObjectNode group, double first) {
        group.put("pricingStrategy", SIZE_PRICE);
        ObjectNode size = Json.object().put("name", "Regular").put("guid", MenuBook.text(group, "guid"));
        putSize(emptyRules(group), size, first, 3);
    }

    private static void putSize(ObjectNode rules, ObjectNode size, double first, int sequences) {
        ObjectNode rule = rules.withArrayProperty("sizeSequencePricingRules").addObject();
        rule.put("sizeName", MenuBook.text(size, "name"));
        rule.put("sizeGuid", MenuBook.text(size, "guid"));
        ArrayNode prices = rule.putArray("sequencePrices");
        for (int at = 1; at <= sequences; at++) {
            prices.addObject().put("sequence", at).put("price", dollars(Math.round(first * 100 / at)));
        }
    }

    private static ObjectNode emptyRules(ObjectNode node) {
        ObjectNode rules = node.putObject("pricingRules");
        rules.putArray("timeSpecificPricingRules");
        rules.putNull("sizeSpecificPricingGuid");
        rules.putArray("sizeSequencePricingRules");
        return rules;
    }

    /** A group without options; {@code max} null sets no limit. */
    ObjectNode group(String name, int min, @Nullable Integer max, String requiredMode) {
        ObjectNode group = part(name);
        group.put("pricingStrategy", BASE_PRICE);
        group.putNull("pricingRules");
        group.put("minSelections", min);
        group.put("maxSelections", max);
        group.put("requiredMode", requiredMode);
        group.put("isMultiSelect", max == null || max > 1);
        group.put("defaultOptionsChargePrice", "NO");
        group.set("visibility", Json.texts(List.of("POS", "ORDERING_PARTNERS")));
        group.putNull("preModifierGroupReference");
        group.putArray("modifierOptionReferences");
        book.addGroup(group);
        return group;
    }

    /** A modifier of a group: its guid is that of the item it stands for, which may be on a menu too. */
    ObjectNode option(ObjectNode group, ObjectNode item, @Nullable Double price) {
        ObjectNode option = Json.object();
        option.put("name", MenuBook.text(item, "name"));
        option.put("guid", MenuBook.text(item, "guid"));
        option.put("multiLocationId", MenuBook.text(item, "multiLocationId"));
        option.set("masterId", item.path("masterId"));
        option.put("price", price);
        option.put("pricingStrategy", BASE_PRICE);
        option.putNull("pricingRules");
        option.put("isDefault", false);
        option.put("allowsDuplicates", chance(20));
        option.putArray("portions");
        option.putArray("modifierGroupReferences");
        String key = MenuBook.text(group, "guid") + "/" + MenuBook.text(item, "guid");
        book.options().put(key, option);
        group.withArrayProperty("modifierOptionReferences").add(key);
        return option;
    }

    /** EXTRA, NO and ON THE SIDE, to be said before a modifier. */
    ObjectNode preGroup() {
        ObjectNode group = part("Pre-modifiers");
        ArrayNode modifiers = group.putArray("preModifiers");
        putPre(modifiers.addObject(), "EXTRA", null, 2.0, true);
        putPre(modifiers.addObject(), "NO", 0.0, null, false);
        putPre(modifiers.addObject(), "SIDE", 0.5, null, false);
        book.preGroups().put(MenuBook.text(group, "guid"), group);
        return group;
    }

    private void putPre(ObjectNode to, String name, @Nullable Double fixed, @Nullable Double factor, boolean extra) {
        to.setAll(part(name));
        to.put("fixedPrice", fixed);
        to.put("multiplicationFactor", factor);
        to.put("displayMode", "PREFIX");
        to.put("chargeAsExtra", extra);
    }

    /** In dollars, in steps of a quarter, or a cent less, from hundredths. */
    double price(int minCents, int maxCents) {
        return dollars(minCents + 25L * brand.nextInt((maxCents - minCents) / 25 + 1) - (chance(50) ? 1 : 0));
    }

    static double dollars(long cents) {
        return cents / 100.0;
    }

    boolean chance(int percent) {
        return brand.nextInt(100) < percent;
    }

    private String guid() {
        return Luck.uuid(own).toString();
    }

    private String taxGuid() {
        return new java.util.UUID(0x4000L, 0x8000_0000_0000_0000L + brand.nextInt(2)).toString();
    }
}
