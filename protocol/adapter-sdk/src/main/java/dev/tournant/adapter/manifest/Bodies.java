package dev.tournant.adapter.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Documents;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The body of a request that searches: a JSON object whose members are parameters. */
final class Bodies {
    private Bodies() {}

    private static ObjectNode object(String json) {
        return Documents.object(json.getBytes(StandardCharsets.UTF_8));
    }

    /** With the placeholders in its texts filled in. */
    static String filled(String template, Placeholders placeholders) {
        return Documents.text(filled(object(template), placeholders));
    }

    private static JsonNode filled(JsonNode node, Placeholders placeholders) {
        if (node.isTextual()) {
            return Plains.node(placeholders.fill(node.textValue()));
        }
        if (node instanceof ObjectNode object) {
            ObjectNode filled = Documents.empty();
            for (Map.Entry<String, JsonNode> each : object.properties()) {
                filled.set(each.getKey(), filled(each.getValue(), placeholders));
            }
            return filled;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode filled = Plains.JSON.arrayNode(array.size());
            array.forEach(each -> filled.add(filled(each, placeholders)));
            return filled;
        }
        return node;
    }

    /** With a value at a path; objects on the way are made where they are missing. */
    static String with(String json, String path, JsonNode value) {
        ObjectNode body = object(json);
        String[] names = path.split("\\.", -1);
        ObjectNode around = body;
        for (int i = 0; i < names.length - 1; i++) {
            around = around.path(names[i]) instanceof ObjectNode inner ? inner : around.putObject(names[i]);
        }
        around.set(names[names.length - 1], value);
        return Documents.text(body);
    }

    /** What stands at a path, as text; empty where there is nothing. */
    static String at(String json, String path) {
        JsonNode node = object(json);
        for (String name : path.split("\\.", -1)) {
            node = node.path(name);
        }
        return node.asText();
    }
}
