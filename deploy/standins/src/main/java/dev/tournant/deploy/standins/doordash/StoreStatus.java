package dev.tournant.deploy.standins.doordash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Answer;
import dev.tournant.deploy.standins.core.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a store takes orders, as a client asks for it. */
final class StoreStatus {
    private static final Set<String> REASONS = Set.of(
            "out_of_business",
            "delete_store",
            "payment_issue",
            "operational_issues",
            "store_self_disabled_in_their_POS_portal",
            "store_pos_connectivity_issues");

    private final Store store;

    StoreStatus(Store store) {
        this.store = store;
    }

    /** {@code {is_active, reason, notes, end_time}}; only the first one counts for an activation. */
    Answer change(JsonNode body) {
        if (!(body instanceof ObjectNode) || !body.path("is_active").isBoolean()) {
            return invalid("is_active", "must be true or false");
        }
        return body.path("is_active").asBoolean() ? activate() : deactivate(body);
    }

    private Answer activate() {
        return store.activate()
                .map(why -> DoorDashError.notActivated(why).answer())
                .orElseGet(() -> Answer.ok(store.details()));
    }

    private Answer deactivate(JsonNode body) {
        String reason = body.path("reason").asText();
        if (!REASONS.contains(reason)) {
            return invalid(
                    "reason", "must be one of " + REASONS.stream().sorted().toList());
        }
        Optional<Instant> end =
                body.hasNonNull("end_time") ? Json.time(body.path("end_time").asText()) : Optional.empty();
        if (body.hasNonNull("end_time") && end.isEmpty()) {
            return invalid("end_time", "must be a time with its offset");
        }
        store.deactivate(reason, body.path("notes").asText(), end);
        return Answer.ok(store.details());
    }

    private static Answer invalid(String field, String error) {
        return DoorDashError.invalid(List.of(new FieldError(field, error))).answer();
    }
}
