package dev.tournant.deploy.standins.doordash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Json;

/**
 * One edit that was made: which field of which item has which value since when.
 *
 * @param kind what was done
 * @param store {@code merchant_supplied_id} of the store
 * @param itemId {@code merchant_supplied_id} of the item
 * @param field DoorDash's name of the field
 * @param value the new value, as the API gives it
 * @param atMillis when, epoch milliseconds by the stand-in's clock
 */
public record Edit(EditKind kind, String store, String itemId, String field, JsonNode value, long atMillis) {

    ObjectNode json() {
        ObjectNode json = Json.object();
        json.put("kind", kind.wireName());
        json.put("store", store);
        json.put("itemId", itemId);
        json.put("field", field);
        json.set("value", value);
        json.put("atMillis", atMillis);
        json.put("at", Json.time(atMillis));
        return json;
    }
}
