package dev.tournant.conformance;

import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Writing;
import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Presence;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Relations;
import dev.tournant.model.Store;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is known of a partner after all samples were fetched.
 *
 * @param records what is there, by the partner's names; of a partner that is only told, what the merchant has
 * @param remotes what the adapter keeps of it for writing
 */
record Known(Trial trial, Map<RecordKey, FieldMap> records, Map<RecordKey, Remote> remotes) {
    private static final Set<Field<?>> STOCK =
            Set.of(Item.STATUS, Item.UNTIL, Item.QUANTITY, Store.STATUS, Store.UNTIL);
    static final String NONCE = "kit-nonce";

    static Known of(Trial trial) {
        Map<RecordKey, FieldMap> records = new TreeMap<>();
        Map<RecordKey, Remote> remotes = new TreeMap<>();
        for (Sample sample : trial.subject().samples().clean()) {
            if (sample.resource() == null) {
                // What a webhook says is newer than what the pages hold, of which writes are made.
                continue;
            }
            trial.records(sample).forEach((key, delta) -> {
                if (delta.presence() != Presence.PRESENT) {
                    records.remove(key);
                } else {
                    records.merge(key, delta.fields(), Known::over);
                }
            });
            remotes.putAll(trial.seen(sample));
        }
        if (trial.isOnlyTold()) {
            records.putAll(trial.subject().samples().merchant());
        }
        return new Known(trial, records, remotes);
    }

    static FieldMap over(FieldMap before, FieldMap later) {
        if (before.isEmpty() || later.isEmpty()) {
            return before.isEmpty() ? later : before;
        }
        FieldMap.Builder both = FieldMap.builder(before.field(0).kind());
        for (FieldMap each : new FieldMap[] {before, later}) {
            for (int i = 0; i < each.size(); i++) {
                both.put(each.field(i), each.value(i));
            }
        }
        return both.build();
    }

    /** What a catalogue or a store says of a record, without what changes from hour to hour. */
    static FieldMap described(FieldMap fields) {
        return part(fields, false);
    }

    private static FieldMap part(FieldMap fields, boolean stock) {
        if (fields.isEmpty()) {
            return fields;
        }
        FieldMap.Builder part = FieldMap.builder(fields.field(0).kind());
        for (int i = 0; i < fields.size(); i++) {
            if (STOCK.contains(fields.field(i)) == stock) {
                part.put(fields.field(i), fields.value(i));
            }
        }
        return part.build();
    }

    /** Records that the adapter declares to write, as far as they are described. */
    Map<RecordKey, FieldMap> described() {
        Map<RecordKey, FieldMap> all = new TreeMap<>();
        records.forEach((key, fields) -> {
            Capability needed = key.kind() == Kind.STORE ? Capability.WRITE_STORE : Capability.WRITE_CATALOGUE;
            FieldMap part = described(fields);
            if (trial.can(needed) && (remotes.containsKey(key) || trial.isOnlyTold()) && !part.isEmpty()) {
                all.put(key, part);
            }
        });
        return all;
    }

    /** Stock of items, where it can be written. */
    Map<RecordKey, FieldMap> stocked() {
        Map<RecordKey, FieldMap> all = new TreeMap<>();
        records.forEach((key, fields) -> {
            FieldMap part = part(fields, true);
            if (trial.can(Capability.WRITE_STOCK) && key.kind() == Kind.ITEM && !part.isEmpty()) {
                all.put(key, part);
            }
        });
        return all;
    }

    /** A new name for each record, or another value where the partner cannot be told names. */
    Map<RecordKey, FieldMap> changes() {
        Map<RecordKey, FieldMap> whole = new TreeMap<>(described());
        whole.replaceAll((key, fields) -> records.getOrDefault(key, fields));
        return Changed.of(trial, whole);
    }

    /** Changes that the adapter tells when they are planned one by one. */
    Map<RecordKey, FieldMap> tellable() {
        Map<RecordKey, FieldMap> all = new TreeMap<>();
        changes().forEach((key, fields) -> {
            Plan plan = trial.plan(difference(Map.of(key, fields), Set.of()));
            if (plan.steps().stream()
                    .flatMap(java.util.List::stream)
                    .anyMatch(call -> call.about().containsKey(key))) {
                all.put(key, fields);
            }
        });
        return all;
    }

    /** Everything that can be written once more, as records that the partner does not know. */
    Map<RecordKey, FieldMap> copies() {
        Map<RecordKey, FieldMap> all = new TreeMap<>();
        Set<RecordKey> copied = new HashSet<>(described().keySet());
        copied.removeIf(key -> key.kind() == Kind.PHOTO || key.kind() == Kind.STORE);
        described().forEach((key, fields) -> {
            if (copied.contains(key)) {
                all.put(
                        new RecordKey(key.kind(), copy(key.id())),
                        Relations.renamed(fields, each -> copied.contains(each) ? copy(each.id()) : each.id()));
            }
        });
        return all;
    }

    private static RecordId copy(RecordId id) {
        String name = "kit-" + id;
        return new RecordId(name.substring(0, Math.min(name.length(), RecordId.CHARS_MAX)));
    }

    Difference difference(Map<RecordKey, FieldMap> wanted, Set<RecordKey> removed) {
        return difference(wanted, removed, NONCE);
    }

    Difference difference(Map<RecordKey, FieldMap> wanted, Set<RecordKey> removed, String nonce) {
        return difference(wanted, removed, nonce, remotes);
    }

    /** With the whole of what there should be then, where the partner is told that. */
    Difference difference(
            Map<RecordKey, FieldMap> wanted, Set<RecordKey> removed, String nonce, Map<RecordKey, Remote> theirs) {
        Map<RecordKey, FieldMap> whole = new TreeMap<>();
        if (trial.writing().scope() == Writing.Scope.WHOLE) {
            whole.putAll(records);
            wanted.forEach((key, fields) -> whole.merge(key, fields, Known::over));
            whole.keySet().removeAll(removed);
        }
        return new Difference(
                trial.link(),
                trial.subject().currency(),
                wanted,
                removed,
                theirs,
                whole,
                Set.of(),
                nonce,
                trial.subject().at());
    }

    /** Whether some document that the partner holds says this. */
    boolean isHeld(String text) {
        return remotes.values().stream()
                .map(Remote::document)
                .anyMatch(document -> document != null
                        && Place.leaves(document).stream()
                                .anyMatch(place -> place.of(document).asText().equals(text)));
    }
}
