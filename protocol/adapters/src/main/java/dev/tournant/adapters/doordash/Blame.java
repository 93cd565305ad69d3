package dev.tournant.adapters.doordash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Details;
import dev.tournant.model.Kind;
import dev.tournant.model.RecordKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which records the errors of a refused push are about. Each names its place in the menu: {@code
 * menu.categories[0].items[2].extras[0].options[1].price}. With a part goes the dish that it is of: without it, the dish
 * could not be ordered as it should be.
 */
final class Blame {
    private static final Pattern STEP = Pattern.compile("\\.([a-z_]+)\\[([0-9]{1,6})]");
    private static final String START = "menu";
    private static final Map<String, Kind> KINDS = Map.of(
            "categories", Kind.CATEGORY,
            "items", Kind.ITEM,
            "extras", Kind.MODIFIER_GROUP,
            "options", Kind.ITEM);

    private final JsonNode menu;
    private final Map<RecordKey, String> reasons = new HashMap<>();
    /** Categories and dishes to leave out, as {@code 0} and {@code 0/2}. */
    private final Set<String> out = new HashSet<>();

    private boolean complete = true;

    private Blame(JsonNode menu) {
        this.menu = menu;
    }

    static Blame of(JsonNode menu, JsonNode errors) {
        Blame blame = new Blame(menu);
        errors.forEach(error -> blame.add(
                error.path("field").asText(), Details.plain(error.path("error").asText())));
        return blame;
    }

    /** Whether every error is about something that can be left out. */
    boolean isComplete() {
        return complete && !out.isEmpty();
    }

    /** Our records that are to blame, and what for. */
    Map<RecordKey, String> reasons() {
        return reasons;
    }

    private void add(String field, String error) {
        List<RecordKey> way = new ArrayList<>();
        String place = "";
        JsonNode at = menu;
        Matcher step = STEP.matcher(field).region(Math.min(START.length(), field.length()), field.length());
        while (field.startsWith(START) && step.lookingAt()) {
            at = at.path(step.group(1)).path(Integer.parseInt(step.group(2)));
            Kind kind = KINDS.get(step.group(1));
            String id = at.path(TreeLens.ID).asText();
            if (kind == null || id.isEmpty()) {
                break;
            }
            place = way.size() == 1 ? place + "/" + step.group(2) : way.isEmpty() ? step.group(2) : place;
            way.add(RecordKey.of(kind, id));
            step.region(step.end(), field.length());
        }
        complete &= !way.isEmpty();
        out.add(place);
        if (!way.isEmpty()) {
            reasons.put(way.get(way.size() - 1), Details.plain(field) + " " + error);
            reasons.put(way.get(Math.min(1, way.size() - 1)), Details.plain(field) + " " + error);
        }
    }

    /** The menu without them. */
    ObjectNode without() {
        ObjectNode less = menu.deepCopy();
        ArrayNode categories = less.putArray("categories");
        JsonNode all = menu.path("categories");
        for (int i = 0; i < all.size(); i++) {
            if (!out.contains(Integer.toString(i))) {
                ObjectNode category = all.get(i).deepCopy();
                ArrayNode items = category.putArray("items");
                for (int j = 0; j < all.get(i).path("items").size(); j++) {
                    if (!out.contains(i + "/" + j)) {
                        items.add(all.get(i).path("items").get(j));
                    }
                }
                categories.add(category);
            }
        }
        return less;
    }
}
