package dev.tournant.adapters.doordash;

import dev.tournant.adapter.Outcome;
import dev.tournant.model.RecordKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What comes to light while one menu is built. */
final class Findings {
    /** Objects of one menu; far more than a kitchen has, and less than what a body may hold. */
    static final int OBJECTS_MAX = 50_000;

    private final Set<RecordKey> used = new HashSet<>();
    private final Map<RecordKey, Outcome.GiveUp> refused = new HashMap<>();
    private int objects;

    /** The menu has become too large: groups within groups multiply. */
    static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLarge() {
            super(
                    "the menu has more than " + OBJECTS_MAX + " parts; take groups out of the options of others",
                    null,
                    false,
                    false);
        }
    }

    void use(RecordKey key) {
        used.add(key);
        if (++objects > OBJECTS_MAX) {
            throw new TooLarge();
        }
    }

    /** The record cannot be told, here at least. */
    void refuse(RecordKey key, String code, String why) {
        refused.putIfAbsent(key, new Outcome.GiveUp(code, why));
    }

    /** Every record that has a part in the menu, those that are refused among them. */
    Set<RecordKey> used() {
        return Set.copyOf(used);
    }

    Map<RecordKey, Outcome.GiveUp> refused() {
        return Map.copyOf(refused);
    }
}
