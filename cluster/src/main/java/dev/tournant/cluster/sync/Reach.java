package dev.tournant.cluster.sync;

import dev.tournant.model.FieldMap;
import dev.tournant.model.GroupUse;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.ModifierGroup;
import dev.tournant.model.Option;
import dev.tournant.model.Placement;
import dev.tournant.model.RecordKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which items and modifier groups are still reached once some records are left out. Ways lead from an item to its
 * variations and its modifier groups, and from a group to the items that are its options (or to their dish, if they are
 * variations: they come and go with it). They begin at items that stand in a category, and at whatever no way leads to.
 * Items and groups that lead to nobody but each other count as beginnings too.
 */
final class Reach {
    /** Variations of variations, up to here: no partner has even two levels. */
    private static final int NESTED_MAX = 16;

    private final Map<RecordKey, FieldMap> all;
    private final LeftOut leftOut;
    private final Map<RecordKey, List<RecordKey>> ways = new HashMap<>();
    private final Set<RecordKey> ledTo = new HashSet<>();
    private final List<RecordKey> nodes = new ArrayList<>();

    private Reach(Map<RecordKey, FieldMap> all, LeftOut leftOut) {
        this.all = all;
        this.leftOut = leftOut;
    }

    /**
     * The items and groups that are not reached, those that are named among them.
     *
     * @param leftOut what is left out by name, and the categories that are
     */
    static Set<RecordKey> unreached(Map<RecordKey, FieldMap> all, LeftOut leftOut) {
        Reach reach = new Reach(all, leftOut);
        all.forEach(reach::add);
        return reach.unreached();
    }

    private void add(RecordKey key, FieldMap fields) {
        if (key.kind() == Kind.ITEM) {
            nodes.add(key);
            RecordKey dish = dish(key);
            if (!dish.equals(key)) {
                addWay(dish, key);
            }
            for (GroupUse use : orEmpty(fields.get(Item.MODIFIER_GROUPS))) {
                addWay(key, new RecordKey(Kind.MODIFIER_GROUP, use.group()));
            }
        } else if (key.kind() == Kind.MODIFIER_GROUP) {
            nodes.add(key);
            for (Option option : orEmpty(fields.get(ModifierGroup.OPTIONS))) {
                RecordKey head = head(new RecordKey(Kind.ITEM, option.item()));
                if (head != null) {
                    addWay(key, head);
                }
            }
        }
    }

    private void addWay(RecordKey from, RecordKey to) {
        if (all.containsKey(to)) {
            ways.computeIfAbsent(from, key -> new ArrayList<>()).add(to);
            ledTo.add(to);
        }
    }

    /** The dish of a variation that is there; else the item itself. */
    private RecordKey dish(RecordKey item) {
        FieldMap fields = all.get(item);
        Placement of = fields == null ? null : fields.get(Item.VARIATION_OF);
        RecordKey dish = of == null ? item : new RecordKey(Kind.ITEM, of.in());
        return all.containsKey(dish) ? dish : item;
    }

    /** The dish that is no variation itself; null where there is none to be found. */
    private @Nullable RecordKey head(RecordKey item) {
        RecordKey at = item;
        for (int i = 0; i < NESTED_MAX; i++) {
            RecordKey dish = dish(at);
            if (dish.equals(at)) {
                return at;
            }
            at = dish;
        }
        return null;
    }

    private Set<RecordKey> unreached() {
        Set<RecordKey> before = from(this::isBeginning, key -> true);
        Set<RecordKey> now = from(
                key -> !before.contains(key) || (isBeginning(key) && !isInLeftOutCategoriesOnly(key)),
                key -> !leftOut.has(key) && !isOfLeftOutDish(key));
        Set<RecordKey> unreached = new LinkedHashSet<>(nodes);
        unreached.removeAll(now);
        return unreached;
    }

    private boolean isBeginning(RecordKey key) {
        return !ledTo.contains(key) || (isDish(key) && !categories(key).isEmpty());
    }

    private boolean isInLeftOutCategoriesOnly(RecordKey key) {
        List<Placement> categories = categories(key);
        return !categories.isEmpty()
                && categories.stream().allMatch(each -> leftOut.has(new RecordKey(Kind.CATEGORY, each.in())));
    }

    /** Even a dish that is not there may be left out by name, and its variations with it. */
    private boolean isOfLeftOutDish(RecordKey key) {
        FieldMap fields = all.get(key);
        Placement of = fields == null || key.kind() != Kind.ITEM ? null : fields.get(Item.VARIATION_OF);
        return of != null && leftOut.has(new RecordKey(Kind.ITEM, of.in()));
    }

    private boolean isDish(RecordKey key) {
        return key.kind() == Kind.ITEM && dish(key).equals(key);
    }

    private List<Placement> categories(RecordKey key) {
        FieldMap fields = key.kind() == Kind.ITEM ? all.get(key) : null;
        return fields == null ? List.of() : orEmpty(fields.get(Item.CATEGORIES));
    }

    private Set<RecordKey> from(Predicate<RecordKey> beginning, Predicate<RecordKey> passable) {
        Set<RecordKey> reached = new HashSet<>();
        Deque<RecordKey> next = new ArrayDeque<>();
        for (RecordKey node : nodes) {
            if (passable.test(node) && beginning.test(node)) {
                reached.add(node);
                next.add(node);
            }
        }
        while (!next.isEmpty()) {
            for (RecordKey to : ways.getOrDefault(next.remove(), List.of())) {
                if (passable.test(to) && reached.add(to)) {
                    next.add(to);
                }
            }
        }
        return reached;
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
