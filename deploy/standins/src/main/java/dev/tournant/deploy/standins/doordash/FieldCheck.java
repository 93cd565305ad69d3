package dev.tournant.deploy.standins.doordash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at the fields of one object of a request, and notes under the full path what is wrong with them. */
final class FieldCheck {
    /** A request is told no more errors than that. */
    static final int ERRORS_MAX = 50;

    private final JsonNode node;
    private final String path;
    private final List<FieldError> errors;

    private FieldCheck(JsonNode node, String path, List<FieldError> errors) {
        this.node = node;
        this.path = path;
        this.errors = errors;
    }

    /** The prefix is put before every path; it is empty, or ends with a dot. */
    static FieldCheck of(ObjectNode request, String prefix) {
        return new FieldCheck(request, prefix, new ArrayList<>());
    }

    List<FieldError> errors() {
        return List.copyOf(errors);
    }

    void error(String field, String error) {
        if (errors.size() < ERRORS_MAX) {
            errors.add(new FieldError(path + field, error));
        }
    }

    FieldCheck requiredText(String field) {
        if (node.path(field).asText().isBlank()) {
            error(field, "is required");
            return this;
        }
        return text(field);
    }

    FieldCheck text(String field) {
        return kind(field, node.path(field).isTextual(), "must be a string");
    }

    FieldCheck flag(String field) {
        return kind(field, node.path(field).isBoolean(), "must be true or false");
    }

    FieldCheck integer(String field, int min, int max) {
        JsonNode value = node.path(field);
        boolean fits =
                value.isIntegralNumber() && value.canConvertToInt() && value.asInt() >= min && value.asInt() <= max;
        return kind(field, fits, "must be an integer from " + min + " to " + max);
    }

    FieldCheck requiredPrice(String field, int centsMax) {
        if (isAbsent(field)) {
            error(field, "is required");
            return this;
        }
        JsonNode value = node.path(field);
        boolean fits =
                value.isIntegralNumber() && value.canConvertToInt() && value.asInt() >= 0 && value.asInt() <= centsMax;
        return kind(field, fits, "must be an integer number of cents from 0 to " + centsMax);
    }

    FieldCheck number(String field, double min, double max) {
        JsonNode value = node.path(field);
        boolean fits = value.isNumber() && value.asDouble() >= min && value.asDouble() <= max;
        return kind(field, fits, "must be a number from " + min + " to " + max);
    }

    /** Neither is smaller than the other when both are there. */
    FieldCheck ordered(String lower, String upper) {
        JsonNode low = node.path(lower);
        JsonNode high = node.path(upper);
        if (low.isIntegralNumber() && high.isIntegralNumber() && low.asInt() > high.asInt()) {
            error(upper, "must not be less than " + lower);
        }
        return this;
    }

    /** The object in that field; notes an error and is empty where there is none. */
    Optional<FieldCheck> requiredObject(String field) {
        if (!node.path(field).isObject()) {
            error(field, isAbsent(field) ? "is required" : "must be an object");
            return Optional.empty();
        }
        return Optional.of(new FieldCheck(node.path(field), path + field + ".", errors));
    }

    /** The objects of an array that has to be there. */
    List<FieldCheck> requiredObjects(String field) {
        if (isAbsent(field)) {
            error(field, "is required");
        }
        return objects(field);
    }

    /** The objects of an array; none where it is absent. Other elements are errors. */
    List<FieldCheck> objects(String field) {
        kind(field, node.path(field).isArray(), "must be an array");
        List<FieldCheck> objects = new ArrayList<>();
        int at = 0;
        for (JsonNode element : node.path(field).isArray() ? node.path(field) : Json.array(List.of())) {
            String name = field + "[" + at++ + "]";
            if (element.isObject()) {
                objects.add(new FieldCheck(element, path + name + ".", errors));
            } else {
                error(name, "must be an object");
            }
        }
        return objects;
    }

    private FieldCheck kind(String field, boolean fits, String error) {
        if (!fits && !isAbsent(field)) {
            error(field, error);
        }
        return this;
    }

    private boolean isAbsent(String field) {
        return node.path(field).isMissingNode() || node.path(field).isNull();
    }
}
