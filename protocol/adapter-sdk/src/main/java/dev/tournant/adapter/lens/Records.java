package dev.tournant.adapter.lens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.lens.Shape.Candidate;
import dev.tournant.adapter.lens.Shape.Home;
import dev.tournant.adapter.lens.Shape.Place;
import dev.tournant.model.FieldMap;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Kind;
import dev.tournant.model.RecordKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The records of a partner's document, both ways. A document is read in one pass and written in two; the cost of either
 * grows with the size of document and records together.
 *
 * <p>Laws, for documents that can be read: writing what was read changes nothing; what was written is what is read;
 * objects and members that no shape knows are the same before and after. PutPut does not hold where an element is
 * taken away and put back: what nobody knows of it went with it.
 */
public final class Records {
    private final List<Place> places;

    /** Records that stand in these lists of a document, and in the lists of their shapes, down to any depth. */
    public Records(List<Place> places) {
        this.places = List.copyOf(places);
    }

    /** Is told what stands in a document, from the top down. */
    public interface Reader {
        /**
         * An object whose shape is known; what is nested in it comes after it.
         *
         * @param path {@code objects[3].item_data.variations[0]}
         */
        void object(String path, Shape shape, JsonNode object);

        /** Something stands where objects belong, and cannot be told to be one. */
        void trouble(String path, JsonNode found, String why);
    }

    public void read(JsonNode document, Reader reader) {
        read("", document, places, reader);
    }

    private static void read(String path, JsonNode around, List<Place> places, Reader reader) {
        for (Place place : places) {
            JsonNode list = at(around, place);
            String label = path.isEmpty() ? place.label() : path + "." + place.label();
            if (place.single()) {
                one(label, place, list, reader);
                continue;
            }
            if (!list.isArray() && !Lenses.isAbsent(list)) {
                reader.trouble(label, list, "must be a list");
            }
            for (int i = 0; list.isArray() && i < list.size(); i++) {
                read(label + "[" + i + "]", place, list.get(i), reader);
            }
        }
    }

    private static void one(String label, Place place, JsonNode object, Reader reader) {
        if (object.isObject()) {
            read(label, place, object, reader);
        } else if (!Lenses.isAbsent(object)) {
            reader.trouble(label, object, "must be an object");
        }
    }

    private static void read(String path, Place place, JsonNode object, Reader reader) {
        Shape shape;
        try {
            shape = place.sort().apply(object);
        } catch (InvalidValue e) {
            reader.trouble(e.path().isEmpty() ? path : path + "." + e.path(), object, e.detail());
            return;
        }
        if (shape != null) {
            reader.object(path, shape, object);
            read(path, object, shape.places(), reader);
        }
    }

    private static JsonNode at(JsonNode around, Place place) {
        JsonNode node = around;
        for (String name : place.path()) {
            node = node.path(name);
        }
        return node;
    }

    /**
     * A document with records written into it.
     *
     * @param document the new document; parts that did not change are shared with the old one
     * @param homeless records for which it has no place: they are not in it
     */
    public record Written(JsonNode document, Set<RecordKey> homeless) {}

    /**
     * Writes records over what a document says of them, adds those that it does not have, and takes some away.
     *
     * @param records the fields to write; fields not named stay as they are
     * @param removed records whose objects are taken out, with all that is nested in them
     */
    public Written put(JsonNode document, Map<RecordKey, FieldMap> records, Set<RecordKey> removed) {
        // Items last: a group that is written may bring the items that are its options.
        Written whole = new Writer(records, removed, key -> key.kind() != Kind.ITEM).write(document);
        if (whole.homeless.isEmpty()) {
            return whole;
        }
        Map<RecordKey, FieldMap> rest = new LinkedHashMap<>(records);
        rest.keySet().retainAll(whole.homeless);
        return new Writer(rest, Set.of(), key -> true).write(whole.document);
    }

    /** A list of one object; of the document itself where {@code owner} is null. */
    private record Spot(Place place, @Nullable RecordKey owner) {}

    /** A new object, before anything but its start is in it. */
    private record Fresh(Candidate candidate, ObjectNode start) {}

    private final class Writer {
        private final Map<RecordKey, FieldMap> records;
        private final Set<RecordKey> removed;
        private final Map<Spot, List<Fresh>> fresh = new HashMap<>();
        private final Set<RecordKey> waiting;
        private final Predicate<RecordKey> settles;

        /** @param settles which records are given a place if they have none */
        Writer(Map<RecordKey, FieldMap> records, Set<RecordKey> removed, Predicate<RecordKey> settles) {
            this.records = records;
            this.removed = removed;
            this.settles = settles;
            this.waiting = new LinkedHashSet<>(records.keySet());
            waiting.removeAll(removed);
        }

        Written write(JsonNode document) {
            find(document);
            JsonNode written = lists(document, places, null);
            return new Written(written, Set.copyOf(waiting));
        }

        /** What is in the document already is written where it stands; the rest is given a home. */
        private void find(JsonNode document) {
            Set<RecordKey> known = new HashSet<>();
            Set<Place> reached = new LinkedHashSet<>(places);
            read(document, new Reader() {
                @Override
                public void object(String path, Shape shape, JsonNode object) {
                    reached.addAll(shape.places());
                    RecordKey key = keyOf(shape, object);
                    if (key != null) {
                        known.add(key);
                    }
                }

                /** What cannot be told is nobody's, and stays as it is. */
                @Override
                public void trouble(String path, JsonNode found, String why) {}
            });
            List<Candidate> homeless = new ArrayList<>();
            for (RecordKey key : waiting) {
                if (!known.contains(key) && settles.test(key)) {
                    homeless.add(new Candidate(key, records.getOrDefault(key, FieldMap.EMPTY)));
                }
            }
            // A new object may bring the list that another new object goes into.
            for (int depth = 0; depth < DEPTH_MAX && homeless.removeIf(each -> settle(each, reached)); depth++) {}
        }

        private boolean settle(Candidate candidate, Set<Place> reached) {
            for (Place place : reached) {
                Home home = place.home().apply(candidate).orElse(null);
                Shape shape = home == null ? null : place.sort().apply(home.start());
                if (home != null && shape != null) {
                    fresh.computeIfAbsent(new Spot(place, home.owner()), spot -> new ArrayList<>())
                            .add(new Fresh(candidate, home.start()));
                    reached.addAll(shape.places());
                    return true;
                }
            }
            return false;
        }

        JsonNode lists(JsonNode around, List<Place> inside, @Nullable RecordKey owner) {
            JsonNode result = around;
            for (Place place : inside) {
                JsonNode before = at(around, place);
                JsonNode after = listAt(before, place, owner);
                if (!same(after, before)) {
                    result = place.path().isEmpty() ? after : set(result, place.path(), 0, after);
                }
            }
            return result;
        }

        private JsonNode listAt(JsonNode before, Place place, @Nullable RecordKey owner) {
            try {
                return place.single() ? single(before, place, owner) : list(before, place, owner);
            } catch (InvalidValue e) {
                throw owner == null ? e.under(place.label()) : e.under(owner + "." + place.label());
            }
        }

        @SuppressWarnings("ReferenceEquality") // what did not change is handed back as it is
        private boolean same(JsonNode after, JsonNode before) {
            return after == before;
        }

        private JsonNode list(JsonNode before, Place place, @Nullable RecordKey owner) {
            List<Fresh> added = fresh.getOrDefault(new Spot(place, owner), List.of());
            boolean changed = !added.isEmpty();
            if (!before.isArray() && !Lenses.isAbsent(before)) {
                return changed ? Lenses.fail("must be a list", before) : before;
            }
            ArrayNode after = Lenses.JSON.arrayNode(before.size() + added.size());
            for (JsonNode object : before) {
                JsonNode written = object(object, place);
                changed |= !same(written, object);
                if (!written.isMissingNode()) {
                    after.add(written);
                }
            }
            for (Fresh each : added) {
                after.add(made(each, place));
            }
            return changed ? after : before;
        }

        private JsonNode single(JsonNode before, Place place, @Nullable RecordKey owner) {
            List<Fresh> added = fresh.getOrDefault(new Spot(place, owner), List.of());
            if (added.isEmpty()) {
                return before.isObject() ? object(before, place) : before;
            }
            if (added.size() > 1 || !Lenses.isAbsent(before)) {
                throw new InvalidValue("is one object, and there is no room for another");
            }
            return made(added.get(0), place);
        }

        private JsonNode object(JsonNode object, Place place) {
            Shape shape = shapeOf(place, object);
            RecordKey key = shape == null ? null : keyOf(shape, object);
            if (shape == null || key == null) {
                return object;
            }
            if (removed.contains(key)) {
                return Lenses.MISSING;
            }
            return written(object, shape, key);
        }

        private JsonNode written(JsonNode object, Shape shape, RecordKey key) {
            FieldMap fields = records.get(key);
            waiting.remove(key);
            JsonNode own = fields == null ? object : shape.mapping().put(object, fields);
            return lists(own, shape.places(), key);
        }

        private JsonNode made(Fresh each, Place place) {
            Shape shape = shapeOf(place, each.start);
            if (shape == null) {
                throw new IllegalStateException("a new object of " + place.label() + " has no shape");
            }
            RecordKey key = each.candidate.key();
            return written(shape.id().put(each.start, key.id()), shape, key);
        }

        /** What cannot be told is nobody's, and stays as it is. */
        private static @Nullable Shape shapeOf(Place place, JsonNode object) {
            try {
                return place.sort().apply(object);
            } catch (InvalidValue e) {
                return null;
            }
        }

        private static @Nullable RecordKey keyOf(Shape shape, JsonNode object) {
            try {
                return shape.key(object);
            } catch (InvalidValue e) {
                return null;
            }
        }

        private static ObjectNode set(JsonNode around, List<String> path, int from, JsonNode value) {
            ObjectNode copy = Lenses.JSON.objectNode();
            if (around instanceof ObjectNode object) {
                copy.setAll(object);
            }
            String name = path.get(from);
            copy.set(name, from == path.size() - 1 ? value : set(around.path(name), path, from + 1, value));
            return copy;
        }
    }

    /** How deeply new objects may be nested in new objects. */
    private static final int DEPTH_MAX = 16;
}
