package dev.tournant.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Fields;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Kind;
import dev.tournant.model.RecordKey;
import java.util.Map;
import java.util.TreeMap;

/** Records as a person writes them down: {@code {"item/tea": {"name": "Tea", "price": {…}}}}. */
final class Merchant {
    private Merchant() {}

    /** {@link InvalidValue} names the record, and the field, that cannot be read. */
    static Map<RecordKey, FieldMap> read(ObjectNode document) {
        Map<RecordKey, FieldMap> records = new TreeMap<>();
        document.fields().forEachRemaining(each -> {
            try {
                RecordKey key = key(each.getKey());
                records.put(key, fields(key.kind(), each.getValue()));
            } catch (InvalidValue e) {
                throw e.under(each.getKey());
            }
        });
        return records;
    }

    private static RecordKey key(String name) {
        int slash = name.indexOf('/');
        if (slash < 0) {
            throw new InvalidValue("must be KIND/ID, such as item/tea");
        }
        return RecordKey.of(Kind.of(name.substring(0, slash)), name.substring(slash + 1));
    }

    private static FieldMap fields(Kind kind, JsonNode values) {
        FieldMap.Builder fields = FieldMap.builder(kind);
        values.fields().forEachRemaining(each -> {
            Field<?> field = Fields.of(kind).get(each.getKey());
            Object plain = Plain.of(each.getValue());
            fields.put(field, plain == null ? null : field.read(plain));
        });
        return fields.build();
    }
}
