package dev.tournant.deploy.standins.toast;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Json;

/**
 * One edit that was made: which field of what has which value since when. Edits of menus show after the next publish only.
 *
 * @param kind what was done; another than asked for when there was nothing to do it to
 * @param restaurant guid of the restaurant
 * @param guid what changed: an item, a modifier's item, a menu, or the restaurant
 * @param field Toast's name of the field
 * @param value the new value, as the API gives it
 * @param atMillis when, epoch milliseconds by the stand-in's clock
 */
public record Edit(EditKind kind, String restaurant, String guid, String field, JsonNode value, long atMillis) {

    ObjectNode json() {
        ObjectNode json = Json.object();
        json.put("kind", kind.wireName());
        json.put("restaurant", restaurant);
        json.put("guid", guid);
        json.put("field", field);
        json.set("value", value);
        json.put("atMillis", atMillis);
        json.put("at", Json.time(atMillis));
        return json;
    }
}
