package dev.tournant.deploy.standins.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Json;
import java.util.Optional;

/** The {@code location_overrides} of a variation or a modifier. */
final class Overrides {
    private Overrides() {}

    static Optional<ObjectNode> find(JsonNode object, String locationId) {
        return Json.objectsOf(Shape.dataOf(object).path("location_overrides")).stream()
                .filter(override -> override.path("location_id").asText().equals(locationId))
                .findFirst();
    }

    /** The override for a location, to change it; an empty one is added where there is none. */
    static ObjectNode at(ObjectNode object, String locationId) {
        return find(object, locationId).orElseGet(() -> {
            ArrayNode overrides = Shape.data(object).withArrayProperty("location_overrides");
            return overrides.addObject().put("location_id", locationId);
        });
    }

    static boolean isSoldOut(JsonNode object, String locationId) {
        return find(object, locationId)
                .map(override -> override.path("sold_out").asBoolean())
                .orElse(false);
    }

    static boolean isTracked(JsonNode variation, String locationId) {
        boolean everywhere = Shape.dataOf(variation).path("track_inventory").asBoolean();
        return find(variation, locationId)
                .map(override -> override.path("track_inventory").asBoolean(everywhere))
                .orElse(everywhere);
    }
}
