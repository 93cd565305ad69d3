package dev.tournant.cluster.sync;

import dev.tournant.model.Category;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Fulfilment;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Placement;
import dev.tournant.model.PriceChange;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The price changes of a projection, compiled: a set of them is a number with a bit for each, and the first that matches
 * is its lowest bit. Amounts in another currency than the merchant's change nothing, hence match nothing.
 */
final class PriceList {
    private final List<PriceChange> changes;
    private final Map<RecordId, Long> byItem = new HashMap<>();
    private final Map<RecordId, Long> byCategory = new HashMap<>();
    private final Map<Fulfilment, Long> byFulfilment = new EnumMap<>(Fulfilment.class);
    private long everywhere;
    private long always;

    PriceList(List<PriceChange> changes, Currency currency) {
        this.changes = changes;
        for (int i = 0; i < changes.size(); i++) {
            if (changes.get(i).isIn(currency)) {
                add(changes.get(i), 1L << i);
            }
        }
    }

    private void add(PriceChange change, long bit) {
        change.items().forEach(id -> byItem.merge(id, bit, (a, b) -> a | b));
        change.categories().forEach(id -> byCategory.merge(id, bit, (a, b) -> a | b));
        everywhere |= change.items().isEmpty() && change.categories().isEmpty() ? bit : 0;
        always |= change.fulfilments().isEmpty() ? bit : 0;
        change.fulfilments().forEach(each -> byFulfilment.merge(each, bit, (a, b) -> a | b));
    }

    PriceChange get(int index) {
        return changes.get(index);
    }

    /**
     * What becomes of the prices of one item.
     *
     * @param general the change of its base price; -1 for none
     * @param limited changes that hold for some fulfilments in place of the general one
     */
    record Applied(int general, List<Limited> limited) {
        static final Applied NONE = new Applied(-1, List.of());

        boolean isNone() {
            return general < 0 && limited.isEmpty();
        }

        /** In order: what is limited counts only before what is not. */
        List<Integer> all() {
            List<Integer> all = new ArrayList<>();
            limited.forEach(each -> all.add(each.change()));
            if (general >= 0) {
                all.add(general);
            }
            return all;
        }
    }

    /** That a change holds for some fulfilments. */
    record Limited(int change, List<Fulfilment> when) {}

    private Applied applied(long matching) {
        if (matching == 0) {
            return Applied.NONE;
        }
        int general = lowest(matching & always);
        Map<Integer, List<Fulfilment>> limited = new TreeMap<>();
        for (Fulfilment each : Fulfilment.values()) {
            int first = lowest(matching & (always | byFulfilment.getOrDefault(each, 0L)));
            if (first != general) {
                limited.computeIfAbsent(first, key -> new ArrayList<>()).add(each);
            }
        }
        List<Limited> list = new ArrayList<>(limited.size());
        limited.forEach((change, when) -> list.add(new Limited(change, List.copyOf(when))));
        return general < 0 && list.isEmpty() ? Applied.NONE : new Applied(general, list);
    }

    private static int lowest(long bits) {
        return bits == 0 ? -1 : Long.numberOfTrailingZeros(bits);
    }

    /** Which changes match which items of a merchant. */
    Matches over(Map<RecordKey, FieldMap> all) {
        return new Matches(all);
    }

    /** The changes that match each item. */
    final class Matches {
        private final Map<RecordKey, FieldMap> all;
        private final Lineage categories;
        private final Lineage items;

        private Matches(Map<RecordKey, FieldMap> all) {
            this.all = all;
            Map<RecordId, RecordId> parents =
                    byCategory.isEmpty() ? Map.of() : LeftOut.above(all, Kind.CATEGORY, Category.PARENT);
            categories = new Lineage(parents, id -> byCategory.getOrDefault(id, 0L));
            boolean same = byItem.isEmpty() && byCategory.isEmpty();
            items = new Lineage(same ? Map.of() : LeftOut.above(all, Kind.ITEM, Item.VARIATION_OF), this::own);
        }

        private long own(RecordId item) {
            long bits = everywhere | byItem.getOrDefault(item, 0L);
            if (!byCategory.isEmpty()) {
                FieldMap fields = all.get(new RecordKey(Kind.ITEM, item));
                List<Placement> in = fields == null ? null : fields.get(Item.CATEGORIES);
                for (Placement each : in == null ? List.<Placement>of() : in) {
                    bits |= categories.of(each.in());
                }
            }
            return bits;
        }

        /** For an item that is not there: what would match whatever it is. */
        Applied of(RecordId item) {
            return applied(items.of(item));
        }

        Applied everywhere() {
            return applied(everywhere);
        }

        /** Whether no item is matched by anything. */
        boolean isNone() {
            return everywhere == 0 && byItem.isEmpty() && byCategory.isEmpty();
        }

        PriceChange change(int index) {
            return get(index);
        }
    }
}
