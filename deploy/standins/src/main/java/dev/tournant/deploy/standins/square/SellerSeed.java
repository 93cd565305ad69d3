package dev.tournant.deploy.standins.square;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Dishes;
import dev.tournant.deploy.standins.core.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Opens a seller with locations, menu and stock. Same seed and same number, same seller, times included. */
final class SellerSeed {
    /** When the oldest seeded object was made; the rest follow within a few months. */
    private static final long OPENED = Instant.parse("2025-03-03T09:00:00Z").toEpochMilli();

    private static final long SPREAD_MILLIS = 120_000_000L;
    private static final List<String> DAYS = List.of("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN");

    private record Place(String currency, String country, String language, List<String> zones) {}

    private static final List<Place> PLACES = List.of(
            new Place("USD", "US", "en-US", List.of("America/New_York", "America/Chicago", "America/Los_Angeles")),
            new Place("USD", "US", "en-US", List.of("America/Los_Angeles", "America/Phoenix")),
            new Place("GBP", "GB", "en-GB", List.of("Europe/London")),
            new Place("EUR", "FR", "fr-FR", List.of("Europe/Paris")),
            new Place("JPY", "JP", "ja-JP", List.of("Asia/Tokyo")),
            new Place("AUD", "AU", "en-AU", List.of("Australia/Sydney", "Australia/Perth")));

    private final Random random;
    private final Seller seller;
    private final Kitchen kitchen;
    private final List<String> locationIds;
    private long clock = OPENED;

    private SellerSeed(Random random, Seller seller, Kitchen kitchen, List<String> locationIds) {
        this.random = random;
        this.seller = seller;
        this.kitchen = kitchen;
        this.locationIds = locationIds;
    }

    static Seller open(long seed, int nth, int items, InstantSource clock, Seller.Watcher watcher) {
        long own = seed * 1_000_003L + nth;
        Ids ids = new Ids(own);
        Random random = new Random(~own);
        Place place = PLACES.get(nth % PLACES.size());
        String name = Dishes.RESTAURANTS.get(nth % Dishes.RESTAURANTS.size())
                + (nth < Dishes.RESTAURANTS.size() ? "" : " " + (nth / Dishes.RESTAURANTS.size() + 1));
        Seller.Identity identity =
                new Seller.Identity(ids.merchant(), name, ids.token(), place.currency(), place.country());
        Seller seller = new Seller(identity, clock, ids, watcher);
        List<String> locationIds = openLocations(seller, place, 1 + random.nextInt(3), random);
        Kitchen kitchen = new Kitchen(random, ids, place.currency(), locationIds);
        new SellerSeed(random, seller, kitchen, locationIds).stock(items);
        return seller;
    }

    private static List<String> openLocations(Seller seller, Place place, int count, Random random) {
        List<String> ids = new ArrayList<>();
        for (int at = 0; at < count; at++) {
            ObjectNode location = Json.object();
            String id = seller.ids().location();
            ids.add(id);
            location.put("id", id);
            location.put("name", Dishes.DISTRICTS.get(at));
            location.putObject("address")
                    .put("address_line_1", (10 + random.nextInt(900)) + " Market Street")
                    .put("locality", Dishes.DISTRICTS.get(at))
                    .put("country", place.country());
            location.put("timezone", place.zones().get(at % place.zones().size()));
            location.putArray("capabilities").add("CREDIT_CARD_PROCESSING");
            location.put("status", at == 2 ? "INACTIVE" : "ACTIVE");
            location.put("created_at", Json.time(OPENED));
            location.put("merchant_id", seller.merchantId());
            location.put("country", place.country());
            location.put("language_code", place.language());
            location.put("currency", place.currency());
            location.put("business_name", seller.identity().name());
            location.put("type", "PHYSICAL");
            location.set("business_hours", hours(at, random));
            location.put("mcc", "5812");
            seller.seedLocation(location);
        }
        return ids;
    }

    /** Split days, nights past midnight and a closed day: what hours look like in the trade. */
    private static ObjectNode hours(int nth, Random random) {
        ObjectNode hours = Json.object();
        ArrayNode periods = hours.putArray("periods");
        int opens = 8 + random.nextInt(4);
        for (String day : DAYS) {
            boolean late = day.equals("FRI") || day.equals("SAT");
            if (nth == 1 && day.equals("MON")) {
                continue;
            }
            if (nth == 1 && !late) {
                putPeriod(periods, day, opens, "15:00:00");
                putPeriod(periods, day, 17, "22:30:00");
            } else {
                putPeriod(periods, day, opens, late ? "02:00:00" : "22:00:00");
            }
        }
        return hours;
    }

    private static void putPeriod(ArrayNode periods, String day, int opens, String ends) {
        periods.addObject()
                .put("day_of_week", day)
                .put("start_local_time", (opens < 10 ? "0" : "") + opens + ":00:00")
                .put("end_local_time", ends);
    }

    private void stock(int items) {
        List<String> taxes = new ArrayList<>();
        taxes.add(put(kitchen.tax("Sales Tax", "8.875")));
        taxes.add(put(kitchen.tax("Takeaway", "5.0")));
        List<String> images = new ArrayList<>();
        for (int at = 1; at <= Math.max(1, items / 4); at++) {
            images.add(put(kitchen.image(at)));
        }
        List<ObjectNode> lists = kitchen.modifierLists();
        lists.forEach(this::put);
        Map<String, String> categories = categories();
        Kitchen.Shelf shelf = new Kitchen.Shelf(taxes, images, lists);
        for (int at = 0; at < items; at++) {
            Dishes.Section section = Dishes.SECTIONS.get(at % Dishes.SECTIONS.size());
            String name = Dishes.name(section, at / Dishes.SECTIONS.size(), random);
            String category = categories.getOrDefault(section.name(), "");
            ObjectNode item = kitchen.item(section, name, category, shelf);
            put(item);
            Shape.children(item).forEach(this::count);
        }
    }

    private Map<String, String> categories() {
        List<String> mornings = new ArrayList<>();
        DAYS.forEach(day -> mornings.add(put(kitchen.availability(day, "07:00:00", "11:30:00"))));
        Map<String, String> ids = new LinkedHashMap<>();
        ids.put("Mains", put(kitchen.category("Mains", 0, "", "")));
        ids.put("Drinks", put(kitchen.category("Drinks", 1, "", "")));
        for (Dishes.Section section : Dishes.SECTIONS) {
            String parent = section.parent().isEmpty() ? "" : ids.getOrDefault(section.parent(), "");
            ObjectNode category = kitchen.category(section.name(), ids.size(), parent, parent);
            if (section.name().equals("Breakfast")) {
                Shape.data(category).set("availability_period_ids", Json.texts(mornings));
            }
            ids.put(section.name(), put(category));
        }
        return ids;
    }

    private String put(ObjectNode object) {
        Shape.children(object).forEach(this::stamp);
        stamp(object);
        seller.catalogue().seed(object);
        return Shape.id(object);
    }

    private void stamp(ObjectNode object) {
        clock += 1 + random.nextInt((int) SPREAD_MILLIS / 4);
        object.put("created_at", Json.time(clock));
        object.put("updated_at", Json.time(clock));
        object.put("version", clock);
    }

    private void count(ObjectNode variation) {
        if (!Shape.dataOf(variation).path("track_inventory").asBoolean()) {
            return;
        }
        for (String location : locationIds) {
            clock += 1 + random.nextInt(1_000_000);
            BigDecimal quantity = BigDecimal.valueOf(1 + random.nextInt(60));
            Inventory inventory = seller.inventory();
            inventory.seed(new Inventory.Key(Shape.id(variation), location, Inventory.IN_STOCK), quantity, clock);
            if (random.nextInt(10) == 0) {
                clock++;
                inventory.seed(new Inventory.Key(Shape.id(variation), location, "WASTE"), BigDecimal.ONE, clock);
            }
        }
    }
}
