package dev.tournant.adapters.doordash;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.model.Kind;
import dev.tournant.model.RecordKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of a menu DoorDash holds as it should be, though the menu as a whole differs: one of which a dish was refused lacks
 * that dish for ever, and all else in it may be told.
 */
final class Unchanged {
    private static final String MENU = "menu";
    private static final String CATEGORIES = "categories";
    private static final String ITEMS = "items";

    private final Map<String, JsonNode> before;
    private final Map<String, JsonNode> after;
    private final Set<String> differing = new HashSet<>();

    /** The document that is held, and the one that should be. */
    Unchanged(JsonNode before, JsonNode after) {
        this.before = dishes(before);
        this.after = dishes(after);
        Set<String> places = new HashSet<>(this.before.keySet());
        places.addAll(this.after.keySet());
        for (String place : places) {
            JsonNode was = this.before.get(place);
            JsonNode is = this.after.get(place);
            if (was == null || !was.equals(is)) {
                names(was, differing);
                names(is, differing);
            }
        }
    }

    /** Dishes by category and id: each with all that is in it. */
    private static Map<String, JsonNode> dishes(JsonNode document) {
        Map<String, JsonNode> dishes = new HashMap<>();
        for (JsonNode category : document.path(MENU).path(CATEGORIES)) {
            for (JsonNode item : category.path(ITEMS)) {
                String place = category.path(TreeLens.ID).asText() + " "
                        + item.path(TreeLens.ID).asText();
                dishes.put(place, item);
            }
        }
        return dishes;
    }

    private static void names(@Nullable JsonNode node, Set<String> into) {
        if (node != null) {
            String id = node.path(TreeLens.ID).asText();
            if (!id.isEmpty()) {
                into.add(id);
            }
            node.forEach(each -> names(each, into));
        }
    }

    /**
     * Whether all dishes that have a part of this record are held as they should be. Of records that stand in no dish under
     * their own name nobody can tell.
     */
    boolean isTold(RecordKey key) {
        boolean inDishes = key.kind() == Kind.ITEM || key.kind() == Kind.MODIFIER_GROUP;
        return inDishes
                && !differing.contains(key.id().value())
                && isNamed(key.id().value());
    }

    private boolean isNamed(String id) {
        Set<String> names = new HashSet<>();
        after.values().forEach(each -> names(each, names));
        return names.contains(id);
    }
}
