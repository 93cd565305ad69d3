package dev.tournant.cluster.poll;

import dev.tournant.cluster.poll.Timetable.Name;
import dev.tournant.model.MerchantId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Resources by the numbers that a schedule knows them by, and the other way round. */
final class Roster {
    private final Map<Name, Integer> ids = new HashMap<>();
    private final List<@Nullable Name> names = new ArrayList<>();
    private final Map<MerchantId, Set<Integer>> ofMerchant = new HashMap<>();

    void enter(int id, Name name) {
        while (names.size() <= id) {
            names.add(null);
        }
        names.set(id, name);
        ids.put(name, id);
        ofMerchant.computeIfAbsent(name.merchant(), key -> new HashSet<>()).add(id);
    }

    /** Whether it was there. */
    boolean remove(int id) {
        Name name = name(id);
        if (name == null) {
            return false;
        }
        names.set(id, null);
        ids.remove(name);
        Set<Integer> others = ofMerchant.getOrDefault(name.merchant(), new HashSet<>());
        others.remove(id);
        if (others.isEmpty()) {
            ofMerchant.remove(name.merchant());
        }
        return true;
    }

    @Nullable
    Integer id(Name name) {
        return ids.get(name);
    }

    @Nullable
    Name name(int id) {
        return id >= 0 && id < names.size() ? names.get(id) : null;
    }

    /** A merchant's resources; a copy. */
    Map<Integer, Name> of(MerchantId merchant) {
        Map<Integer, Name> own = new LinkedHashMap<>();
        for (int id : ofMerchant.getOrDefault(merchant, Set.of())) {
            Name name = name(id);
            if (name != null) {
                own.put(id, name);
            }
        }
        return own;
    }

    /** All, by number; a copy. */
    Map<Integer, Name> all() {
        Map<Integer, Name> all = new LinkedHashMap<>();
        for (int id = 0; id < names.size(); id++) {
            Name name = names.get(id);
            if (name != null) {
                all.put(id, name);
            }
        }
        return all;
    }

    int size() {
        return ids.size();
    }
}
