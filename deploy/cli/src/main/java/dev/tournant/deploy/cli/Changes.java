package dev.tournant.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.messages.Json;
import dev.tournant.model.FieldMap;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Kind;
import dev.tournant.model.RecordKey;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Records to write, and records to take away: {@code {"item/tea": {"name": "Tea", "sku": null}, "item/pie": "removed"}}. */
record Changes(Map<RecordKey, FieldMap> records, Set<RecordKey> removed) {
    private static final String REMOVED = "removed";

    static Changes of(Path file, ObjectNode document) {
        Map<RecordKey, FieldMap> records = new LinkedHashMap<>();
        Set<RecordKey> removed = new HashSet<>();
        document.fields().forEachRemaining(each -> {
            try {
                RecordKey key = key(each.getKey());
                if (each.getValue().isTextual() && each.getValue().textValue().equals(REMOVED)) {
                    removed.add(key);
                } else {
                    records.put(key, fields(key.kind(), each.getValue()));
                }
            } catch (InvalidValue e) {
                throw Refused.usage(file + ": " + e.under(each.getKey()).getMessage());
            }
        });
        return new Changes(records, removed);
    }

    private static RecordKey key(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new InvalidValue("must be KIND/ID, such as item/tea");
        }
        return RecordKey.of(Kind.of(text.substring(0, slash)), text.substring(slash + 1));
    }

    private static FieldMap fields(Kind kind, JsonNode value) {
        if (!value.isObject()) {
            throw new InvalidValue("must be an object of fields, or \"" + REMOVED + "\"");
        }
        return FieldMap.read(kind, Json.text().convertValue(value, Map.class));
    }
}
