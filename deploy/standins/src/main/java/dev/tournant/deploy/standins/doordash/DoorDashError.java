package dev.tournant.deploy.standins.doordash;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Answer;
import dev.tournant.deploy.standins.core.Json;
import java.util.List;

/** A refusal as DoorDash words it; with fields when their values were wrong. */
record DoorDashError(int status, String code, String message, List<FieldError> fields) {
    private static final String INVALID = "validation_error";

    DoorDashError {
        fields = List.copyOf(fields);
    }

    private DoorDashError(int status, String code, String message) {
        this(status, code, message, List.of());
    }

    /** The bearer of the request is not who it should be; the message says what is wrong with it. */
    static DoorDashError unauthorized(String message) {
        return new DoorDashError(401, "authentication_error", message);
    }

    static DoorDashError tooMany() {
        return new DoorDashError(429, "request_rate_limited", "Too many requests.");
    }

    static DoorDashError internal() {
        return new DoorDashError(500, "service_fault", "Internal service failure, please try again later.");
    }

    static DoorDashError gatewayTimeout() {
        return new DoorDashError(504, "gateway_timeout", "The request timed out.");
    }

    static DoorDashError noSuchPath() {
        return new DoorDashError(404, "not_found", "There is no such route.");
    }

    static DoorDashError unknownStore(String merchantSuppliedId) {
        return new DoorDashError(
                404, "unknown_store_id", "No store has the merchant_supplied_id `" + merchantSuppliedId + "`.");
    }

    static DoorDashError unknownMenu(String menuId) {
        return new DoorDashError(404, "unknown_menu_id", "No menu has the id `" + menuId + "`.");
    }

    static DoorDashError jobPending() {
        return new DoorDashError(409, "menu_job_pending", "A menu job of this store is pending; wait for its webhook.");
    }

    static DoorDashError notActivated(String why) {
        return new DoorDashError(400, "activation_refused", why);
    }

    static DoorDashError notJson() {
        return new DoorDashError(400, INVALID, "The body is not JSON.");
    }

    static DoorDashError notAnObject() {
        return new DoorDashError(400, INVALID, "The body is not a JSON object.");
    }

    static DoorDashError invalid(List<FieldError> fields) {
        return new DoorDashError(400, INVALID, "One or more request values could not be validated.", fields);
    }

    Answer answer() {
        ObjectNode body = Json.object().put("code", code).put("message", message);
        if (!fields.isEmpty()) {
            body.set("field_errors", FieldError.array(fields));
        }
        return Answer.of(status, body);
    }
}
