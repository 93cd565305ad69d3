package dev.tournant.adapter.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.FieldPath;
import dev.tournant.model.InvalidValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a webhook holds several events: in a list, or in lists under the names of an object. Where a list belongs, a single
 * value stands for a list of one.
 *
 * @param path null where it is the body itself
 * @param isNamed whether an object stands there, with a list under each name
 */
record EventList(@Nullable FieldPath path, boolean isNamed) {
    /** Of one webhook: far more than a partner sends at once, and few enough to be applied at once. */
    static final int EVENTS_MAX = 20_000;

    /**
     * One event.
     *
     * @param path in the body; empty for all of it
     * @param name under which it stands; null where it is in a list without names
     */
    record Told(String path, @Nullable String name, JsonNode event) {}

    /** Whether the body is a list, and no object. */
    boolean isBody() {
        return path == null && !isNamed;
    }

    /** All events in a body, in their order; {@link InvalidValue} if there is none, or more than can be read. */
    List<Told> in(JsonNode document) {
        JsonNode found = path == null ? document : path.node(document);
        List<Told> told = new ArrayList<>();
        if (!isNamed) {
            add(told, label(), null, found);
        } else if (found.isObject()) {
            for (Map.Entry<String, JsonNode> each : found.properties()) {
                add(told, path == null ? each.getKey() : label() + "." + each.getKey(), each.getKey(), each.getValue());
            }
        } else {
            throw new InvalidValue("must be an object with a list of events under each name").under(label());
        }
        if (told.isEmpty()) {
            throw new InvalidValue("holds no event").under(label());
        }
        return told;
    }

    private void add(List<Told> told, String at, @Nullable String name, JsonNode events) {
        if (Plains.isAbsent(events)) {
            return;
        }
        int count = events.isArray() ? events.size() : 1;
        if (told.size() + count > EVENTS_MAX) {
            throw new InvalidValue("holds more than " + EVENTS_MAX + " events").under(label());
        }
        for (int place = 0; place < count; place++) {
            told.add(
                    events.isArray()
                            ? new Told(at + "[" + place + "]", name, events.get(place))
                            : new Told(at, name, events));
        }
    }

    private String label() {
        return path == null ? Contents.WHOLE : path.toString();
    }

    /** A body that holds these events, and nothing else of the one that they stood in. */
    JsonNode holding(List<Told> told) {
        ObjectNode named = Plains.JSON.objectNode();
        ArrayNode list = Plains.JSON.arrayNode(told.size());
        for (Told each : told) {
            ArrayNode to = each.name() == null ? list : named.withArrayProperty(each.name());
            to.add(each.event());
        }
        JsonNode inner = isNamed ? named : list;
        if (path == null) {
            return inner;
        }
        for (int level = path.names().size() - 1; level >= 0; level--) {
            inner = Plains.JSON.objectNode().set(path.names().get(level), inner);
        }
        return inner;
    }
}
