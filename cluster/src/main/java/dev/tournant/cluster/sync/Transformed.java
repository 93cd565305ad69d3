package dev.tournant.cluster.sync;

import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.ModifierGroup;
import dev.tournant.model.Option;
import dev.tournant.model.RecordKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which values a link shows otherwise than the merchant has them, and why. It goes by what the projection asks for, not
 * by whether values differ: of a price that ten percent more leaves at 0.05, another amount on the link is still no
 * amount of the merchant's.
 */
final class Transformed {
    private final Overrides overrides;
    private final PriceList.Matches matches;
    private final Map<RecordKey, FieldMap> all;
    private final Map<RecordKey, Map<Field<?>, Why>> shortened = new HashMap<>();

    Transformed(Overrides overrides, PriceList.Matches matches, Map<RecordKey, FieldMap> all) {
        this.overrides = overrides;
        this.matches = matches;
        this.all = all;
    }

    /** Notes a list of which not all is shown; of two causes the first counts. */
    void add(RecordKey key, Field<?> field, Why.Cause cause) {
        shortened.computeIfAbsent(key, each -> new HashMap<>()).putIfAbsent(field, new Why(cause));
    }

    Why why(RecordKey key, Field<?> field) {
        if (overrides.of(key).has(field)) {
            return new Why(Why.Cause.OVERRIDE, overrides.place(key));
        }
        List<Integer> changes = matches.isNone() ? List.of() : changes(key, field);
        if (!changes.isEmpty()) {
            return new Why(Why.Cause.PRICE_CHANGE, changes);
        }
        Why why = shortened.getOrDefault(key, Map.of()).get(field);
        return why == null ? Why.OWN : why;
    }

    /** The price changes that go into a field, in order. */
    private List<Integer> changes(RecordKey key, Field<?> field) {
        if (field == Item.PRICE) {
            return general(matches.of(key.id()));
        }
        if (field == Item.PRICE_RULES) {
            return matches.of(key.id()).all();
        }
        return field == ModifierGroup.OPTIONS ? ofOptions(key) : List.of();
    }

    private List<Integer> ofOptions(RecordKey group) {
        TreeSet<Integer> changes = new TreeSet<>(general(matches.everywhere()));
        for (Option option : options(all.get(group))) {
            changes.addAll(general(matches.of(option.item())));
        }
        return List.copyOf(changes);
    }

    private static List<Option> options(@Nullable FieldMap group) {
        List<Option> options = group == null ? null : group.get(ModifierGroup.OPTIONS);
        return options == null ? List.of() : options;
    }

    private static List<Integer> general(PriceList.Applied applied) {
        return applied.general() < 0 ? List.of() : List.of(applied.general());
    }
}
