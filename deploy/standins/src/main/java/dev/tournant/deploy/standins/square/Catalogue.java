package dev.tournant.deploy.standins.square;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Ticks;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The catalog objects of one seller, tombstones included. Not safe for threads: the seller guards it.
 *
 * <p>A stored tree is never changed: {@link Draft} works on copies and replaces whole top-level objects. So a result that
 * was handed out, or kept for the next page, stays what it was.
 */
final class Catalogue {
    /** Tombstones kept; beyond it the oldest is forgotten. */
    static final int TOMBSTONES_MAX = 20_000;

    private final TreeMap<String, ObjectNode> objects = new TreeMap<>();
    private final Map<String, String> parents = new HashMap<>();
    private final LinkedHashMap<String, ObjectNode> buriedChildren = new LinkedHashMap<>();
    private final LinkedHashMap<String, Long> tombstones = new LinkedHashMap<>();
    private final Ticks ticks;
    private final Runnable onChange;
    private long latest;

    Catalogue(Ticks ticks, Runnable onChange) {
        this.ticks = ticks;
        this.onChange = onChange;
    }

    /** When the catalogue last changed, which is also the highest version in it. */
    long latest() {
        return latest;
    }

    /** Any object, nested or not, deleted or not. */
    Optional<ObjectNode> find(String id) {
        ObjectNode top = objects.get(id);
        if (top != null) {
            return Optional.of(top);
        }
        ObjectNode buried = buriedChildren.get(id);
        if (buried != null) {
            return Optional.of(buried);
        }
        return holder(id)
                .flatMap(parent -> Shape.children(parent).stream()
                        .filter(child -> Shape.id(child).equals(id))
                        .findFirst());
    }

    Optional<ObjectNode> findLive(String id) {
        return find(id).filter(object -> !Shape.isDeleted(object));
    }

    /** The top-level object that is, or holds, the given one. */
    Optional<ObjectNode> holder(String id) {
        String parent = parents.getOrDefault(id, id);
        return Optional.ofNullable(objects.get(parent));
    }

    /** Top-level objects in the order of their ids, tombstones included. */
    Collection<ObjectNode> topLevel() {
        return Collections.unmodifiableCollection(objects.values());
    }

    /** Objects of the given types, nested ones where a nested type is named, tombstones included. */
    Stream<ObjectNode> every(Set<String> types) {
        Stream<ObjectNode> held =
                objects.values().stream().flatMap(top -> Stream.concat(Stream.of(top), Shape.children(top).stream()));
        return Stream.concat(held, buriedChildren.values().stream())
                .filter(object -> types.contains(Shape.type(object)));
    }

    Stream<ObjectNode> live(String type) {
        return every(Set.of(type)).filter(object -> !Shape.isDeleted(object));
    }

    /** All top-level objects as they are now, by id. */
    Map<String, ObjectNode> snapshot() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(objects));
    }

    int tombstoneCount() {
        return tombstones.size();
    }

    Draft draft() {
        return new Draft(this);
    }

    /** Puts an object with the version it brings, at seeding time. */
    void seed(ObjectNode top) {
        put(top);
        long version = Math.max(
                Shape.version(top),
                Shape.children(top).stream().mapToLong(Shape::version).max().orElse(0));
        latest = Math.max(latest, version);
        ticks.startAfter(version);
    }

    /** Puts back what {@link #topLevel} and {@link #buried} had; older tombstones first, as they were made. */
    void restore(Collection<ObjectNode> tops, Collection<ObjectNode> buried, long latestVersion) {
        tops.forEach(this::put);
        oldestFirst(buried).forEach(this::bury);
        Map<String, Long> inOrder = new LinkedHashMap<>();
        tombstones.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .forEach(each -> inOrder.put(each.getKey(), each.getValue()));
        tombstones.clear();
        tombstones.putAll(inOrder);
        latest = latestVersion;
        ticks.startAfter(latestVersion);
    }

    private static List<ObjectNode> oldestFirst(Collection<ObjectNode> objects) {
        return objects.stream().sorted(Comparator.comparingLong(Shape::version)).toList();
    }

    /** Tombstones of what was nested. */
    Collection<ObjectNode> buried() {
        return Collections.unmodifiableCollection(buriedChildren.values());
    }

    long nextVersion() {
        return ticks.next();
    }

    void commit(Collection<ObjectNode> tops, Collection<ObjectNode> buried, long version) {
        tops.forEach(this::put);
        buried.forEach(this::bury);
        forgetOldest();
        latest = version;
        onChange.run();
    }

    private void put(ObjectNode top) {
        objects.put(Shape.id(top), top);
        Shape.children(top).forEach(child -> parents.put(Shape.id(child), Shape.id(top)));
        if (Shape.isDeleted(top)) {
            tombstones.put(Shape.id(top), Shape.version(top));
        }
    }

    private void bury(ObjectNode child) {
        parents.remove(Shape.id(child));
        buriedChildren.put(Shape.id(child), child);
        tombstones.put(Shape.id(child), Shape.version(child));
    }

    private void forgetOldest() {
        while (tombstones.size() > TOMBSTONES_MAX) {
            String oldest = tombstones.keySet().iterator().next();
            tombstones.remove(oldest);
            buriedChildren.remove(oldest);
            @Nullable ObjectNode top = objects.remove(oldest);
            if (top != null) {
                Shape.children(top).forEach(child -> parents.remove(Shape.id(child)));
            }
        }
    }
}
