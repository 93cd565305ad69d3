package dev.tournant.deploy.standins.potluck;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Json;
import dev.tournant.deploy.standins.core.Ticks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * One location: its store and its catalogue. Objects that were handed out never change; a write puts another in the place.
 * Every change has a time of its own, so that who asks from a time on misses nothing. Safe for threads.
 */
final class Location {
    /** Objects, deleted ones among them. */
    static final int OBJECTS_MAX = 20_000;

    /** Is told of what changed, within the lock. */
    interface Watcher {
        void itemChanged(Location location, ObjectNode item);

        void catalogChanged(Location location);

        void storeChanged(Location location);
    }

    /**
     * An object as it is now.
     *
     * @param changed when, as a tick
     */
    record Held(Sort sort, ObjectNode object, long changed) {
        String id() {
            return object.path("id").asText();
        }

        long revision() {
            return object.path("revision").asLong();
        }

        boolean isDeleted() {
            return object.path("deleted").asBoolean();
        }
    }

    private final String id;
    private final String account;
    private final Ticks ticks;
    private final Watcher watcher;
    private final Map<String, Held> held = new HashMap<>();
    private final NavigableMap<Long, Held> byChange = new TreeMap<>();
    private ObjectNode store = Json.object();
    private int named;

    Location(String id, String account, Ticks ticks, Watcher watcher) {
        this.id = id;
        this.account = account;
        this.ticks = ticks;
        this.watcher = watcher;
    }

    String id() {
        return id;
    }

    String account() {
        return account;
    }

    synchronized <T> T atomically(Supplier<T> work) {
        return work.get();
    }

    synchronized ObjectNode store() {
        return store;
    }

    synchronized ObjectNode putStore(ObjectNode asked, OptionalLong expected) {
        check(expected, store.path("revision").asLong());
        Rules.checkStore(asked);
        ObjectNode kept = asked.deepCopy();
        kept.put("id", id).put("account_id", account);
        for (String fixed : List.of("time_zone", "currency")) {
            if (store.has(fixed)) {
                kept.set(fixed, store.path(fixed));
            }
        }
        store = stamped(kept, store.path("revision").asLong() + 1, ticks.next());
        watcher.storeChanged(this);
        return store;
    }

    /** Of objects that are not deleted. */
    synchronized Optional<Held> live(String objectId) {
        return Optional.ofNullable(held.get(objectId)).filter(each -> !each.isDeleted());
    }

    synchronized List<Held> live(Sort sort) {
        return held.values().stream()
                .filter(each -> each.sort() == sort && !each.isDeleted())
                .sorted(java.util.Comparator.comparing(Held::id))
                .toList();
    }

    /** In the order of their changes, those after a tick. */
    synchronized Collection<Held> changedAfter(long tick) {
        return new ArrayList<>(byChange.tailMap(tick, false).values());
    }

    /** The last change there was. */
    synchronized long lastTick() {
        return ticks.last();
    }

    synchronized ObjectNode create(Sort sort, ObjectNode asked) {
        if (held.size() >= OBJECTS_MAX) {
            throw PotluckError.invalid("$", "a location holds at most " + OBJECTS_MAX + " objects");
        }
        ObjectNode object = asked.deepCopy();
        object.put("id", name(sort.prefix()));
        return keep(sort, Rules.checked(this, sort, object), 1);
    }

    /** In place of what there was: members that are not sent are gone. */
    synchronized ObjectNode replace(Sort sort, String objectId, ObjectNode asked, OptionalLong expected) {
        Held before = need(sort, objectId);
        check(expected, before.revision());
        ObjectNode object = asked.deepCopy();
        object.put("id", objectId);
        return keep(sort, Rules.checked(this, sort, object), before.revision() + 1);
    }

    /** What spoke of it does not any more. */
    synchronized ObjectNode delete(Sort sort, String objectId, OptionalLong expected) {
        Held before = need(sort, objectId);
        check(expected, before.revision());
        for (Held each : List.copyOf(held.values())) {
            if (!each.isDeleted()) {
                Rules.without(each, sort, objectId).ifPresent(object -> keep(each.sort(), object, each.revision() + 1));
            }
        }
        return keep(sort, Json.object().put("id", objectId).put("deleted", true), before.revision() + 1);
    }

    /** Takes an item away without a trace. */
    synchronized ObjectNode drop(String objectId) {
        Held before = need(Sort.ITEM, objectId);
        held.remove(objectId);
        byChange.remove(before.changed());
        return before.object();
    }

    private Held need(Sort sort, String objectId) {
        return live(objectId)
                .filter(each -> each.sort() == sort)
                .orElseThrow(() -> PotluckError.notFound(objectId + " among the " + sort.list()));
    }

    private static void check(OptionalLong expected, long revision) {
        if (expected.isPresent() && expected.getAsLong() != revision) {
            throw PotluckError.stale(revision);
        }
    }

    /** An id of which there is no other at this location. */
    synchronized String name(String prefix) {
        return prefix + "-" + id.substring(id.indexOf('-') + 1) + "-" + ++named;
    }

    private ObjectNode keep(Sort sort, ObjectNode object, long revision) {
        Held now = new Held(sort, stamped(object, revision, ticks.next()), ticks.last());
        Held before = held.put(now.id(), now);
        if (before != null) {
            byChange.remove(before.changed());
        }
        byChange.put(now.changed(), now);
        if (sort == Sort.ITEM) {
            watcher.itemChanged(this, now.object());
        } else {
            watcher.catalogChanged(this);
        }
        return now.object();
    }

    private static ObjectNode stamped(ObjectNode object, long revision, long tick) {
        return object.put("revision", revision).put("updated_at", Json.time(tick));
    }

    /** All that is true now. */
    synchronized ObjectNode truth() {
        ObjectNode json = Json.object();
        json.set("store", store);
        for (Sort sort : Sort.values()) {
            ArrayNode list = json.putArray(sort.list());
            live(sort).forEach(each -> list.add((JsonNode) each.object()));
        }
        return json;
    }
}
