package dev.tournant.adapters.doordash;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Remote;
import dev.tournant.model.Bound;
import dev.tournant.model.Category;
import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.GroupUse;
import dev.tournant.model.Hours;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.ModifierGroup;
import dev.tournant.model.Money;
import dev.tournant.model.Option;
import dev.tournant.model.Placement;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.Stamp;
import dev.tournant.model.Store;
import dev.tournant.model.Tax;
import dev.tournant.model.TriState;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A made-up diner: a burger in two sizes with a required side, which may have a sauce; a soup; tea among the drinks, and
 * as a side.
 */
final class Diner {
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    static final Link LINK = new Link(new LinkId("dd-1"), DoorDashAdapter.DOORDASH, "provider", "store-1", "main");
    static final RecordKey STORE = RecordKey.of(Kind.STORE, "store");
    static final Currency USD = Currency.getInstance("USD");

    final Map<RecordKey, FieldMap> records = new TreeMap<>();

    Diner() {
        put(STORE, Store.NAME, "The Diner");
        put(STORE, Store.CURRENCY, USD);
        put(STORE, Store.ZONE, ZoneId.of("America/New_York"));
        put(STORE, Store.HOURS, weekly("09:00", "22:00"));
        category("mains", 1);
        category("drinks", 2);
        item("burger", "Burger", null);
        put(item("burger"), Item.CATEGORIES, List.of(in("mains", 900)));
        put(item("burger"), Item.MODIFIER_GROUPS, List.of(use("sides")));
        put(item("burger"), Item.TAXES, List.of(new RecordId("sales"), new RecordId("city"), new RecordId("vat")));
        variation("burger-l", "Large", 2, "12");
        variation("burger-s", "Small", 1, "9.50");
        item("soup", "Soup", "7");
        put(item("soup"), Item.CATEGORIES, List.of(in("mains", -5)));
        item("tea", "Tea", "2.50");
        put(item("tea"), Item.CATEGORIES, List.of(in("drinks", 0)));
        group("sides", Bound.at(1), Bound.at(2), option("fries", 1, null), option("tea", 2, "1"));
        item("fries", "Fries", "3");
        put(item("fries"), Item.MODIFIER_GROUPS, List.of(use("sauces")));
        group("sauces", Bound.UNSET, Bound.UNLIMITED, option("mayo", 0, null));
        item("mayo", "Mayo", null);
        tax("sales", "8", Tax.Inclusion.ADDITIVE);
        tax("city", "0.25", Tax.Inclusion.ADDITIVE);
        tax("vat", "19", Tax.Inclusion.INCLUSIVE);
    }

    static RecordKey item(String id) {
        return RecordKey.of(Kind.ITEM, id);
    }

    static RecordKey group(String id) {
        return RecordKey.of(Kind.MODIFIER_GROUP, id);
    }

    static RecordKey menu(String id) {
        return RecordKey.of(Kind.MENU, id);
    }

    static Placement in(String id, long ordinal) {
        return new Placement(new RecordId(id), ordinal);
    }

    static Hours weekly(String from, String to) {
        return new Hours(
                null,
                Arrays.stream(DayOfWeek.values())
                        .map(day -> new Hours.Span(day, LocalTime.parse(from), LocalTime.parse(to)))
                        .toList(),
                List.of());
    }

    static GroupUse use(String group) {
        return new GroupUse(new RecordId(group), 0, Bound.UNSET, Bound.UNSET, TriState.UNSET, List.of());
    }

    static Option option(String item, long ordinal, @Nullable String price) {
        return new Option(
                new RecordId(item),
                ordinal,
                price == null ? null : Money.of(price, "USD"),
                TriState.UNSET,
                TriState.UNSET,
                Bound.UNSET);
    }

    <T> void put(RecordKey key, Field<T> field, T value) {
        FieldMap before = records.getOrDefault(key, FieldMap.EMPTY);
        FieldMap.Builder after = FieldMap.builder(key.kind());
        for (int i = 0; i < before.size(); i++) {
            after.put(before.field(i), before.value(i));
        }
        records.put(key, after.set(field, value).build());
    }

    void category(String id, long ordinal) {
        RecordKey key = RecordKey.of(Kind.CATEGORY, id);
        put(key, Category.NAME, id);
        put(key, Category.MENUS, List.of(in("menu", ordinal)));
        put(RecordKey.of(Kind.MENU, "menu"), dev.tournant.model.Menu.NAME, "All day");
    }

    void item(String id, String name, @Nullable String price) {
        put(item(id), Item.NAME, name);
        if (price != null) {
            put(item(id), Item.PRICE, Money.of(price, "USD"));
        }
    }

    private void variation(String id, String name, long ordinal, String price) {
        item(id, name, price);
        put(item(id), Item.VARIATION_OF, in("burger", ordinal));
    }

    void group(String id, Bound min, Bound max, Option... options) {
        put(group(id), ModifierGroup.NAME, id);
        put(group(id), ModifierGroup.MIN, min);
        put(group(id), ModifierGroup.MAX, max);
        put(group(id), ModifierGroup.OPTIONS, List.of(options));
    }

    private void tax(String id, String percent, Tax.Inclusion inclusion) {
        RecordKey key = RecordKey.of(Kind.TAX, id);
        put(key, Tax.PERCENT, new BigDecimal(percent));
        put(key, Tax.INCLUSION, inclusion);
    }

    /** A second menu with the drinks on it too. */
    void bar() {
        put(menu("bar"), dev.tournant.model.Menu.NAME, "Bar");
        put(RecordKey.of(Kind.CATEGORY, "drinks"), Category.MENUS, List.of(in("menu", 2), in("bar", 0)));
    }

    void offSale(String item) {
        put(item(item), Item.STATUS, SaleStatus.OFF);
    }

    Menus.Made made() {
        return made("menu");
    }

    Menus.Made made(String menu) {
        return new Menus(new Shelf(records), NOW)
                .all().stream()
                        .filter(each -> each.key().equals(menu(menu)))
                        .findFirst()
                        .orElseThrow();
    }

    MenuTree tree() {
        MenuTree tree = made().tree();
        if (tree == null) {
            throw new AssertionError("it cannot be told: " + made().refusal());
        }
        return tree;
    }

    MenuTree.Dish dish(String id) {
        return tree().sections().stream()
                .flatMap(each -> each.dishes().stream())
                .filter(each -> each.id().value().equals(id))
                .findFirst()
                .orElseThrow();
    }

    List<FlatRecord> flat() {
        return records.entrySet().stream()
                .map(each -> {
                    RecordDelta delta = RecordDelta.set(each.getKey(), Stamp.at(NOW), 0, each.getValue());
                    return FlatRecord.unknown(each.getKey()).after(delta, delta.provenance(new LinkId("api-1"), ""), 1);
                })
                .toList();
    }

    /** All of it is wanted. */
    Difference difference(Map<RecordKey, Remote> remotes) {
        return difference(records, Set.of(), remotes, Set.of());
    }

    Difference difference(
            Map<RecordKey, FieldMap> wanted,
            Set<RecordKey> removed,
            Map<RecordKey, Remote> remotes,
            Set<String> pending) {
        return new Difference(LINK, USD, wanted, removed, remotes, records, pending, "n1", NOW);
    }

    /** Some of it is wanted, with all its fields. */
    Map<RecordKey, FieldMap> only(RecordKey... keys) {
        Map<RecordKey, FieldMap> some = new HashMap<>();
        for (RecordKey key : keys) {
            some.put(key, records.getOrDefault(key, FieldMap.EMPTY));
        }
        return some;
    }

    /** DoorDash holds just this menu, as it should be now. */
    Map<RecordKey, Remote> held(String... menus) {
        Map<RecordKey, Remote> held = new HashMap<>();
        for (String menu : menus) {
            MenuTree tree = made(menu).tree();
            if (tree == null) {
                throw new AssertionError(menu + " cannot be told");
            }
            held.put(menu(menu), new Remote(new RecordId("dd-" + menu), 0, Told.menu(tree, null)));
        }
        return held;
    }

    /** JSON with single quotes. */
    static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    static ObjectNode object(@Nullable String text) {
        return Documents.object(String.valueOf(text).getBytes(StandardCharsets.UTF_8));
    }

    static Answer answer(int status, String body) {
        return new Answer(status, Map.of("retry-after", "7"), json(body), NOW);
    }
}
