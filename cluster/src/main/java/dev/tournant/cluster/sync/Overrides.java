package dev.tournant.cluster.sync;

import dev.tournant.model.FieldMap;
import dev.tournant.model.Projection;
import dev.tournant.model.RecordKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The values that a projection shows in place of the merchant's, by record. */
final class Overrides {
    private final List<Projection.ChannelValues> list;
    private final Map<RecordKey, Integer> places = new HashMap<>();

    Overrides(List<Projection.ChannelValues> list) {
        this.list = list;
        for (int i = 0; i < list.size(); i++) {
            places.put(list.get(i).key(), i);
        }
    }

    /** The values of one record; empty for most. */
    FieldMap of(RecordKey key) {
        Integer place = places.get(key);
        return place == null ? FieldMap.EMPTY : list.get(place).fields();
    }

    /** Its place in the projection's list; -1 for none. */
    int place(RecordKey key) {
        return places.getOrDefault(key, -1);
    }

    /** The merchant's values with these over them; the same object where there are none. */
    FieldMap over(RecordKey key, FieldMap fields) {
        FieldMap values = of(key);
        return values.isEmpty() ? fields : fields.with(values);
    }
}
