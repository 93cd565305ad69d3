package dev.tournant.conformance;

import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.LinkId;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.Presence;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Whole;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A merchant in small: what has been said, and by which event. The later statement counts, as {@link
 * Provenance#replaces} has it, and an event that bears an id counts once. Graves and clearings are remembered, so the
 * end does not depend on the order of arrival.
 */
final class Ledger {
    private final LinkId link;
    private final Set<RecordKey> all;
    private final Set<String> events = new HashSet<>();
    private final Map<RecordKey, Map<Field<?>, Said>> fields = new HashMap<>();
    private final Map<RecordKey, Provenance> graves = new HashMap<>();
    private final Map<RecordKey, Provenance> births = new HashMap<>();

    private record Said(@Nullable Object value, Provenance by) {}

    /** @param all records that any event speaks of: those that a whole may say are gone */
    Ledger(LinkId link, Set<RecordKey> all) {
        this.link = link;
        this.all = Set.copyOf(all);
    }

    void take(PartnerEvent event) {
        if (!event.id().isEmpty() && !events.add(event.id())) {
            return;
        }
        Set<RecordKey> mentioned = new HashSet<>();
        for (RecordDelta delta : event.deltas()) {
            mentioned.add(delta.key());
            take(delta, event.id());
        }
        for (Whole whole : event.wholes()) {
            if (whole.span() == Whole.Span.EVENT) {
                all.stream()
                        .filter(key -> key.kind() == whole.kind() && !mentioned.contains(key))
                        .forEach(key -> take(whole.unmentioned(key), event.id()));
            }
        }
    }

    private void take(RecordDelta delta, String event) {
        Provenance by = delta.provenance(link, event);
        if (delta.presence() != Presence.PRESENT) {
            graves.merge(delta.key(), by, (old, now) -> now.replaces(old) ? now : old);
            return;
        }
        births.merge(delta.key(), by, (old, now) -> now.replaces(old) ? now : old);
        Map<Field<?>, Said> mine = fields.computeIfAbsent(delta.key(), key -> new HashMap<>());
        FieldMap said = delta.fields();
        for (int i = 0; i < said.size(); i++) {
            mine.merge(said.field(i), new Said(said.value(i), by), (old, now) -> now.by.replaces(old.by) ? now : old);
        }
    }

    /** What holds now: records that are there, with the values that they have. */
    Map<RecordKey, Map<String, String>> state() {
        Map<RecordKey, Map<String, String>> state = new TreeMap<>();
        births.forEach((key, birth) -> {
            Provenance grave = graves.get(key);
            if (grave == null || birth.isNewerThan(grave)) {
                Map<String, String> values = new TreeMap<>();
                fields.getOrDefault(key, Map.of()).forEach((field, said) -> {
                    if (said.value != null && (grave == null || said.by.isNewerThan(grave))) {
                        values.put(field.name(), said.value.toString());
                    }
                });
                state.put(key, values);
            }
        });
        return state;
    }
}
