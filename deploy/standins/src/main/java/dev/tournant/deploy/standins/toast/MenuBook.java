package dev.tournant.deploy.standins.toast;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Json;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The menus as the staff have them before them, published or not. Shapes are Toast's with three differences, which
 * {@link Publication} takes out: groups and options are referred to by guid or key, not by number; a menu group holds
 * places ({@code {"item": guid, "menuPrice": 9.5}}) instead of items; and each item stands here once, wherever it is placed.
 * Call inside {@link Restaurant#atomically}.
 */
final class MenuBook {
    static final String PLACED_ITEM = "item";
    static final String MENU_PRICE = "menuPrice";

    private final List<ObjectNode> menus = new ArrayList<>();
    private final Map<String, ObjectNode> items = new LinkedHashMap<>();
    private final Map<String, ObjectNode> groups = new LinkedHashMap<>();
    private final Map<String, ObjectNode> options = new LinkedHashMap<>();
    private final Map<String, ObjectNode> preGroups = new LinkedHashMap<>();

    List<ObjectNode> menus() {
        return menus;
    }

    Map<String, ObjectNode> items() {
        return items;
    }

    Map<String, ObjectNode> groups() {
        return groups;
    }

    /** By a key of their own: options of several groups may stand for one item, and so have one guid. */
    Map<String, ObjectNode> options() {
        return options;
    }

    Map<String, ObjectNode> preGroups() {
        return preGroups;
    }

    void addItem(ObjectNode item) {
        items.put(text(item, "guid"), item);
    }

    void addGroup(ObjectNode group) {
        groups.put(text(group, "guid"), group);
    }

    /** Puts an item in a menu group. */
    void place(ObjectNode menuGroup, ObjectNode item) {
        menuGroup.withArrayProperty("menuItems").addObject().put(PLACED_ITEM, text(item, "guid"));
    }

    /** The groups of all menus, those inside others included. */
    List<ObjectNode> menuGroups() {
        List<ObjectNode> all = new ArrayList<>();
        menus.forEach(menu -> collect(menu, all));
        return all;
    }

    private static void collect(JsonNode parent, List<ObjectNode> all) {
        for (ObjectNode group : Json.objectsOf(parent.path("menuGroups"))) {
            all.add(group);
            collect(group, all);
        }
    }

    /** Takes an item away wherever it is: off the menus, and out of the groups with modifiers that stand for it. */
    void archive(String guid) {
        items.remove(guid);
        menuGroups()
                .forEach(group -> drop(
                        group, "menuItems", place -> text(place, PLACED_ITEM).equals(guid)));
        options.values().removeIf(option -> text(option, "guid").equals(guid));
        groups.values()
                .forEach(group -> drop(group, "modifierOptionReferences", key -> !options.containsKey(key.asText())));
    }

    private static void drop(ObjectNode from, String array, Predicate<JsonNode> unwanted) {
        Iterator<JsonNode> each = from.path(array).iterator();
        while (each.hasNext()) {
            if (unwanted.test(each.next())) {
                each.remove();
            }
        }
    }

    /** Everything that can be in stock: items, and what modifiers stand for. Each multi-location id by its guid. */
    Map<String, String> stockable() {
        Map<String, String> ids = new LinkedHashMap<>();
        items.values().forEach(item -> ids.put(text(item, "guid"), text(item, "multiLocationId")));
        options.values().forEach(option -> ids.put(text(option, "guid"), text(option, "multiLocationId")));
        return ids;
    }

    /** The guids of the groups that can be reached from placed items, with those nested in them. */
    Set<String> groupsInUse(Set<String> placed) {
        Set<String> reached = new LinkedHashSet<>();
        placed.forEach(guid -> reach(items.get(guid), reached));
        return reached;
    }

    private void reach(@Nullable ObjectNode holder, Set<String> reached) {
        if (holder == null) {
            return;
        }
        for (String guid : groupsOf(holder)) {
            ObjectNode group = groups.get(guid);
            if (group != null && reached.add(guid)) {
                Json.textsOf(group.path("modifierOptionReferences")).forEach(key -> reach(options.get(key), reached));
            }
        }
    }

    private static Set<String> groupsOf(ObjectNode holder) {
        Set<String> guids = Json.textsOf(holder.path("modifierGroupReferences"));
        holder.path("portions").forEach(portion -> guids.addAll(Json.textsOf(portion.path("modifierGroupReferences"))));
        return guids;
    }

    static String text(JsonNode node, String field) {
        return node.path(field).asText();
    }
}
