package dev.tournant.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The place of one value in nested JSON objects: {@code token.accessToken}. A number names an element of a list: {@code
 * errors.0.code}.
 */
public record FieldPath(List<String> names) {
    public static final int DEPTH_MAX = 8;

    private static final Pattern PLACE = Pattern.compile("[0-9]{1,4}");

    public FieldPath {
        names = Settings.list("path", names, 1, DEPTH_MAX);
        names.forEach(name -> Settings.text("path", name));
    }

    /** Names with dots between them. */
    public static FieldPath of(String dotted) {
        return new FieldPath(List.of(dotted.split("\\.", -1)));
    }

    /** What stands there; a missing node where nothing does. */
    public JsonNode node(JsonNode document) {
        JsonNode node = document;
        for (String name : names) {
            node = node.isArray() && PLACE.matcher(name).matches()
                    ? node.path(Integer.parseInt(name))
                    : node.path(name);
        }
        return node;
    }

    /** The text, or the digits of a whole number; empty for anything else and where there is nothing. */
    public Optional<String> text(JsonNode document) {
        JsonNode node = node(document);
        return node.isTextual() || node.isIntegralNumber() ? Optional.of(node.asText()) : Optional.empty();
    }

    @Override
    public String toString() {
        return String.join(".", names);
    }
}
