package dev.tournant.deploy.standins.potluck;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Json;

/**
 * One edit that was made.
 *
 * @param location its id
 * @param object what was edited, as it is now; the tombstone of a deleted item
 */
public record Edit(EditKind kind, String location, ObjectNode object) {
    ObjectNode json() {
        ObjectNode json = Json.object().put("kind", kind.wireName()).put("location", location);
        json.set("object", object);
        return json;
    }
}
