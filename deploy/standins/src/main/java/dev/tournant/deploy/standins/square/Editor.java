package dev.tournant.deploy.standins.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tournant.deploy.standins.core.Dishes;
import dev.tournant.deploy.standins.core.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Edits as the seller's staff make them in Square's own apps, which may set what the API may not (sold out). The same seed
 * and the same sequence of calls make the same edits, but for their times.
 */
final class Editor {
    /** Imported items that share their lists of modifiers. */
    private static final int ITEMS_A_CHOICE = 100;

    private final Random random;

    Editor(long seed) {
        this.random = new Random(seed);
    }

    /** Draws a kind by its weight. */
    synchronized EditKind drawKind() {
        return EditKind.drawn(random);
    }

    synchronized int drawSeller(int sellers) {
        return random.nextInt(sellers);
    }

    /** Makes one edit to whatever is drawn. Where there is nothing to edit in that way, an item is added instead. */
    synchronized Edit edit(Seller seller, EditKind kind) {
        return seller.atomically(() -> attempt(seller, kind, null).orElseGet(() -> addItem(seller)));
    }

    /** Edits an item, variation, modifier or location, or what nests in it; empty where that cannot be done. */
    synchronized Optional<Edit> edit(Seller seller, EditKind kind, String only) {
        return seller.atomically(() -> attempt(seller, kind, only));
    }

    private Optional<Edit> attempt(Seller seller, EditKind kind, @Nullable String only) {
        return switch (kind) {
            case PRICE -> price(seller, only);
            case RENAME -> rename(seller, only);
            case SOLD_OUT -> soldOut(seller, only);
            case ADD_ITEM -> Optional.of(addItem(seller));
            case DELETE_ITEM -> deleteItem(seller, only);
            case MODIFIER -> modifier(seller, only);
            case COUNT -> count(seller, only);
            case HOURS -> hours(seller, only);
        };
    }

    private Optional<Edit> price(Seller seller, @Nullable String only) {
        return pick(
                        seller,
                        Shape.VARIATION,
                        only,
                        object -> Shape.dataOf(object).has("price_money"))
                .map(variation -> {
                    Draft draft = seller.catalogue().draft();
                    ObjectNode copy = draft.edit(Shape.id(variation)).orElseThrow();
                    @Nullable String location = random.nextInt(5) == 0 ? pickLocation(seller) : null;
                    ObjectNode target = location == null ? Shape.data(copy) : Overrides.at(copy, location);
                    ObjectNode money = newPrice(
                            seller, target.path("price_money").path("amount").asLong());
                    target.put("pricing_type", "FIXED_PRICING");
                    target.set("price_money", money);
                    long version = draft.commit();
                    return edit(EditKind.PRICE, seller, variation, location, "price_money", money, version);
                });
    }

    private ObjectNode newPrice(Seller seller, long old) {
        long base = old == 0 ? 1_000 : old;
        long moved = Math.max(25, base + 25L * (random.nextInt(13) - 6));
        return Json.object()
                .put("amount", moved == old ? moved + 25 : moved)
                .put("currency", seller.identity().currency());
    }

    private Optional<Edit> rename(Seller seller, @Nullable String only) {
        return pick(seller, Shape.ITEM, only, object -> true).map(item -> {
            String old = Shape.dataOf(item).path("name").asText();
            int suffix = old.indexOf(" (recipe ");
            String base = suffix < 0 ? old : old.substring(0, suffix);
            String name = base + " (recipe " + (2 + random.nextInt(9_998)) + ")";
            Draft draft = seller.catalogue().draft();
            Shape.data(draft.edit(Shape.id(item)).orElseThrow()).put("name", name);
            return edit(EditKind.RENAME, seller, item, null, "name", TextNode.valueOf(name), draft.commit());
        });
    }

    private Optional<Edit> soldOut(Seller seller, @Nullable String only) {
        return pick(seller, Shape.VARIATION, only, object -> true).map(variation -> {
            String location = pickLocation(seller);
            boolean out = !Overrides.isSoldOut(variation, location);
            return markSoldOut(EditKind.SOLD_OUT, seller, variation, location, out);
        });
    }

    private Edit markSoldOut(EditKind kind, Seller seller, ObjectNode object, String location, boolean out) {
        Draft draft = seller.catalogue().draft();
        ObjectNode override = Overrides.at(draft.edit(Shape.id(object)).orElseThrow(), location);
        override.put("sold_out", out);
        override.remove("sold_out_valid_until");
        if (out && Shape.type(object).equals(Shape.VARIATION) && random.nextInt(3) == 0) {
            override.put("sold_out_valid_until", Json.time(seller.ticks().now() + 3_600_000L));
        }
        return edit(kind, seller, object, location, "sold_out", BooleanNode.valueOf(out), draft.commit());
    }

    private Edit addItem(Seller seller) {
        ObjectNode item =
                newItem(seller, seller.catalogue().live(Shape.MODIFIER_LIST).toList());
        Draft draft = seller.catalogue().draft();
        draft.put(item);
        return edit(EditKind.ADD_ITEM, seller, item, null, "item_data", Shape.dataOf(item), draft.commit());
    }

    /**
     * Adds items in one write, as a menu that is imported. Every hundred of them have lists of modifiers of their own.
     *
     * @return the catalogue's version after it
     */
    synchronized long addItems(Seller seller, int items) {
        return seller.atomically(() -> {
            Draft draft = seller.catalogue().draft();
            List<ObjectNode> own = List.of();
            for (int at = 0; at < items; at++) {
                if (at % ITEMS_A_CHOICE == 0) {
                    own = kitchen(seller).modifierLists();
                    own.forEach(draft::put);
                }
                draft.put(newItem(seller, own));
            }
            return draft.commit();
        });
    }

    private Kitchen kitchen(Seller seller) {
        List<String> locations = seller.locations().stream().map(Shape::id).toList();
        return new Kitchen(random, seller.ids(), seller.identity().currency(), locations);
    }

    private ObjectNode newItem(Seller seller, List<ObjectNode> modifierLists) {
        Dishes.Section section = Dishes.SECTIONS.get(random.nextInt(Dishes.SECTIONS.size()));
        String category = seller.catalogue()
                .live(Shape.CATEGORY)
                .filter(object -> Shape.dataOf(object).path("name").asText().equals(section.name()))
                .map(Shape::id)
                .findFirst()
                .orElseGet(() -> idOf(seller, Shape.CATEGORY));
        Kitchen.Shelf shelf = new Kitchen.Shelf(List.of(idOf(seller, Shape.TAX)), List.of(), modifierLists);
        String name = Dishes.name(section, random.nextInt(1_000), random);
        return kitchen(seller).item(section, name, category, shelf);
    }

    private static String idOf(Seller seller, String type) {
        return seller.catalogue().live(type).map(Shape::id).findFirst().orElse("");
    }

    private Optional<Edit> deleteItem(Seller seller, @Nullable String only) {
        return pick(seller, Shape.ITEM, only, object -> true).map(item -> {
            Draft draft = seller.catalogue().draft();
            List<String> gone = draft.delete(Shape.id(item));
            long version = draft.commit();
            seller.inventory().forget(java.util.Set.copyOf(gone));
            return edit(EditKind.DELETE_ITEM, seller, item, null, "is_deleted", BooleanNode.TRUE, version);
        });
    }

    private Optional<Edit> modifier(Seller seller, @Nullable String only) {
        return pick(seller, Shape.MODIFIER, only, object -> true).map(modifier -> {
            if (random.nextBoolean()) {
                String location = pickLocation(seller);
                boolean out = !Overrides.isSoldOut(modifier, location);
                return markSoldOut(EditKind.MODIFIER, seller, modifier, location, out);
            }
            Draft draft = seller.catalogue().draft();
            ObjectNode data = Shape.data(draft.edit(Shape.id(modifier)).orElseThrow());
            ObjectNode money =
                    newPrice(seller, data.path("price_money").path("amount").asLong());
            data.set("price_money", money);
            return edit(EditKind.MODIFIER, seller, modifier, null, "price_money", money, draft.commit());
        });
    }

    private Optional<Edit> count(Seller seller, @Nullable String only) {
        return pick(
                        seller,
                        Shape.VARIATION,
                        only,
                        object -> Shape.dataOf(object).path("track_inventory").asBoolean())
                .map(variation -> {
                    String location = pickLocation(seller);
                    Inventory.Key key = new Inventory.Key(Shape.id(variation), location, Inventory.IN_STOCK);
                    BigDecimal old = seller.inventory().quantity(key).orElse(BigDecimal.ZERO);
                    BigDecimal now = nextQuantity(old);
                    // A sale is an adjustment, a delivery or a stock-take is a physical count.
                    boolean sale = now.compareTo(old) < 0;
                    seller.inventory()
                            .apply(
                                    List.of(new Inventory.Change(
                                            key,
                                            sale ? now.subtract(old) : now,
                                            !sale,
                                            seller.ticks().now())),
                                    true);
                    JsonNode value = TextNode.valueOf(Inventory.text(now));
                    long version = seller.catalogue().latest();
                    return edit(EditKind.COUNT, seller, variation, location, "quantity", value, version);
                });
    }

    private BigDecimal nextQuantity(BigDecimal old) {
        if (old.signum() <= 0) {
            return BigDecimal.valueOf(10 + random.nextInt(50));
        }
        return random.nextInt(6) == 0
                ? BigDecimal.ZERO
                : old.subtract(BigDecimal.valueOf(1 + random.nextInt(3))).max(BigDecimal.ZERO);
    }

    private Optional<Edit> hours(Seller seller, @Nullable String only) {
        String id = only == null ? pickLocation(seller) : only;
        return seller.location(id).map(location -> {
            ObjectNode copy = location.deepCopy();
            ArrayNode periods = copy.withObjectProperty("business_hours").withArrayProperty("periods");
            if (periods.isEmpty()) {
                periods.addObject().put("day_of_week", "MON").put("end_local_time", "22:00:00");
            }
            ObjectNode period = (ObjectNode) periods.get(random.nextInt(periods.size()));
            String old = period.path("start_local_time").asText();
            String start;
            do {
                start = "0" + (6 + random.nextInt(4)) + ":" + (random.nextBoolean() ? "00" : "30") + ":00";
            } while (start.equals(old));
            period.put("start_local_time", start);
            seller.putLocation(copy);
            JsonNode value = copy.path("business_hours");
            long version = seller.catalogue().latest();
            return new Edit(
                    EditKind.HOURS,
                    seller.merchantId(),
                    id,
                    "LOCATION",
                    id,
                    "business_hours",
                    value,
                    version,
                    seller.ticks().now());
        });
    }

    private Optional<ObjectNode> pick(Seller seller, String type, @Nullable String only, Predicate<ObjectNode> fit) {
        List<ObjectNode> fitting = new ArrayList<>(seller.catalogue()
                .live(type)
                .filter(fit)
                .filter(object -> only == null || belongsTo(object, only))
                .toList());
        return fitting.isEmpty() ? Optional.empty() : Optional.of(fitting.get(random.nextInt(fitting.size())));
    }

    private static boolean belongsTo(ObjectNode object, String id) {
        return Shape.id(object).equals(id)
                || Shape.parentOf(object).filter(id::equals).isPresent();
    }

    private String pickLocation(Seller seller) {
        List<ObjectNode> locations = List.copyOf(seller.locations());
        return Shape.id(locations.get(random.nextInt(locations.size())));
    }

    private static Edit edit(
            EditKind kind,
            Seller seller,
            ObjectNode object,
            @Nullable String location,
            String field,
            JsonNode value,
            long version) {
        return new Edit(
                kind,
                seller.merchantId(),
                Shape.id(object),
                Shape.type(object),
                location,
                field,
                value,
                version,
                seller.ticks().now());
    }
}
