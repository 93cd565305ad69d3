package dev.tournant.adapters.doordash;

import dev.tournant.model.Category;
import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Fulfilment;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Menu;
import dev.tournant.model.Placement;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Store;
import dev.tournant.model.TriState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A merchant's records by what stands in what, in order. A merchant without menus has one with everything on it. */
final class Shelf {
    /** The menu of a merchant that has none. */
    static final RecordKey ONLY_MENU = RecordKey.of(Kind.MENU, "menu");

    private static final Comparator<Standing> IN_ORDER =
            Comparator.comparingLong(Standing::ordinal).thenComparing(Standing::id);

    private final TreeMap<RecordKey, FieldMap> records;
    private final List<Standing> topCategories = new ArrayList<>();
    private final Map<RecordId, List<Standing>> subcategories = new HashMap<>();
    private final Map<RecordId, List<Standing>> dishes = new HashMap<>();
    private final Map<RecordId, List<Standing>> variations = new HashMap<>();

    /** A record in its place among others. */
    record Standing(RecordId id, long ordinal, FieldMap fields) {}

    /** A category of a menu, and whether it and all that it stands in are to be seen. */
    record Shown(RecordId id, FieldMap fields, boolean visible) {}

    Shelf(Map<RecordKey, FieldMap> present) {
        this.records = new TreeMap<>(present);
        if (of(Kind.MENU).isEmpty()) {
            records.put(ONLY_MENU, FieldMap.EMPTY);
        }
        records.forEach(this::place);
        topCategories.sort(IN_ORDER);
        for (Map<RecordId, List<Standing>> each : List.of(subcategories, dishes, variations)) {
            each.values().forEach(standing -> standing.sort(IN_ORDER));
        }
    }

    private void place(RecordKey key, FieldMap fields) {
        if (key.kind() == Kind.ITEM) {
            Placement dish = fields.get(Item.VARIATION_OF);
            if (dish != null) {
                add(variations, dish, key, fields);
            } else {
                orEmpty(fields, Item.CATEGORIES).forEach(each -> add(dishes, each, key, fields));
            }
        } else if (key.kind() == Kind.CATEGORY) {
            Placement parent = fields.get(Category.PARENT);
            if (parent != null && has(new RecordKey(Kind.CATEGORY, parent.in()))) {
                add(subcategories, parent, key, fields);
            } else {
                topCategories.add(new Standing(key.id(), parent == null ? 0 : parent.ordinal(), fields));
            }
        }
    }

    private static void add(Map<RecordId, List<Standing>> inside, Placement placement, RecordKey key, FieldMap fields) {
        inside.computeIfAbsent(placement.in(), each -> new ArrayList<>())
                .add(new Standing(key.id(), placement.ordinal(), fields));
    }

    private static <T> List<T> orEmpty(FieldMap fields, Field<List<T>> field) {
        List<T> list = fields.get(field);
        return list == null ? List.of() : list;
    }

    private List<RecordKey> of(Kind kind) {
        return records.keySet().stream().filter(key -> key.kind() == kind).toList();
    }

    boolean has(RecordKey key) {
        return records.containsKey(key);
    }

    FieldMap fields(RecordKey key) {
        return records.getOrDefault(key, FieldMap.EMPTY);
    }

    /** A merchant has one store record. */
    Optional<RecordKey> storeKey() {
        return of(Kind.STORE).stream().findFirst();
    }

    FieldMap store() {
        return storeKey().map(this::fields).orElse(FieldMap.EMPTY);
    }

    List<RecordKey> menus() {
        return of(Kind.MENU);
    }

    /** Its own name, or the store's. */
    String menuName(RecordKey menu) {
        String own = fields(menu).get(Menu.NAME);
        String store = store().get(Store.NAME);
        return own != null && !own.isBlank() ? own : store != null && !store.isBlank() ? store : "Menu";
    }

    /** Whether a menu is for orders that DoorDash takes. */
    boolean isOffered(RecordKey menu) {
        List<Fulfilment> ways = orEmpty(fields(menu), Menu.FULFILMENTS);
        boolean ours = ways.isEmpty() || ways.contains(Fulfilment.DELIVERY) || ways.contains(Fulfilment.PICK_UP);
        return ours && fields(menu).get(Menu.VISIBLE) != TriState.NO;
    }

    /** The categories of a menu: DoorDash knows one level of them, so those that stand in one follow it. */
    List<Shown> categories(RecordKey menu) {
        List<Standing> top = new ArrayList<>();
        for (Standing category : topCategories) {
            List<Placement> menus = orEmpty(category.fields, Category.MENUS);
            if (menus.isEmpty()) {
                top.add(category);
            } else {
                menus.stream()
                        .filter(each -> each.in().equals(menu.id()))
                        .findFirst()
                        .ifPresent(each -> top.add(new Standing(category.id, each.ordinal(), category.fields)));
            }
        }
        List<Shown> shown = new ArrayList<>();
        top.stream().sorted(IN_ORDER).forEach(each -> show(each, menu, true, shown));
        return shown;
    }

    /** Ends: a category stands in one other, and none of those below the top can be the top. */
    private void show(Standing category, RecordKey menu, boolean aboveVisible, List<Shown> into) {
        List<Placement> menus = orEmpty(category.fields, Category.MENUS);
        if (menus.isEmpty() || menus.stream().anyMatch(each -> each.in().equals(menu.id()))) {
            boolean visible = aboveVisible && category.fields.get(Category.VISIBLE) != TriState.NO;
            into.add(new Shown(category.id, category.fields, visible));
            subcategories.getOrDefault(category.id, List.of()).forEach(each -> show(each, menu, visible, into));
        }
    }

    /** Each item once, where it stands first. */
    List<Standing> dishes(RecordId category) {
        Map<RecordId, Standing> once = new LinkedHashMap<>();
        dishes.getOrDefault(category, List.of()).forEach(each -> once.putIfAbsent(each.id, each));
        return List.copyOf(once.values());
    }

    List<Standing> variations(RecordId dish) {
        return variations.getOrDefault(dish, List.of());
    }

    /** All values that records have for a field. */
    <T> List<T> all(Field<T> field) {
        List<T> values = new ArrayList<>();
        records.forEach((key, fields) -> {
            T value = fields.get(field);
            if (value != null) {
                values.add(value);
            }
        });
        return values;
    }
}
