package dev.tournant.cluster.sync;

import dev.tournant.model.Kind;
import dev.tournant.model.Projection;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a projection says of single records, ready to be looked up. */
final class Chosen {
    private final Set<RecordId> menus;
    private final Map<RecordKey, Integer> without = new HashMap<>();

    Chosen(Projection projection) {
        menus = new HashSet<>(projection.menus());
        for (int i = 0; i < projection.without().size(); i++) {
            without.putIfAbsent(projection.without().get(i), i);
        }
    }

    /** Why the projection itself leaves a record out; null if it does not. */
    @Nullable
    Why leavesOut(RecordKey key) {
        Integer at = without.get(key);
        if (at != null) {
            return new Why(Why.Cause.WITHOUT, at);
        }
        boolean otherMenu = key.kind() == Kind.MENU && !menus.isEmpty() && !menus.contains(key.id());
        return otherMenu ? new Why(Why.Cause.MENUS) : null;
    }

    boolean isLeftOut(RecordKey key) {
        return leavesOut(key) != null;
    }
}
