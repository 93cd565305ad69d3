package dev.tournant.deploy.standins.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The shape of catalog objects: which types there are, where their data is, which of them nest in which. */
final class Shape {
    static final String ITEM = "ITEM";
    static final String VARIATION = "ITEM_VARIATION";
    static final String MODIFIER_LIST = "MODIFIER_LIST";
    static final String MODIFIER = "MODIFIER";
    static final String CATEGORY = "CATEGORY";
    static final String TAX = "TAX";
    static final String IMAGE = "IMAGE";
    static final String AVAILABILITY_PERIOD = "AVAILABILITY_PERIOD";

    /** What a list or a search without types answers; images and availability periods have to be asked for. */
    static final Set<String> DEFAULT_TYPES = Set.of(
            ITEM,
            CATEGORY,
            TAX,
            "DISCOUNT",
            MODIFIER_LIST,
            "PRICING_RULE",
            "PRODUCT_SET",
            "TIME_PERIOD",
            "MEASUREMENT_UNIT",
            "SUBSCRIPTION_PLAN",
            "ITEM_OPTION",
            "CUSTOM_ATTRIBUTE_DEFINITION",
            "QUICK_AMOUNTS_SETTINGS");

    /** Every type a request may name. */
    static final Set<String> TYPES = Set.of(
            ITEM,
            IMAGE,
            CATEGORY,
            VARIATION,
            TAX,
            "DISCOUNT",
            MODIFIER_LIST,
            MODIFIER,
            "PRICING_RULE",
            "PRODUCT_SET",
            "TIME_PERIOD",
            "MEASUREMENT_UNIT",
            "SUBSCRIPTION_PLAN_VARIATION",
            "ITEM_OPTION",
            "ITEM_OPTION_VAL",
            "CUSTOM_ATTRIBUTE_DEFINITION",
            "QUICK_AMOUNTS_SETTINGS",
            "SUBSCRIPTION_PLAN",
            AVAILABILITY_PERIOD);

    /** Types that the stand-in lets a client write. */
    static final Set<String> WRITABLE_TYPES =
            Set.of(ITEM, VARIATION, MODIFIER_LIST, MODIFIER, CATEGORY, TAX, "TIME_PERIOD", AVAILABILITY_PERIOD);

    private static final Map<String, String> PARENT_FIELD = Map.of(VARIATION, "item_id", MODIFIER, "modifier_list_id");

    private Shape() {}

    static String type(JsonNode object) {
        return object.path("type").asText();
    }

    static String id(JsonNode object) {
        return object.path("id").asText();
    }

    static long version(JsonNode object) {
        return object.path("version").asLong();
    }

    static boolean isDeleted(JsonNode object) {
        return object.path("is_deleted").asBoolean();
    }

    static boolean isNestedType(String type) {
        return PARENT_FIELD.containsKey(type);
    }

    static String dataField(String type) {
        return type.toLowerCase(Locale.ROOT) + "_data";
    }

    /** The part of an object that belongs to its type; an empty one is added where it is missing. */
    static ObjectNode data(ObjectNode object) {
        return object.withObjectProperty(dataField(type(object)));
    }

    static JsonNode dataOf(JsonNode object) {
        return object.path(dataField(type(object)));
    }

    /** The id of the object that a nested object belongs to. */
    static Optional<String> parentOf(JsonNode nested) {
        return Optional.ofNullable(PARENT_FIELD.get(type(nested)))
                .map(field -> dataOf(nested).path(field).asText());
    }

    static void setParent(ObjectNode nested, String parentId) {
        String field = PARENT_FIELD.get(type(nested));
        if (field != null) {
            data(nested).put(field, parentId);
        }
    }

    /** The type that nests in an object of the given type. */
    static Optional<String> childType(String type) {
        return switch (type) {
            case ITEM -> Optional.of(VARIATION);
            case MODIFIER_LIST -> Optional.of(MODIFIER);
            default -> Optional.empty();
        };
    }

    static List<ObjectNode> children(JsonNode object) {
        return switch (type(object)) {
            case ITEM -> Json.objectsOf(object.path("item_data").path("variations"));
            case MODIFIER_LIST ->
                Json.objectsOf(object.path("modifier_list_data").path("modifiers"));
            default -> List.of();
        };
    }

    /** The array that holds the children, to change it. */
    static ArrayNode childArray(ObjectNode object) {
        return data(object).withArrayProperty(type(object).equals(ITEM) ? "variations" : "modifiers");
    }
}
