package dev.tournant.deploy.standins.doordash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** What a request is answered with: the HTTP status, headers beyond the usual ones, and the body. */
record Answer(int status, Map<String, String> headers, JsonNode body) {
    Answer {
        headers = Map.copyOf(headers);
    }

    static Answer ok(JsonNode body) {
        return of(200, body);
    }

    static Answer of(int status, JsonNode body) {
        return new Answer(status, Map.of(), body);
    }

    /** The bearer of the request is not who it should be; the message says what is wrong with it. */
    static Answer unauthorized(String message) {
        return refused(401, "authentication_error", message);
    }

    static Answer invalid(List<FieldError> errors) {
        ObjectNode body = body("validation_error", "One or more request values could not be validated.");
        body.set("field_errors", FieldError.array(errors));
        return of(400, body);
    }

    static Answer refused(int status, String code, String message) {
        return of(status, body(code, message));
    }

    static Answer internal() {
        return refused(500, "service_fault", "Internal service failure, please try again later.");
    }

    static Answer unknownStore(String merchantSuppliedId) {
        return refused(404, "unknown_store_id", "No store has the merchant_supplied_id `" + merchantSuppliedId + "`.");
    }

    static Answer unknownMenu(String menuId) {
        return refused(404, "unknown_menu_id", "No menu has the id `" + menuId + "`.");
    }

    Answer withHeaders(Map<String, String> more) {
        return new Answer(status, more, body);
    }

    boolean isOk() {
        return status / 100 == 2;
    }

    private static ObjectNode body(String code, String message) {
        return Json.object().put("code", code).put("message", message);
    }
}
