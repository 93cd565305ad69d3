package dev.tournant.adapter.lens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.model.FieldMap;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One sort of object in a partner's documents: which record it is, how its fields look, and what is nested in it.
 *
 * @param id the record's id, seen from the object
 * @param mapping its kind and fields
 * @param places where other objects are nested in it
 */
public record Shape(Lens<RecordId> id, Mapping mapping, List<Place> places) {
    public Shape {
        places = List.copyOf(places);
    }

    /** The record that an object is; {@link dev.tournant.model.InvalidValue} where it has no id. */
    public RecordKey key(JsonNode object) {
        return new RecordKey(mapping.kind(), Schedules.need(id, object, "id"));
    }

    /**
     * A list of objects inside a document or inside another object, or the place of a single one.
     *
     * @param path members that lead to the list; to a single object it may be empty, where the document is the object
     * @param single whether one object stands there instead of a list of them
     * @param sort tells the shape of an object in the list; null for one that is none of our business, and {@link
     *     dev.tournant.model.InvalidValue} for one that cannot be told
     * @param home for a record that stands in no document yet, whether it belongs into such a list; empty where not
     */
    public record Place(
            List<String> path,
            boolean single,
            Function<JsonNode, @Nullable Shape> sort,
            Function<Candidate, Optional<Home>> home) {
        public Place {
            path = List.copyOf(path);
            if (path.isEmpty() && !single) {
                throw new IllegalArgumentException("a list of objects is a member of something; name it");
            }
        }

        /** A list. */
        public Place(
                List<String> path, Function<JsonNode, @Nullable Shape> sort, Function<Candidate, Optional<Home>> home) {
            this(path, false, sort, home);
        }

        String label() {
            return String.join(".", path);
        }
    }

    /**
     * Where a new object goes, and what it begins with before its id and its fields are written.
     *
     * @param owner the record whose object holds the list; null where the document holds it
     */
    public record Home(@Nullable RecordKey owner, ObjectNode start) {}

    /** A record that is to be written and stands in no document yet. */
    public record Candidate(RecordKey key, FieldMap fields) {}
}
