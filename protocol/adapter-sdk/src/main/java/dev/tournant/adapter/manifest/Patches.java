package dev.tournant.adapter.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Documents;
import java.util.Map;

/** What changes an object into another, as RFC 7396 has it: members that differ, null for those that are gone. */
final class Patches {
    private Patches() {}

    /** Members of objects within them likewise; lists are told whole. */
    static ObjectNode between(JsonNode before, JsonNode after) {
        ObjectNode patch = Documents.empty();
        for (Map.Entry<String, JsonNode> each : after.properties()) {
            JsonNode was = before.path(each.getKey());
            JsonNode is = each.getValue();
            if (was.isObject() && is.isObject()) {
                ObjectNode inner = between(was, is);
                if (!inner.isEmpty()) {
                    patch.set(each.getKey(), inner);
                }
            } else if (!was.equals(is)) {
                patch.set(each.getKey(), is);
            }
        }
        for (Map.Entry<String, JsonNode> each : before.properties()) {
            if (!after.has(each.getKey())) {
                patch.putNull(each.getKey());
            }
        }
        return patch;
    }
}
