package dev.tournant.deploy.standins.doordash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The parts of a menu: {@code categories > items > extras > options > extras > ...}. What is not marked is active. */
final class MenuTree {
    private MenuTree() {}

    static Stream<JsonNode> items(JsonNode menu) {
        return each(menu.path("categories")).flatMap(category -> each(category.path("items")));
    }

    /** The options of all items, nested ones too. */
    static Stream<JsonNode> options(JsonNode menu) {
        return items(menu).flatMap(MenuTree::optionsOf);
    }

    /** Extras of an item or an option. */
    static Stream<JsonNode> extras(JsonNode priced) {
        return each(priced.path("extras"));
    }

    static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    static boolean isActive(JsonNode part) {
        return part.path("active").asBoolean(true);
    }

    static String id(JsonNode part) {
        return part.path("merchant_supplied_id").asText();
    }

    /** A copy of the menu in which every item with that id has changed. */
    static ObjectNode withItem(ObjectNode menu, String itemId, Consumer<ObjectNode> change) {
        ObjectNode copy = menu.deepCopy();
        items(copy)
                .filter(item -> id(item).equals(itemId))
                .map(ObjectNode.class::cast)
                .forEach(change);
        return copy;
    }

    private static Stream<JsonNode> optionsOf(JsonNode priced) {
        return extras(priced)
                .flatMap(extra -> each(extra.path("options")))
                .flatMap(option -> Stream.concat(Stream.of(option), optionsOf(option)));
    }
}
