package dev.tournant.adapters.square;

import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Remote;
import dev.tournant.model.FieldMap;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Relations;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What our records are called at Square: by Square's ids, or where it has none yet by a temporary name, which is good
 * for one batch. An object that was deleted cannot be brought back under its id, and is a new one.
 */
final class SquareNames {
    private final Map<RecordKey, RecordId> names = new HashMap<>();

    /** @param moved what Square has, and is to have as a new object */
    SquareNames(Difference difference, Set<RecordKey> moved) {
        difference.remotes().forEach((key, remote) -> {
            if (isLive(remote) && !moved.contains(key)) {
                names.put(key, remote.id());
            }
        });
        // In order of the keys, so that the same plan made again is the same.
        List<RecordKey> fresh = Stream.concat(difference.wanted().keySet().stream(), moved.stream())
                .filter(key -> !names.containsKey(key))
                .distinct()
                .sorted()
                .toList();
        for (int i = 0; i < fresh.size(); i++) {
            names.put(fresh.get(i), new RecordId("#" + (i + 1)));
        }
    }

    static boolean isLive(Remote remote) {
        return remote.document() == null
                || !remote.document().path("is_deleted").asBoolean();
    }

    boolean has(RecordKey key) {
        return names.containsKey(key);
    }

    RecordId of(RecordKey key) {
        return names.getOrDefault(key, key.id());
    }

    boolean isTemporary(RecordKey key) {
        return isTemporary(of(key));
    }

    static boolean isTemporary(RecordId name) {
        return name.value().startsWith("#");
    }

    RecordKey renamed(RecordKey key) {
        return new RecordKey(key.kind(), of(key));
    }

    FieldMap renamed(FieldMap fields) {
        return Relations.renamed(fields, this::of);
    }
}
