package dev.tournant.deploy.standins.toast;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Dishes;
import dev.tournant.deploy.standins.core.Json;
import dev.tournant.deploy.standins.core.Luck;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Opens a restaurant with menus, published once, and stock. Same seed and same number, same restaurant. Restaurants of a
 * brand share names and multi-location ids; guids are their own, and so are some prices.
 */
final class RestaurantSeed {
    static final int LOCATIONS_A_BRAND = 3;

    private static final long PUBLISHED =
            Instant.parse("2025-03-03T09:00:00.007Z").toEpochMilli();
    /** The first items take every strategy in turn, so that even a small menu has them all. */
    private static final int STRATEGIES = 5;

    private static final List<String> DAYS =
            List.of("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY");

    private record Place(String currency, List<String> zones) {}

    private static final List<Place> PLACES = List.of(
            new Place("USD", List.of("America/New_York", "America/Chicago", "America/Los_Angeles")),
            new Place("CAD", List.of("America/Toronto", "America/Vancouver", "America/Halifax")),
            new Place("USD", List.of("America/Phoenix", "America/Denver", "Pacific/Honolulu")),
            new Place("GBP", List.of("Europe/London")),
            new Place("EUR", List.of("Europe/Dublin")));

    private final Random brand;
    private final MenuBook book = new MenuBook();
    private final Cook cook;
    private final List<ObjectNode> modifierGroups = new ArrayList<>();

    private RestaurantSeed(Random brand, Random own) {
        this.brand = brand;
        this.cook = new Cook(brand, own, book);
    }

    static Restaurant open(long seed, int nth, int items, InstantSource clock, Restaurant.Watcher watcher) {
        int brandNumber = nth / LOCATIONS_A_BRAND;
        int location = nth % LOCATIONS_A_BRAND;
        Random brand = new Random(seed * 1_000_003L + brandNumber);
        Random own = new Random(~(seed * 1_000_003L + nth));
        String group = Luck.uuid(brand).toString();
        Place place = PLACES.get(brandNumber % PLACES.size());
        Restaurant.Identity identity = new Restaurant.Identity(
                Luck.uuid(own).toString(),
                Dishes.RESTAURANTS.get(brandNumber % Dishes.RESTAURANTS.size())
                        + (brandNumber < Dishes.RESTAURANTS.size() ? "" : " " + (brandNumber / 10 + 1)),
                Dishes.DISTRICTS.get(location),
                place.zones().get(location % place.zones().size()),
                place.currency(),
                group);
        RestaurantSeed opened = new RestaurantSeed(brand, own);
        opened.write(items);
        opened.raisePrices(location);
        Restaurant restaurant =
                new Restaurant(identity, info(identity, location), opened.book, own.nextLong(), clock, watcher);
        restaurant.seed(restaurant.publish(), PUBLISHED + nth * 1_000L);
        opened.stock(restaurant, own);
        return restaurant;
    }

    private void write(int items) {
        modifiers();
        List<ObjectNode> sides = new ArrayList<>();
        Map<String, ObjectNode> groups = menus();
        for (int at = 0; at < items; at++) {
            Dishes.Section section = Dishes.SECTIONS.get(at % Dishes.SECTIONS.size());
            ObjectNode item = cook.item(section, Dishes.name(section, at / Dishes.SECTIONS.size(), brand));
            book.addItem(item);
            book.place(groups.getOrDefault(section.name(), Json.object()), item);
            price(item, at);
            modify(item, section);
            if (section.name().equals("Sides") && sides.size() < 4) {
                sides.add(item);
            }
        }
        sides(sides);
        lateNight(groups);
    }

    private void price(ObjectNode item, int at) {
        int strategy = at < STRATEGIES ? at : cook.chance(80) ? 0 : brand.nextInt(STRATEGIES);
        switch (strategy) {
            case 1 -> cook.putBySize(item);
            case 2 -> Cook.putByTime(item);
            case 3 -> Cook.putOpen(item);
            case 4 -> {
                if (at >= STRATEGIES) {
                    // Somebody forgot, and Toast puts these words where a name is missing.
                    item.put("name", "Missing name");
                }
            }
            default -> {}
        }
    }

    private void modify(ObjectNode item, Dishes.Section section) {
        int links = brand.nextInt(section.food() ? 4 : 2);
        for (int at = 0; at < links; at++) {
            ObjectNode group = modifierGroups.get((brand.nextInt(modifierGroups.size()) + at) % modifierGroups.size());
            item.withArrayProperty("modifierGroupReferences").add(MenuBook.text(group, "guid"));
        }
        if (section.name().equals("Pizza")) {
            portion(item, "First half");
            portion(item, "Second half");
        }
    }

    private void portion(ObjectNode item, String name) {
        ObjectNode portion = cook.part(name);
        portion.putArray("modifierGroupReferences").add(MenuBook.text(modifierGroups.get(0), "guid"));
        portion.put("priceScaleFactor", 0.5);
        item.withArrayProperty("portions").add(portion);
    }

    /** Groups with and without limits, nested ones among them. */
    private void modifiers() {
        String pre = MenuBook.text(cook.preGroup(), "guid");
        ObjectNode toppings = group("Toppings", 0, null, "OPTIONAL", List.of("Bacon", "Cheddar", "Egg", "Rocket"));
        toppings.put("preModifierGroupReference", pre);
        Cook.putBySequence(toppings, 1.5);
        ObjectNode cooked = group("Cooked", 1, 1, "REQUIRED", List.of("Medium", "Rare", "Medium rare", "Well done"));
        ObjectNode sauces = group("Sauces", 0, 2, "OPTIONAL_FORCE_SHOW", List.of("Ketchup", "Aioli", "Hot sauce"));
        sauces.put("defaultOptionsChargePrice", "YES");
        ObjectNode bread = group("Bread", 1, 2, "REQUIRED", List.of("Brioche", "Sourdough"));
        ObjectNode butter = group("Butter", 0, null, "OPTIONAL", List.of("Salted", "Herb"));
        nest(bread, butter);
        nest(butter, group("How much", 0, 1, "OPTIONAL", List.of("A little", "A lot")));
        modifierGroups.addAll(List.of(toppings, cooked, sauces, bread));
    }

    private ObjectNode group(String name, int min, @Nullable Integer max, String mode, List<String> names) {
        ObjectNode group = cook.group(name, min, max, mode);
        for (String each : names) {
            ObjectNode option = cook.option(group, cook.part(each), mode.equals("REQUIRED") ? 0 : cook.price(25, 300));
            option.put("isDefault", each.equals(names.get(0)) && min > 0);
        }
        return group;
    }

    /** The first modifier of a group gets modifiers of its own. */
    private void nest(ObjectNode outer, ObjectNode inner) {
        ObjectNode option = book.options()
                .get(outer.path("modifierOptionReferences").path(0).asText());
        if (option != null) {
            option.withArrayProperty("modifierGroupReferences").add(MenuBook.text(inner, "guid"));
        }
    }

    /** A group whose modifiers stand for items that are on the menu too, at another price. */
    private void sides(List<ObjectNode> sides) {
        ObjectNode group = cook.group("Choice of side", 0, 3, "OPTIONAL");
        sides.forEach(side -> cook.option(group, side, cook.price(100, 400)));
        book.items().values().stream()
                .filter(item -> MenuBook.text(item, "name").contains("Burger"))
                .forEach(item ->
                        item.withArrayProperty("modifierGroupReferences").add(MenuBook.text(group, "guid")));
    }

    private Map<String, ObjectNode> menus() {
        Map<String, ObjectNode> groups = new LinkedHashMap<>();
        ObjectNode food = cook.menu("All day", Cook.always());
        ObjectNode bar = cook.menu("Bar", Cook.at(DAYS, "00:00", "00:00"));
        ObjectNode breakfast = cook.menu("Breakfast", Cook.at(DAYS.subList(0, 5), "07:00", "11:30"));
        book.menus().addAll(List.of(food, bar, breakfast));
        for (Dishes.Section section : Dishes.SECTIONS) {
            ObjectNode menu = section.name().equals("Breakfast")
                    ? breakfast
                    : section.parent().equals("Drinks") ? bar : food;
            ObjectNode parent = section.parent().isEmpty()
                    ? menu
                    : groups.computeIfAbsent(section.parent(), name -> added(menu, cook.menuGroup(name)));
            groups.put(section.name(), added(parent, cook.menuGroup(section.name())));
        }
        return groups;
    }

    private static ObjectNode added(ObjectNode parent, ObjectNode group) {
        parent.withArrayProperty("menuGroups").add(group);
        return group;
    }

    /** Some dishes a second time, at a price of this menu, until past midnight. */
    private void lateNight(Map<String, ObjectNode> groups) {
        ObjectNode menu = cook.menu("Late night", Cook.at(List.of("FRIDAY", "SATURDAY"), "22:00", "02:00"));
        ObjectNode group = added(menu, cook.menuGroup("Until two"));
        groups.getOrDefault("Starters", Json.object()).path("menuItems").forEach(place -> {
            ObjectNode item = book.items().get(MenuBook.text(place, MenuBook.PLACED_ITEM));
            if (item != null && MenuBook.text(item, "pricingStrategy").equals(Cook.BASE_PRICE)) {
                book.place(group, item);
                ObjectNode late = (ObjectNode) group.withArrayProperty("menuItems")
                        .get(group.path("menuItems").size() - 1);
                late.put(
                        MenuBook.MENU_PRICE,
                        Cook.dollars(Math.round(item.path("price").asDouble() * 100) + 150));
            }
        });
        book.menus().add(menu);
    }

    /** The further locations of a brand ask for a little more. */
    private void raisePrices(int location) {
        for (ObjectNode item : book.items().values()) {
            if (location > 0 && MenuBook.text(item, "pricingStrategy").equals(Cook.BASE_PRICE)) {
                item.put("price", Cook.dollars(Math.round(item.path("price").asDouble() * 100) + 50L * location));
            }
        }
    }

    private void stock(Restaurant restaurant, Random own) {
        for (String guid : book.stockable().keySet()) {
            int drawn = own.nextInt(100);
            if (drawn < 5) {
                restaurant.stock().set(guid, Stock.Level.OUT_OF_STOCK);
            } else if (drawn < 15) {
                restaurant.stock().set(guid, Stock.Level.quantity(1 + own.nextInt(30)));
            }
        }
    }

    private static ObjectNode info(Restaurant.Identity identity, int location) {
        ObjectNode info = Json.object();
        info.put("guid", identity.guid());
        info.putObject("general")
                .put("name", identity.name())
                .put("locationName", identity.location())
                .put("locationCode", Integer.toString(location + 1))
                .put("description", "")
                .put("timeZone", identity.timeZone())
                .put("closeoutHour", 3 + location)
                .put("managementGroupGuid", identity.groupGuid())
                .put("currencyCode", identity.currency())
                .put("archived", false);
        ObjectNode days = info.putObject("schedules").putObject("daySchedules");
        putDay(days, "1", "Weekdays", "08:00:00.000", "22:00:00.000");
        putDay(days, "2", "Weekend", "10:00:00.000", "02:00:00.000");
        ObjectNode week = info.withObjectProperty("schedules").putObject("weekSchedule");
        for (String day : DAYS) {
            boolean late = day.equals("FRIDAY") || day.equals("SATURDAY");
            week.put(day.toLowerCase(java.util.Locale.ROOT), late ? "2" : "1");
        }
        if (location == 1) {
            // Closed on Mondays.
            week.putNull("monday");
        }
        return info;
    }

    private static void putDay(ObjectNode days, String id, String name, String open, String close) {
        ObjectNode day = days.putObject(id);
        day.put("scheduleName", name);
        ObjectNode service = day.putArray("services").addObject();
        service.put("name", "All day");
        service.putObject("hours").put("startTime", open).put("endTime", close);
        service.put("overnight", close.compareTo(open) < 0);
        day.put("openTime", open);
        day.put("closeTime", close);
    }
}
