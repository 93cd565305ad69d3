package dev.tournant.cluster.sync;

import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.LinkId;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * What one link, or an operator, says a value should be.
 *
 * @param value null for "has none"
 */
public record Claim(@Nullable Object value, Provenance by) {
    LinkId link() {
        return by.link();
    }

    /** Whether the link only has no value, and never had one: nobody has cleared it there. */
    boolean isAbsence() {
        return value == null && by.since().equals(Stamp.ZERO);
    }

    boolean isOperators() {
        return by.link().equals(Provenance.API);
    }

    /** The same as a statement about a record. */
    RecordDelta about(RecordKey key, Field<?> field) {
        FieldMap one = FieldMap.builder(key.kind()).put(field, value).build();
        return RecordDelta.set(key, by.stamp(), by.version(), one);
    }

    /** A record with this value, at the revision that it has. */
    FlatRecord over(FlatRecord record, Field<?> field) {
        return record.after(about(record.key(), field), by, record.revision());
    }
}
