package dev.tournant.deploy.standins.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Json;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A write in the making: copies of the objects it changes, all put in place by {@link #commit} under one new version, or
 * forgotten. The version is set on every changed object, on what holds it, and on nothing else: an item whose name
 * changed leaves its variations at the version they had.
 */
final class Draft {
    private final Catalogue catalogue;
    private final Map<String, ObjectNode> copies = new LinkedHashMap<>();
    private final Map<String, ObjectNode> buried = new LinkedHashMap<>();
    private final Set<String> touched = new LinkedHashSet<>();

    Draft(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** The object as this draft sees it, to be changed in place; empty when there is no live one. */
    Optional<ObjectNode> edit(String id) {
        return holder(id)
                .flatMap(top -> within(top, id))
                .filter(object -> !Shape.isDeleted(object))
                .map(object -> {
                    touched.add(id);
                    return object;
                });
    }

    /** Adds or replaces a top-level object; every object in it counts as changed. */
    void put(ObjectNode top) {
        copies.put(Shape.id(top), top);
        touched.add(Shape.id(top));
        Shape.children(top).forEach(child -> touched.add(Shape.id(child)));
    }

    /** Adds or replaces a nested object in a holder that exists. */
    void putChild(String parentId, ObjectNode child) {
        holder(parentId).ifPresent(top -> {
            ArrayNode children = Shape.childArray(top);
            int at = indexOf(children, Shape.id(child));
            if (at >= 0) {
                children.set(at, child);
            } else {
                children.add(child);
            }
            touched.add(parentId);
            touched.add(Shape.id(child));
        });
    }

    /** Leaves a tombstone for a nested object that its holder no longer names. */
    void bury(ObjectNode child) {
        ObjectNode tombstone = child.deepCopy();
        tombstone.put("is_deleted", true);
        buried.put(Shape.id(child), tombstone);
    }

    /**
     * Deletes an object with what nests in it, and takes the references to it out of the others.
     *
     * @return the ids deleted; none when there is no live one, or it is the only variation of its item
     */
    List<String> delete(String id) {
        Optional<ObjectNode> found = holder(id).filter(top -> !Shape.isDeleted(top));
        if (found.isEmpty() || within(found.get(), id).isEmpty()) {
            return List.of();
        }
        ObjectNode top = found.get();
        return Shape.id(top).equals(id) ? deleteTop(top) : deleteChild(top, id);
    }

    /** Puts the changes in place. Returns the new version; where nothing changed, the present one. */
    long commit() {
        if (touched.isEmpty() && buried.isEmpty()) {
            return catalogue.latest();
        }
        long version = catalogue.nextVersion();
        copies.values().forEach(top -> stamp(top, version));
        buried.values().forEach(child -> stampOne(child, version));
        catalogue.commit(copies.values(), buried.values(), version);
        return version;
    }

    private List<String> deleteTop(ObjectNode top) {
        Set<String> gone = new LinkedHashSet<>();
        gone.add(Shape.id(top));
        top.put("is_deleted", true);
        Shape.children(top).forEach(child -> {
            child.put("is_deleted", true);
            gone.add(Shape.id(child));
        });
        touched.addAll(gone);
        dropReferences(gone);
        return List.copyOf(gone);
    }

    private List<String> deleteChild(ObjectNode top, String id) {
        ArrayNode children = Shape.childArray(top);
        if (children.size() == 1 && Shape.type(top).equals(Shape.ITEM)) {
            return List.of();
        }
        bury((ObjectNode) children.remove(indexOf(children, id)));
        touched.add(Shape.id(top));
        dropReferences(Set.of(id));
        return List.of(id);
    }

    private void dropReferences(Set<String> gone) {
        for (ObjectNode other : catalogue.topLevel()) {
            if (!Shape.isDeleted(other)
                    && !gone.contains(Shape.id(other))
                    && References.in(other).anyMatch(gone::contains)) {
                holder(Shape.id(other)).filter(copy -> !Shape.isDeleted(copy)).ifPresent(copy -> {
                    References.drop(copy, gone);
                    touched.add(Shape.id(copy));
                });
            }
        }
    }

    private Optional<ObjectNode> holder(String id) {
        for (ObjectNode copy : copies.values()) {
            if (within(copy, id).isPresent()) {
                return Optional.of(copy);
            }
        }
        return catalogue.holder(id).map(top -> copies.computeIfAbsent(Shape.id(top), key -> top.deepCopy()));
    }

    private static Optional<ObjectNode> within(ObjectNode top, String id) {
        if (Shape.id(top).equals(id)) {
            return Optional.of(top);
        }
        return Shape.children(top).stream()
                .filter(child -> Shape.id(child).equals(id))
                .findFirst();
    }

    private static int indexOf(ArrayNode children, String id) {
        Iterator<JsonNode> each = children.elements();
        for (int at = 0; each.hasNext(); at++) {
            if (Shape.id(each.next()).equals(id)) {
                return at;
            }
        }
        return -1;
    }

    private void stamp(ObjectNode top, long version) {
        boolean any = touched.contains(Shape.id(top));
        for (ObjectNode child : Shape.children(top)) {
            if (touched.contains(Shape.id(child))) {
                stampOne(child, version);
                any = true;
            }
        }
        if (any) {
            stampOne(top, version);
        }
    }

    private static void stampOne(ObjectNode object, long version) {
        object.put("version", version);
        object.put("updated_at", Json.time(version));
        if (!object.has("created_at")) {
            object.put("created_at", Json.time(version));
        }
        if (!object.has("is_deleted")) {
            object.put("is_deleted", false);
        }
    }
}
