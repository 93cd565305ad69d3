package dev.tournant.adapters.doordash;

import dev.tournant.model.InvalidValue;
import dev.tournant.model.RecordId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The way from the outside to a part of a menu.
 *
 * @param ids of all records on the way
 * @param extras those among them that are extras: none may stand in itself
 */
record Path(List<RecordId> ids, Set<RecordId> extras) {
    /** Extras within options within extras. */
    static final int EXTRAS_DEPTH_MAX = 8;

    static Path of(RecordId menu, RecordId category) {
        return new Path(List.of(menu, category), Set.of());
    }

    Path to(RecordId item) {
        List<RecordId> longer = new ArrayList<>(ids);
        longer.add(item);
        return new Path(List.copyOf(longer), extras);
    }

    /** {@link InvalidValue} where the extra stands in itself, or too deep. */
    Path into(RecordId extra) {
        Set<RecordId> around = new LinkedHashSet<>(extras);
        if (!around.add(extra)) {
            throw new InvalidValue("stands in itself: " + extra).under("modifier-groups");
        }
        if (around.size() > EXTRAS_DEPTH_MAX) {
            throw new InvalidValue("stand in each other, " + extra + " deeper than " + EXTRAS_DEPTH_MAX)
                    .under("modifier-groups");
        }
        return new Path(to(extra).ids(), around);
    }
}
