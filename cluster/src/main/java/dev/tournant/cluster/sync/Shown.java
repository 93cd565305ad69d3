package dev.tournant.cluster.sync;

import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.RecordKey;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a link should show of a merchant's records at one time. Immutable. */
public final class Shown {
    private final Map<RecordKey, FieldMap> records;
    private final LeftOut leftOut;
    private final Transformed transformed;

    Shown(Map<RecordKey, FieldMap> records, LeftOut leftOut, Transformed transformed) {
        this.records = Collections.unmodifiableMap(records);
        this.leftOut = leftOut;
        this.transformed = transformed;
    }

    /**
     * The values to be shown, in order of key; null for those that are cleared. Records that are left out are not among
     * them. Fields of a record that is shown as it is are the very object that the record has.
     */
    public Map<RecordKey, FieldMap> records() {
        return records;
    }

    /** The same at a time at which some pauses are over. */
    public Shown asOf(Instant now) {
        Map<RecordKey, FieldMap> all = null;
        for (Map.Entry<RecordKey, FieldMap> each : records.entrySet()) {
            FieldMap then = Pauses.asOf(each.getKey().kind(), each.getValue(), now);
            if (!then.equals(each.getValue())) {
                all = all == null ? new TreeMap<>(records) : all;
                all.put(each.getKey(), then);
            }
        }
        return all == null ? this : new Shown(all, leftOut, transformed);
    }

    /** Why a record is not shown; null if it is, or would be if the merchant had it. */
    public @Nullable Why whyLeftOut(RecordKey key) {
        return leftOut.why(key);
    }

    /**
     * Whether the value of a field is shown as the merchant has it. Only then is another value on the link an edit there:
     * of any other field it is no value of the merchant's. For records that the merchant does not have it tells what
     * would hold for any.
     */
    public boolean isOwn(RecordKey key, Field<?> field) {
        return why(key, field).cause() == Why.Cause.OWN;
    }

    /** What makes the value of a field what it is. */
    public Why why(RecordKey key, Field<?> field) {
        return transformed.why(key, field);
    }
}
