package dev.tournant.adapters.doordash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Remote;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Link;
import org.jspecify.annotations.Nullable;

/** The documents that DoorDash is told, and what goes around them. */
final class Told {
    private static final String MENU = "menu";
    private static final String ACTIVE = "active";

    private Told() {}

    /** A menu over the document that was last seen, of which what nobody here knows is kept; null for none. */
    static ObjectNode menu(MenuTree tree, @Nullable ObjectNode before) {
        if (before != null) {
            try {
                return (ObjectNode) TreeLens.DOCUMENT.put(before, tree);
            } catch (InvalidValue e) {
                // It is not as we know it, so nothing of it can be kept.
                return menu(tree, null);
            }
        }
        ObjectNode empty = Documents.empty();
        empty.putArray("special_hours");
        return (ObjectNode) TreeLens.DOCUMENT.put(empty, tree);
    }

    /** The document of a menu that DoorDash holds; null where it does not say what is in the menu. */
    static @Nullable ObjectNode held(@Nullable Remote remote) {
        ObjectNode document = remote == null ? null : remote.document();
        boolean whole =
                document != null && document.path(MENU).path("categories").isArray();
        return whole ? document : null;
    }

    /** A menu that is no more: DoorDash deletes none, but one may be taken off. */
    static ObjectNode retired(ObjectNode before) {
        ObjectNode after = before.deepCopy();
        if (after.path(MENU).path(ACTIVE).asBoolean(true)) {
            ((ObjectNode) after.path(MENU)).put(ACTIVE, false);
        }
        return after;
    }

    /** The same without knowing what was in it. Hours are needed even so. */
    static ObjectNode retired(String id) {
        ObjectNode document = Documents.empty();
        document.putArray("open_hours")
                .addObject()
                .put("day_index", "MON")
                .put("start_time", "00:00")
                .put("end_time", "23:59");
        document.putArray("special_hours");
        document.putObject(MENU)
                .put(TreeLens.ID, id)
                .put("name", id)
                .put(ACTIVE, false)
                .putArray("categories");
        return document;
    }

    /** A push of one menu. */
    static ObjectNode push(String job, Link link, ObjectNode menu) {
        ObjectNode body = Documents.empty().put("reference", job);
        body.set("store", store(link));
        body.setAll(menu);
        if (!body.path("special_hours").isArray()) {
            body.putArray("special_hours");
        }
        return body;
    }

    static ObjectNode store(Link link) {
        return Documents.empty().put(TreeLens.ID, DoorDashApi.location(link)).put("provider_type", link.account());
    }

    /** After parts were taken out: a menu that sells nothing must not be active. */
    static void closeIfEmpty(ObjectNode body) {
        boolean sells = false;
        for (JsonNode category : body.path(MENU).path("categories")) {
            for (JsonNode item : category.path("items")) {
                sells |= category.path(ACTIVE).asBoolean(true)
                        && item.path(ACTIVE).asBoolean(true);
            }
        }
        if (!sells) {
            ((ObjectNode) body.path(MENU)).put(ACTIVE, false);
        }
    }
}
