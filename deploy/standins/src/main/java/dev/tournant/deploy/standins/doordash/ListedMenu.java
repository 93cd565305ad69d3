package dev.tournant.deploy.standins.doordash;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Json;
import java.time.Instant;

/** A menu as customers see it. Its trees never change: an update or an edit puts others in their place. */
record ListedMenu(
        String id, String reference, ObjectNode menu, ArrayNode openHours, ArrayNode specialHours, Instant updatedAt) {

    /** This menu with the hours of another. */
    ListedMenu withHours(ArrayNode open, ArrayNode special) {
        return new ListedMenu(id, reference, menu, open, special, updatedAt);
    }

    ListedMenu withMenu(ObjectNode changed) {
        return new ListedMenu(id, reference, changed, openHours, specialHours, updatedAt);
    }

    ObjectNode json() {
        ObjectNode json = Json.object();
        json.put("id", id);
        json.put("reference", reference);
        json.put("is_active", MenuTree.isActive(menu));
        json.put("last_successful_update_at", updatedAt.toString());
        json.set("open_hours", openHours);
        json.set("special_hours", specialHours);
        json.set("menu", menu);
        return json;
    }
}
