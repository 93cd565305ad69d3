package dev.tournant.deploy.standins.square;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Answer;
import dev.tournant.deploy.standins.core.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One entry of Square's {@code errors} array, and the HTTP status it leads to when it comes first. */
record SquareError(
        int status,
        String category,
        String code,
        String detail,
        @Nullable String field) {
    private static final String INVALID_REQUEST = "INVALID_REQUEST_ERROR";

    static SquareError unauthorized() {
        return new SquareError(
                401, "AUTHENTICATION_ERROR", "UNAUTHORIZED", "This request could not be authorized.", null);
    }

    static SquareError rateLimited(String detail) {
        return new SquareError(429, "RATE_LIMIT_ERROR", "RATE_LIMITED", detail, null);
    }

    static SquareError internal() {
        return new SquareError(500, "API_ERROR", "INTERNAL_SERVER_ERROR", "An internal error has occurred.", null);
    }

    static SquareError gatewayTimeout() {
        return new SquareError(504, "API_ERROR", "GATEWAY_TIMEOUT", "The request timed out.", null);
    }

    static SquareError notImplemented(String what) {
        return new SquareError(501, "API_ERROR", "NOT_IMPLEMENTED", "The stand-in does not do " + what + ".", null);
    }

    static SquareError notFound(String detail, String field) {
        return new SquareError(404, INVALID_REQUEST, "NOT_FOUND", detail, field);
    }

    static SquareError noSuchResource() {
        return new SquareError(404, INVALID_REQUEST, "NOT_FOUND", "Resource not found.", null);
    }

    static SquareError invalid(String detail, String field) {
        return bad("INVALID_VALUE", detail, field);
    }

    static SquareError missing(String field) {
        return bad("MISSING_REQUIRED_PARAMETER", "Missing required parameter.", field);
    }

    static SquareError invalidCursor() {
        return bad("INVALID_CURSOR", "The cursor is invalid or has expired.", "cursor");
    }

    static SquareError notJson() {
        return bad("EXPECTED_JSON_BODY", "Expected a JSON body.", null);
    }

    /** The status is not documented for the catalog; clients should go by the code. */
    static SquareError versionMismatch(String id) {
        return new SquareError(
                409,
                INVALID_REQUEST,
                "VERSION_MISMATCH",
                "Object version does not match latest database version. Object ID: `" + id + "`",
                "version");
    }

    static SquareError bad(String code, String detail, @Nullable String field) {
        return new SquareError(400, INVALID_REQUEST, code, detail, field);
    }

    ObjectNode json() {
        ObjectNode json = Json.object();
        json.put("category", category);
        json.put("code", code);
        json.put("detail", detail);
        if (field != null) {
            json.put("field", field);
        }
        return json;
    }

    static ArrayNode array(List<SquareError> errors) {
        return Json.array(errors.stream().map(SquareError::json).toList());
    }

    static Answer refused(SquareError error) {
        return refused(List.of(error));
    }

    /** The status follows the first error, as at Square. */
    static Answer refused(List<SquareError> errors) {
        return Answer.of(errors.get(0).status(), body(errors));
    }

    static ObjectNode body(List<SquareError> errors) {
        return Json.object().set("errors", array(errors));
    }
}
