package dev.tournant.deploy.standins.potluck;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Dishes;
import dev.tournant.deploy.standins.core.Json;
import dev.tournant.deploy.standins.core.Ticks;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;

/** The seeded locations: same seed, same ids and menus. */
final class LocationSeed {
    private static final int LOCATIONS_AN_ACCOUNT = 2;
    private static final List<String> DAYS = List.of("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN");
    private static final List<String> MILKS = List.of("Whole", "Oat", "Soy", "Almond");
    private static final List<String> SIZES = List.of("Small", "Regular", "Large");
    private static final int EXTRA_STEP = 25;

    private final PotluckSettings settings;
    private final Random random;

    LocationSeed(PotluckSettings settings) {
        this.settings = settings;
        this.random = new Random(settings.seed());
    }

    List<Location> locations(InstantSource clock, Location.Watcher watcher) {
        List<Location> all = new ArrayList<>();
        for (int nth = 0; nth < settings.locations(); nth++) {
            String account = "acc-" + (nth / LOCATIONS_AN_ACCOUNT + 1);
            Location location = new Location("loc-" + (nth + 1), account, new Ticks(clock), watcher);
            location.putStore(store(nth), OptionalLong.empty());
            menu(location);
            all.add(location);
        }
        return List.copyOf(all);
    }

    private static ObjectNode store(int nth) {
        String name = Dishes.RESTAURANTS.get(nth % Dishes.RESTAURANTS.size());
        String district = Dishes.DISTRICTS.get(nth % Dishes.DISTRICTS.size());
        ObjectNode store = Json.object()
                .put("name", name + " " + district)
                .put("time_zone", "America/New_York")
                .put("currency", "USD")
                .put("phone", "+1 212 555 0100")
                .put("taking_orders", true);
        ArrayNode hours = store.putArray("opening_hours");
        DAYS.forEach(day ->
                hours.addObject().put("weekday", day).put("opens", "11:00").put("closes", "23:00"));
        store.putArray("special_days").addObject().put("date", "2026-12-25").put("closed", true);
        return store;
    }

    private void menu(Location location) {
        List<String> groups = List.of(group(location, "Milk", MILKS, 1), group(location, "Size", SIZES, 2));
        Map<String, String> categories = new HashMap<>();
        List<String> sections = new ArrayList<>();
        for (Dishes.Section section : Dishes.SECTIONS) {
            sections.add(category(location, section, categories));
        }
        for (int nth = 0; nth < settings.items(); nth++) {
            int at = nth % sections.size();
            item(location, Dishes.SECTIONS.get(at), sections.get(at), nth, groups);
        }
    }

    private String group(Location location, String name, List<String> options, int most) {
        ObjectNode group = Json.object().put("name", name);
        group.putObject("choose").put("least", 0).put("most", most);
        ArrayNode list = group.putArray("options");
        for (int nth = 0; nth < options.size(); nth++) {
            list.addObject()
                    .put("name", options.get(nth))
                    .put("price_minor", nth * EXTRA_STEP)
                    .put("position", nth + 1)
                    .put("icon", "icon-" + nth);
        }
        return location.create(Sort.OPTION_GROUP, group).path("id").asText();
    }

    private static String category(Location location, Dishes.Section section, Map<String, String> byName) {
        ObjectNode category =
                Json.object().put("name", section.name()).put("online", true).put("colour", "red");
        if (!section.parent().isEmpty()) {
            String parent = byName.computeIfAbsent(
                    section.parent(),
                    name -> location.create(
                                    Sort.CATEGORY,
                                    Json.object().put("name", name).put("online", true))
                            .path("id")
                            .asText());
            category.put("parent_id", parent).put("position", byName.size());
        }
        return location.create(Sort.CATEGORY, category).path("id").asText();
    }

    private void item(Location location, Dishes.Section section, String category, int nth, List<String> groups) {
        int price = section.priceMin() + random.nextInt(section.priceMax() - section.priceMin());
        ObjectNode item = Json.object()
                .put("name", Dishes.name(section, nth / Dishes.SECTIONS.size(), random))
                .put("sku", "SKU-" + (nth + 1))
                .put("price_minor", price)
                .put("state", "ON_SALE")
                .put("stock", random.nextInt(40))
                .put("alcohol", section.name().startsWith("Beer"));
        item.putObject("text").put("long", section.name() + " of the house.").put("short", section.name());
        item.putArray("in")
                .addObject()
                .put("category", category)
                .put("position", nth)
                .put("since", "2020");
        if (!section.food()) {
            ArrayNode list = item.putArray("groups");
            groups.forEach(group -> list.addObject().put("id", group).put("position", list.size()));
        }
        item.putObject("vat").put("id", 9);
        location.create(Sort.ITEM, item);
    }
}
