package dev.tournant.adapter.manifest;

import dev.tournant.adapter.Difference;
import dev.tournant.model.FieldMap;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Relations;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What our records are called at the partner: by its ids, or by a temporary name until it has given one. */
final class Names {
    private static final String TEMPORARY = "#";

    private final Map<RecordKey, RecordId> names = new HashMap<>();
    private final Map<RecordKey, RecordKey> ours = new HashMap<>();

    Names(Difference difference) {
        difference.remotes().forEach((key, remote) -> names.put(key, remote.id()));
        // In order of the keys, so that the same plan made again is the same.
        List<RecordKey> fresh = difference.wanted().keySet().stream()
                .filter(key -> !names.containsKey(key))
                .sorted()
                .toList();
        for (int i = 0; i < fresh.size(); i++) {
            names.put(fresh.get(i), new RecordId(TEMPORARY + (i + 1)));
        }
        names.forEach((key, name) -> ours.put(new RecordKey(key.kind(), name), key));
    }

    boolean has(RecordKey key) {
        return names.containsKey(key);
    }

    RecordId of(RecordKey key) {
        return names.getOrDefault(key, key.id());
    }

    /** Our key of what the partner calls so. */
    RecordKey ours(RecordKey theirs) {
        return ours.getOrDefault(theirs, theirs);
    }

    boolean isTemporary(RecordKey key) {
        return isTemporary(of(key));
    }

    static boolean isTemporary(RecordId name) {
        return name.value().startsWith(TEMPORARY);
    }

    RecordKey renamed(RecordKey key) {
        return new RecordKey(key.kind(), of(key));
    }

    FieldMap renamed(FieldMap fields) {
        return Relations.renamed(fields, this::of);
    }
}
