package dev.tournant.cluster.sync;

import dev.tournant.model.RecordId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Bits that a record has of its own or takes over from all that it stands beneath. Records that stand beneath each other
 * in a circle have the same. Every record is walked once, however deep they are nested.
 */
final class Lineage {
    private final Map<RecordId, RecordId> above;
    private final ToLongFunction<RecordId> own;
    private final Map<RecordId, Long> resolved = new HashMap<>();

    /**
     * Resolves all at once.
     *
     * @param above what a record stands directly beneath, if it is beneath anything
     * @param own the bits of any record, known or not
     */
    Lineage(Map<RecordId, RecordId> above, ToLongFunction<RecordId> own) {
        this.above = above;
        this.own = own;
        above.keySet().forEach(this::resolve);
    }

    long of(RecordId id) {
        Long bits = resolved.get(id);
        return bits == null ? own.applyAsLong(id) : bits;
    }

    private void resolve(RecordId id) {
        Set<RecordId> path = new LinkedHashSet<>();
        RecordId at = id;
        while (at != null && !resolved.containsKey(at) && path.add(at)) {
            at = above.get(at);
        }
        List<RecordId> up = new ArrayList<>(path);
        long bits = at == null ? 0 : resolved.containsKey(at) ? of(at) : ofCircle(up, at);
        for (int i = up.size() - 1; i >= 0; i--) {
            bits |= own.applyAsLong(up.get(i));
            resolved.put(up.get(i), bits);
        }
    }

    private long ofCircle(List<RecordId> up, @Nullable RecordId first) {
        long bits = 0;
        for (RecordId each : up.subList(up.indexOf(first), up.size())) {
            bits |= own.applyAsLong(each);
        }
        return bits;
    }
}
