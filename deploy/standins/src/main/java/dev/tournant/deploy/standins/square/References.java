package dev.tournant.deploy.standins.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tournant.deploy.standins.core.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Where a catalog object names other catalog objects by id. */
final class References {
    private static final Set<String> SINGLE =
            Set.of("category_id", "modifier_list_id", "modifier_id", "item_id", "image_id", "measurement_unit_id");
    private static final Set<String> MANY = Set.of("tax_ids", "image_ids", "availability_period_ids");
    private static final Set<String> WRAPPED = Set.of("parent_category", "reporting_category");

    private References() {}

    /** The ids that an object and what nests in it name. */
    static Stream<String> in(JsonNode object) {
        List<String> found = new ArrayList<>();
        collect(object, found);
        return found.stream();
    }

    private static void collect(JsonNode node, List<String> found) {
        node.fields().forEachRemaining(field -> {
            String name = field.getKey();
            JsonNode value = field.getValue();
            if (SINGLE.contains(name)) {
                found.add(value.asText());
            } else if (MANY.contains(name)) {
                found.addAll(Json.textsOf(value));
            } else if (WRAPPED.contains(name)) {
                found.add(Shape.id(value));
            } else if (name.equals("categories")) {
                value.forEach(category -> found.add(Shape.id(category)));
            } else if (value.isObject()) {
                collect(value, found);
            } else if (value.isArray()) {
                value.forEach(element -> collect(element, found));
            }
        });
        found.removeIf(String::isEmpty);
    }

    /** Takes the given ids out: list entries go, single references are unset, links to a modifier list go whole. */
    static void drop(JsonNode node, Set<String> gone) {
        if (node instanceof ArrayNode array) {
            for (int at = array.size() - 1; at >= 0; at--) {
                JsonNode element = array.get(at);
                if (names(element, gone)) {
                    array.remove(at);
                } else {
                    drop(element, gone);
                }
            }
        } else if (node instanceof ObjectNode object) {
            List<String> unset = new ArrayList<>();
            object.fields().forEachRemaining(field -> {
                JsonNode value = field.getValue();
                if ((SINGLE.contains(field.getKey()) && gone.contains(value.asText()))
                        || (WRAPPED.contains(field.getKey()) && gone.contains(Shape.id(value)))) {
                    unset.add(field.getKey());
                } else {
                    drop(value, gone);
                }
            });
            object.remove(unset);
        }
    }

    private static boolean names(JsonNode element, Set<String> gone) {
        return element.isTextual()
                ? gone.contains(element.asText())
                : gone.contains(element.path("modifier_list_id").asText())
                        || gone.contains(element.path("modifier_id").asText())
                        || gone.contains(Shape.id(element));
    }

    /** Replaces client ids by server ids wherever an id stands. */
    static void rename(JsonNode node, Map<String, String> ids) {
        if (node instanceof ArrayNode array) {
            array.forEach(element -> rename(element, ids));
        } else if (node instanceof ObjectNode object) {
            object.fields().forEachRemaining(field -> {
                String name = field.getKey();
                JsonNode value = field.getValue();
                if (value.isTextual() && (name.equals("id") || name.endsWith("_id"))) {
                    field.setValue(TextNode.valueOf(ids.getOrDefault(value.asText(), value.asText())));
                } else if (value instanceof ArrayNode array && name.endsWith("_ids")) {
                    for (int at = 0; at < array.size(); at++) {
                        array.set(
                                at,
                                ids.getOrDefault(
                                        array.get(at).asText(), array.get(at).asText()));
                    }
                } else {
                    rename(value, ids);
                }
            });
        }
    }
}
