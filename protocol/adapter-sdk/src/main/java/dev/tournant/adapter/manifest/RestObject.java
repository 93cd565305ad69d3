package dev.tournant.adapter.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.lens.Shape;
import dev.tournant.adapter.lens.Shape.Place;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One object of a partner's with all the records that are nested in it. */
final class RestObject {
    /** How the place of a nested object that has no name yet is told from a name. */
    static final String PLACE = "#";

    private final Shape shape;
    private final ObjectNode object;
    private final Map<RecordKey, RecordId> names = new LinkedHashMap<>();

    RestObject(Shape shape, ObjectNode object) {
        this.shape = shape;
        this.object = object;
        name("", shape, object);
    }

    RecordKey key() {
        return shape.key(object);
    }

    /**
     * The records in it, by the partner's keys, with the names by which an answer can be read: the partner's own, or for
     * new ones their place: {@code #} for the object itself, {@code #0:2.1:0} for the first element of the second list
     * of the third element of its first list.
     */
    Map<RecordKey, RecordId> names() {
        return names;
    }

    private void name(String path, Shape at, JsonNode node) {
        RecordKey key;
        try {
            key = at.key(node);
        } catch (InvalidValue e) {
            return;
        }
        names.put(key, Names.isTemporary(key.id()) ? new RecordId(PLACE + path) : key.id());
        for (int p = 0; p < at.places().size(); p++) {
            Place place = at.places().get(p);
            JsonNode list = list(node, place);
            for (int i = 0; i < list.size(); i++) {
                Shape inner = shapeOf(place, list.get(i));
                if (inner != null) {
                    name((path.isEmpty() ? "" : path + ".") + p + ":" + i, inner, list.get(i));
                }
            }
        }
    }

    /** What stands at a place that {@link #names} told; null where there is nothing of the kind. */
    @Nullable
    Found at(String place) {
        Found found = new Found(shape, object);
        for (String step : place.substring(PLACE.length()).split("\\.", -1)) {
            if (found != null && !step.isEmpty()) {
                int colon = step.indexOf(':');
                found = inside(
                        found, Integer.parseInt(step.substring(0, colon)), Integer.parseInt(step.substring(colon + 1)));
            }
        }
        return found;
    }

    private static @Nullable Found inside(Found around, int p, int i) {
        Place place = around.shape.places().get(p);
        JsonNode node = list(around.node, place).path(i);
        Shape inner = node.isMissingNode() ? null : shapeOf(place, node);
        return inner == null ? null : new Found(inner, node);
    }

    /** An object and its shape. */
    record Found(Shape shape, JsonNode node) {}

    private static JsonNode list(JsonNode node, Place place) {
        JsonNode list = node;
        for (String name : place.path()) {
            list = list.path(name);
        }
        return list;
    }

    private static @Nullable Shape shapeOf(Place place, JsonNode node) {
        try {
            return place.sort().apply(node);
        } catch (InvalidValue e) {
            return null;
        }
    }

    /** As it is sent: the partner names what is new. */
    JsonNode withoutTemporaryNames() {
        return without(shape, object.deepCopy());
    }

    private static JsonNode without(Shape at, JsonNode node) {
        for (Place place : at.places()) {
            if (list(node, place) instanceof ArrayNode list) {
                for (int i = 0; i < list.size(); i++) {
                    Shape inner = shapeOf(place, list.get(i));
                    if (inner != null) {
                        list.set(i, without(inner, list.get(i)));
                    }
                }
            }
        }
        RecordId id = at.id().get(node);
        return id != null && Names.isTemporary(id) ? at.id().put(node, null) : node;
    }
}
