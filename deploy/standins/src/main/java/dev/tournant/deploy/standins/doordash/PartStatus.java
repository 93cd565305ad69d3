package dev.tournant.deploy.standins.doordash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Answer;
import dev.tournant.deploy.standins.core.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Suspends items or options and ends their suspension. Each entry is done or not on its own, and the answer is a 400 as soon
 * as one was not: the others are done all the same.
 */
final class PartStatus {
    private static final String DONE = "Success";

    private final Store store;
    private final Store.Part part;

    PartStatus(Store store, Store.Part part) {
        this.store = store;
        this.part = part;
    }

    /** An array of {@code {merchant_supplied_id, is_active, reactivate_at}}; the last one is optional. */
    Answer change(JsonNode body) {
        List<FieldError> errors = errors(body);
        if (!errors.isEmpty()) {
            return DoorDashError.invalid(errors).answer();
        }
        ArrayNode results = Json.array(List.of());
        boolean allDone = true;
        for (JsonNode entry : body) {
            boolean done = change(entry, MenuTree.id(entry));
            allDone &= done;
            results.add(result(entry, done));
        }
        return Answer.of(allDone ? 200 : 400, results);
    }

    private boolean change(JsonNode entry, String id) {
        return entry.path("is_active").asBoolean() ? store.unsuspend(part, id) : store.suspend(part, id, until(entry));
    }

    private static ObjectNode result(JsonNode entry, boolean done) {
        return Json.object()
                .put("merchant_supplied_id", MenuTree.id(entry))
                .put("response", done ? DONE : "Not on any menu of the store");
    }

    private static List<FieldError> errors(JsonNode body) {
        List<FieldError> errors = new ArrayList<>();
        if (!body.isArray() || body.isEmpty()) {
            return List.of(new FieldError("", "must be an array with an entry or more"));
        }
        for (int at = 0; at < body.size() && errors.size() < FieldCheck.ERRORS_MAX; at++) {
            JsonNode entry = body.get(at);
            String field = "[" + at + "].";
            if (!entry.path("merchant_supplied_id").isTextual()) {
                errors.add(new FieldError(field + "merchant_supplied_id", "is required"));
            }
            if (!entry.path("is_active").isBoolean()) {
                errors.add(new FieldError(field + "is_active", "must be true or false"));
            }
            if (entry.hasNonNull("reactivate_at") && until(entry).isEmpty()) {
                errors.add(new FieldError(field + "reactivate_at", "must be a time with its offset"));
            }
        }
        return errors;
    }

    private static Optional<Instant> until(JsonNode entry) {
        return entry.hasNonNull("reactivate_at")
                ? Json.time(entry.path("reactivate_at").asText())
                : Optional.empty();
    }
}
