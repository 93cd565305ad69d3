package dev.tournant.adapter.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.lens.Lens;
import dev.tournant.adapter.lens.Shape;
import dev.tournant.model.FieldMap;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Presence;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One sort of object as a manifest describes it.
 *
 * @param name in the manifest
 * @param version null where the partner has none
 * @param updated when it changed; null where the partner does not say
 * @param deleted whether it is no more; null where the partner does not say
 */
record Described(
        String name,
        Shape shape,
        @Nullable Lens<Long> version,
        @Nullable Lens<Instant> updated,
        @Nullable Lens<Boolean> deleted) {
    /**
     * What an object says of its record.
     *
     * @param otherwise its time where it bears none
     * @param trouble is told of fields that cannot be read; they are left as they were, and the others are read
     */
    RecordDelta delta(JsonNode object, Instant otherwise, Consumer<InvalidValue> trouble) {
        RecordKey key = shape.key(object);
        Instant at = updated == null ? null : updated.get(object);
        Stamp stamp = Stamp.at(at == null ? otherwise : at);
        if (deleted != null && Boolean.TRUE.equals(deleted.get(object))) {
            return RecordDelta.deleted(key, stamp, versionOf(object), Presence.TOMBSTONE);
        }
        FieldMap fields = shape.mapping().get(object, trouble);
        return RecordDelta.set(key, stamp, versionOf(object), fields);
    }

    long versionOf(JsonNode object) {
        Long number = version == null ? null : version.get(object);
        return number == null ? 0 : number;
    }

    boolean isDeleted(JsonNode object) {
        return deleted != null && Boolean.TRUE.equals(deleted.get(object));
    }
}
