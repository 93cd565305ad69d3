package dev.tournant.deploy.standins.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What a catalog object must look like to be written: required parts, lengths, ranges. Adds an error for each breach. */
final class ObjectRules {
    static final int ITEM_NAME_CHARS_MAX = 512;
    static final int VARIATION_NAME_CHARS_MAX = 255;
    static final int DESCRIPTION_CHARS_MAX = 4_096;
    static final int DESCRIPTION_HTML_CHARS_MAX = 65_535;
    static final int VARIATIONS_MAX = 250;

    private final String currency;
    private final String field;
    private final List<SquareError> errors;

    ObjectRules(String currency, String field, List<SquareError> errors) {
        this.currency = currency;
        this.field = field;
        this.errors = errors;
    }

    void check(ObjectNode object) {
        String type = Shape.type(object);
        if (!Shape.WRITABLE_TYPES.contains(type)) {
            invalid(Shape.TYPES.contains(type) ? "Type `" + type + "` cannot be written." : "Unknown type.", "type");
        } else if (Shape.id(object).isEmpty()) {
            errors.add(SquareError.missing(field + ".id"));
        } else if (!object.hasNonNull(Shape.dataField(type))) {
            errors.add(SquareError.missing(field + "." + Shape.dataField(type)));
        } else if (Shape.isDeleted(object)) {
            invalid("An upsert cannot delete.", "is_deleted");
        } else {
            checkData(type, Shape.dataOf(object), object);
        }
    }

    private void checkData(String type, JsonNode data, ObjectNode object) {
        switch (type) {
            case Shape.ITEM -> checkItem(data, object);
            case Shape.VARIATION -> checkVariation(data);
            case Shape.MODIFIER_LIST -> checkModifierList(data, object);
            case Shape.MODIFIER -> {
                checkName(data, VARIATION_NAME_CHARS_MAX);
                checkMoney(data.path("price_money"));
                checkParent(data, "modifier_list_id");
            }
            case Shape.CATEGORY, Shape.TAX -> checkName(data, VARIATION_NAME_CHARS_MAX);
            default -> {
                // Time and availability periods are taken as they come.
            }
        }
    }

    private void checkItem(JsonNode data, ObjectNode object) {
        checkName(data, ITEM_NAME_CHARS_MAX);
        checkLength(data, "description", DESCRIPTION_CHARS_MAX);
        checkLength(data, "description_html", DESCRIPTION_HTML_CHARS_MAX);
        List<ObjectNode> variations = Shape.children(object);
        if (variations.isEmpty()) {
            invalid("An item must have at least one variation.", "item_data.variations");
        } else if (variations.size() > VARIATIONS_MAX) {
            invalid("An item has at most " + VARIATIONS_MAX + " variations.", "item_data.variations");
        }
        checkChildren(variations, Shape.VARIATION);
        data.path("modifier_list_info").forEach(info -> checkSelection(info, "item_data.modifier_list_info"));
    }

    private void checkModifierList(JsonNode data, ObjectNode object) {
        checkName(data, VARIATION_NAME_CHARS_MAX);
        checkSelection(data, "modifier_list_data");
        boolean isText = data.path("modifier_type").asText().equals("TEXT");
        if (isText != Shape.children(object).isEmpty()) {
            invalid("A LIST has modifiers and a TEXT has none.", "modifier_list_data.modifiers");
        }
        checkChildren(Shape.children(object), Shape.MODIFIER);
    }

    private void checkChildren(List<ObjectNode> children, String type) {
        for (ObjectNode child : children) {
            if (Shape.type(child).equals(type)) {
                check(child);
            } else {
                invalid("Only " + type + " may nest here.", "type");
            }
        }
    }

    private void checkVariation(JsonNode data) {
        checkLength(data, "name", VARIATION_NAME_CHARS_MAX);
        checkParent(data, "item_id");
        checkPrice(data);
        data.path("location_overrides").forEach(this::checkPriceOverride);
    }

    private void checkPrice(JsonNode data) {
        String pricing = data.path("pricing_type").asText();
        if (pricing.equals("FIXED_PRICING") && !data.hasNonNull("price_money")) {
            errors.add(SquareError.missing(field + ".item_variation_data.price_money"));
        } else if (pricing.equals("VARIABLE_PRICING") && data.hasNonNull("price_money")) {
            invalid("A variable price has no amount.", "item_variation_data.price_money");
        } else if (!pricing.equals("FIXED_PRICING") && !pricing.equals("VARIABLE_PRICING")) {
            invalid("Unknown pricing type `" + pricing + "`.", "item_variation_data.pricing_type");
        }
        checkMoney(data.path("price_money"));
    }

    private void checkPriceOverride(JsonNode override) {
        checkMoney(override.path("price_money"));
    }

    private void checkMoney(JsonNode money) {
        if (money.isMissingNode() || money.isNull()) {
            return;
        }
        if (!money.path("amount").isIntegralNumber() || money.path("amount").asLong() < 0) {
            invalid("An amount is an integer of at least 0, in the smallest unit.", "price_money.amount");
        }
        if (!money.path("currency").asText().equals(currency)) {
            errors.add(SquareError.bad(
                    "CURRENCY_MISMATCH",
                    "The seller's currency is " + currency + ".",
                    field + ".price_money.currency"));
        }
    }

    private void checkSelection(JsonNode data, String where) {
        long min = data.path("min_selected_modifiers").asLong(-1);
        long max = data.path("max_selected_modifiers").asLong(-1);
        if (min < -1 || max < -1 || (max > 0 && min > max)) {
            invalid("Selections are -1 (unset), 0 (none) or more, the least not above the most.", where);
        }
    }

    private void checkParent(JsonNode data, String parentField) {
        if (data.path(parentField).asText().isEmpty()) {
            errors.add(SquareError.missing(field + "." + parentField));
        }
    }

    private void checkName(JsonNode data, int charsMax) {
        if (data.path("name").asText().isBlank()) {
            errors.add(SquareError.missing(field + ".name"));
        }
        checkLength(data, "name", charsMax);
    }

    private void checkLength(JsonNode data, String name, int charsMax) {
        String text = data.path(name).asText();
        if (text.codePointCount(0, text.length()) > charsMax) {
            errors.add(SquareError.bad("VALUE_TOO_LONG", "At most " + charsMax + " characters.", field + "." + name));
        }
    }

    private void invalid(String detail, String where) {
        errors.add(SquareError.invalid(detail, field + "." + where));
    }
}
