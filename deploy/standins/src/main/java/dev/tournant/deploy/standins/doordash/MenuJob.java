package dev.tournant.deploy.standins.doordash;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Json;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A menu on its way to customers.
 *
 * @param reference the client's word for the job, or a made-up one
 * @param updates the id of the menu that is replaced; null makes a new one
 */
record MenuJob(
        String reference, @Nullable String updates, ObjectNode menu, ArrayNode openHours, ArrayNode specialHours) {

    /** How a job ended. Without details it went well; with a menu id the menu is there in any case. */
    record Outcome(Optional<String> menuId, Optional<String> details) {
        String status() {
            return details.isEmpty() ? "SUCCESS" : "FAILURE";
        }
    }

    /** The content has passed {@link MenuRules}. */
    static MenuJob of(ObjectNode content, String madeUpReference, @Nullable String updates) {
        String reference = content.path("reference").asText();
        return new MenuJob(
                reference.isBlank() ? madeUpReference : reference,
                updates,
                (ObjectNode) content.path("menu"),
                (ArrayNode) content.path("open_hours"),
                (ArrayNode) content.path("special_hours"));
    }

    String type() {
        return updates == null ? "MenuCreate" : "MenuUpdate";
    }

    ObjectNode event(String storeId, Outcome outcome) {
        ObjectNode json = Json.object();
        ObjectNode event = json.putObject("event");
        event.put("type", type());
        event.put("status", outcome.status());
        event.put("reference", reference);
        outcome.details().ifPresent(details -> event.put("details", details));
        json.putObject("store").put("merchant_supplied_id", storeId);
        json.putObject("menu").put("id", outcome.menuId().orElse(null));
        return json;
    }
}
