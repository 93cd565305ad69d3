package dev.tournant.deploy.standins.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Json;
import org.jspecify.annotations.Nullable;

/**
 * One edit that was made: which field of which object has which value since when.
 *
 * @param kind what was done; another than asked for when there was nothing to do it to
 * @param seller merchant id
 * @param objectId the object that changed: an item, variation, modifier, or location
 * @param objectType its catalog type, or {@code LOCATION}
 * @param locationId where it changed; null when everywhere
 * @param field Square's name of the field
 * @param value the new value, as the API gives it
 * @param version the catalogue's version after the edit; for stock and hours, the version of the catalogue as it stands
 * @param atMillis when, epoch milliseconds by the stand-in's clock
 */
public record Edit(
        EditKind kind,
        String seller,
        String objectId,
        String objectType,
        @Nullable String locationId,
        String field,
        JsonNode value,
        long version,
        long atMillis) {

    ObjectNode json() {
        ObjectNode json = Json.object();
        json.put("kind", kind.wireName());
        json.put("seller", seller);
        json.put("objectId", objectId);
        json.put("objectType", objectType);
        if (locationId != null) {
            json.put("locationId", locationId);
        }
        json.put("field", field);
        json.set("value", value);
        json.put("version", version);
        json.put("atMillis", atMillis);
        json.put("at", Json.time(atMillis));
        return json;
    }
}
