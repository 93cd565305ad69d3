package dev.tournant.deploy.standins.toast;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tournant.deploy.standins.core.Dishes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Edits as the staff make them in Toast's own apps. The same seed and the same sequence of calls make the same edits, but
 * for their times.
 */
final class Editor {
    /** Items of a restaurant; beyond it nothing is added. */
    static final int ITEMS_MAX = 10_000;

    /** Hands a document that was made by a publish to who serves it after its lag. */
    interface Publisher {
        void publish(Restaurant restaurant, ObjectNode document);
    }

    /** What an edit is to be made to, and what it is to set; either may be left to the dice. */
    record Wish(@Nullable String guid, JsonNode value) {
        static final Wish ANY = new Wish(null, MissingNode.getInstance());

        boolean fits(String other) {
            return guid == null || guid.equals(other);
        }
    }

    private final Random random;
    private final Publisher publisher;

    Editor(long seed, Publisher publisher) {
        this.random = new Random(seed);
        this.publisher = publisher;
    }

    /** Draws a kind by its weight. */
    synchronized EditKind drawKind() {
        return EditKind.drawn(random);
    }

    synchronized int drawRestaurant(int restaurants) {
        return random.nextInt(restaurants);
    }

    /** Makes one edit; empty where that cannot be done. */
    synchronized Optional<Edit> edit(Restaurant restaurant, EditKind kind, Wish wish) {
        return restaurant.atomically(() -> {
            Optional<Edit> made = attempt(restaurant, kind, wish);
            made.filter(edit -> kind.isOfMenus()).ifPresent(edit -> restaurant.noteEdit());
            return made;
        });
    }

    private Optional<Edit> attempt(Restaurant restaurant, EditKind kind, Wish wish) {
        return switch (kind) {
            case PRICE -> price(restaurant, wish);
            case RENAME -> rename(restaurant, wish);
            case MODIFIER_PRICE -> modifierPrice(restaurant, wish);
            case SCHEDULE -> schedule(restaurant, wish);
            case ADD_ITEM -> addItem(restaurant, wish);
            case ARCHIVE_ITEM -> archiveItem(restaurant, wish);
            case PUBLISH -> publish(restaurant);
            case WITHDRAW -> withdraw(restaurant);
            case OUT_OF_STOCK, IN_STOCK, QUANTITY -> stock(restaurant, kind, wish);
        };
    }

    private Optional<Edit> price(Restaurant restaurant, Wish wish) {
        return item(
                        restaurant,
                        wish,
                        item -> MenuBook.text(item, "pricingStrategy").equals(Cook.BASE_PRICE))
                .map(item -> setPrice(restaurant, EditKind.PRICE, item, wish));
    }

    private Optional<Edit> modifierPrice(Restaurant restaurant, Wish wish) {
        return drawn(restaurant.book().options().values().stream()
                        .filter(option -> wish.fits(MenuBook.text(option, "guid")))
                        .filter(option -> option.path("price").isNumber()))
                .map(option -> setPrice(restaurant, EditKind.MODIFIER_PRICE, option, wish));
    }

    private Edit setPrice(Restaurant restaurant, EditKind kind, ObjectNode node, Wish wish) {
        double old = node.path("price").asDouble();
        int steps = 1 + random.nextInt(6);
        long cents = Math.round(old * 100) + (random.nextBoolean() && old > 4 ? -25L : 25L) * steps;
        double now = wish.value().isNumber() ? wish.value().asDouble() : Cook.dollars(cents);
        node.put("price", now);
        return made(kind, restaurant, MenuBook.text(node, "guid"), "price", DoubleNode.valueOf(now));
    }

    private Optional<Edit> rename(Restaurant restaurant, Wish wish) {
        return item(restaurant, wish, item -> true).map(item -> {
            String old = MenuBook.text(item, "name");
            int suffix = old.indexOf(" (recipe ");
            String base = suffix < 0 ? old : old.substring(0, suffix);
            String name = wish.value().isTextual()
                    ? wish.value().asText()
                    : base + " (recipe " + (2 + random.nextInt(9_998)) + ")";
            // A name is never blank when it leaves Toast.
            item.put("name", name.isBlank() ? "Missing name" : name);
            return made(EditKind.RENAME, restaurant, MenuBook.text(item, "guid"), "name", item.path("name"));
        });
    }

    private Optional<Edit> schedule(Restaurant restaurant, Wish wish) {
        return drawn(restaurant.book().menus().stream()
                        .filter(menu -> wish.fits(MenuBook.text(menu, "guid")))
                        .filter(menu ->
                                !menu.at("/availability/alwaysAvailable").asBoolean()))
                .map(menu -> {
                    JsonNode range = menu.at("/availability/schedule/0/timeRanges/0");
                    String old = MenuBook.text(range, "end");
                    String end;
                    do {
                        end = "0" + (1 + random.nextInt(4)) + (random.nextBoolean() ? ":00" : ":30");
                    } while (end.equals(old));
                    ((ObjectNode) range).put("end", end);
                    JsonNode value = menu.path("availability").deepCopy();
                    return made(EditKind.SCHEDULE, restaurant, MenuBook.text(menu, "guid"), "availability", value);
                });
    }

    private Optional<Edit> addItem(Restaurant restaurant, Wish wish) {
        MenuBook book = restaurant.book();
        if (book.items().size() >= ITEMS_MAX) {
            return Optional.empty();
        }
        Dishes.Section section = Dishes.SECTIONS.get(random.nextInt(Dishes.SECTIONS.size()));
        Optional<ObjectNode> group = drawn(book.menuGroups().stream()
                .filter(each -> MenuBook.text(each, "name").equals(section.name())));
        return group.map(place -> {
            String name = wish.value().isTextual()
                    ? wish.value().asText()
                    : Dishes.name(section, random.nextInt(1_000), random);
            ObjectNode item = new Cook(random, random, book).item(section, name);
            book.addItem(item);
            book.place(place, item);
            return made(EditKind.ADD_ITEM, restaurant, MenuBook.text(item, "guid"), "name", item.path("name"));
        });
    }

    private Optional<Edit> archiveItem(Restaurant restaurant, Wish wish) {
        return item(restaurant, wish, item -> true).map(item -> {
            String guid = MenuBook.text(item, "guid");
            restaurant.book().archive(guid);
            restaurant.stock().forget(guid);
            return made(EditKind.ARCHIVE_ITEM, restaurant, guid, "archived", BooleanNode.TRUE);
        });
    }

    private Optional<Edit> publish(Restaurant restaurant) {
        publisher.publish(restaurant, restaurant.publish());
        JsonNode count = IntNode.valueOf(restaurant.publications());
        return Optional.of(made(EditKind.PUBLISH, restaurant, restaurant.guid(), "publications", count));
    }

    private Optional<Edit> withdraw(Restaurant restaurant) {
        restaurant.withdraw();
        return Optional.of(made(EditKind.WITHDRAW, restaurant, restaurant.guid(), "published", BooleanNode.FALSE));
    }

    private Optional<Edit> stock(Restaurant restaurant, EditKind kind, Wish wish) {
        Stock stock = restaurant.stock();
        Map<String, String> ids = restaurant.book().stockable();
        Stream<String> fitting = ids.keySet().stream()
                .filter(wish::fits)
                .filter(guid -> wish.guid() != null || useful(kind, stock.of(guid)));
        return drawn(fitting).map(guid -> {
            Stock.Level level = level(kind, stock.of(guid), wish.value());
            restaurant.setStock(guid, ids.get(guid), level);
            JsonNode value = level.quantity() == null
                    ? TextNode.valueOf(level.status().name())
                    : DoubleNode.valueOf(level.quantity());
            String field = level.quantity() == null ? "status" : "quantity";
            return made(kind, restaurant, guid, field, value);
        });
    }

    /** Whether somebody would do this to what is at that level. */
    private static boolean useful(EditKind kind, Stock.Level level) {
        return switch (kind) {
            case OUT_OF_STOCK -> level.status() != Stock.Status.OUT_OF_STOCK;
            case IN_STOCK -> level.status() != Stock.Status.IN_STOCK;
            default -> true;
        };
    }

    private Stock.Level level(EditKind kind, Stock.Level old, JsonNode wish) {
        if (kind == EditKind.QUANTITY) {
            Double had = old.quantity();
            double drawn = had == null ? 3 + random.nextInt(30) : had - 1 - random.nextInt(3);
            return Stock.Level.quantity(wish.isNumber() ? wish.asDouble() : drawn);
        }
        return kind == EditKind.IN_STOCK ? Stock.Level.IN_STOCK : Stock.Level.OUT_OF_STOCK;
    }

    private Optional<ObjectNode> item(Restaurant restaurant, Wish wish, Predicate<ObjectNode> fit) {
        return drawn(restaurant.book().items().values().stream()
                .filter(item -> wish.fits(MenuBook.text(item, "guid")))
                .filter(fit));
    }

    private <T> Optional<T> drawn(Stream<T> from) {
        List<T> all = from.toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
    }

    private static Edit made(EditKind kind, Restaurant restaurant, String guid, String field, JsonNode value) {
        return new Edit(
                kind, restaurant.guid(), guid, field, value, restaurant.ticks().now());
    }
}
