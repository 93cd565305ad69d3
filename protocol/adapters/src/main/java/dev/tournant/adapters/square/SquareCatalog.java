package dev.tournant.adapters.square;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.lens.Lens;
import dev.tournant.adapter.lens.Lenses;
import dev.tournant.adapter.lens.Lists;
import dev.tournant.adapter.lens.Records;
import dev.tournant.adapter.lens.Shape;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Link;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.Presence;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page of the catalogue. Objects nest: an item holds its variations, a modifier list its modifiers; each of them is
 * a record with a version of its own.
 *
 * <p>An object that is not present at the link's location is absent from this store. One object may stand in a page
 * twice (by itself and inside its parent); the greater version counts, and two readings of one version that differ are
 * reported.
 */
final class SquareCatalog {
    private static final Lens<Long> VERSION = Lenses.at(Lenses.LONG, "version");
    private static final Lens<Stamp> UPDATED_AT = Lenses.at(Square.STAMP, "updated_at");

    private static final Lens<Boolean> DELETED = Lenses.at(Lenses.BOOL, "is_deleted");
    private static final Lens<Boolean> EVERYWHERE = Lenses.at(Lenses.BOOL, "present_at_all_locations");
    private static final Lens<List<String>> PRESENT_AT = Lenses.at(Lists.each(Lenses.TEXT), "present_at_location_ids");
    private static final Lens<List<String>> ABSENT_AT = Lenses.at(Lists.each(Lenses.TEXT), "absent_at_location_ids");

    private final Link link;
    private final Records records;
    private final Map<RecordKey, RecordDelta> deltas = new LinkedHashMap<>();
    private final List<Reading.Unreadable> unreadable = new ArrayList<>();

    SquareCatalog(Link link) {
        this.link = link;
        this.records = SquareShapes.forLocation(link.location() == null ? "" : link.location());
    }

    Reading read(JsonNode page) {
        records.read(page, new Records.Reader() {
            @Override
            public void object(String path, Shape shape, JsonNode object) {
                SquareCatalog.this.object(path, shape, object);
            }

            @Override
            public void trouble(String path, JsonNode found, String why) {
                report(path, found.path("id").asText(), why);
            }
        });
        return new Reading(List.of(new PartnerEvent("", List.copyOf(deltas.values()), List.of())), unreadable);
    }

    /** Reads an object; one that cannot be read does not stop the others. */
    private void object(String path, Shape shape, JsonNode object) {
        String type = object.path("type").asText();
        try {
            add(path, type, delta(shape, object));
        } catch (InvalidValue e) {
            String inside = e.path().isEmpty() ? "" : "." + e.path();
            report(path + inside, (type + " " + object.path("id").asText()).strip(), e.detail());
        }
    }

    private RecordDelta delta(Shape shape, JsonNode object) {
        RecordKey key = shape.key(object);
        long version = Square.need(VERSION, object, "version");
        Stamp stamp = Square.need(UPDATED_AT, object, "updated_at");
        if (Boolean.TRUE.equals(DELETED.get(object))) {
            return RecordDelta.deleted(key, stamp, version, Presence.TOMBSTONE);
        }
        if (!presentHere(object)) {
            return RecordDelta.deleted(key, stamp, version, Presence.ABSENT);
        }
        return RecordDelta.set(key, stamp, version, shape.mapping().get(object));
    }

    /** A flag or a list that cannot be read is no reason to take a dish off the menu. */
    private boolean presentHere(JsonNode object) {
        Boolean everywhere = EVERYWHERE.get(object);
        boolean listed = Boolean.FALSE.equals(everywhere);
        return listed ? holds(PRESENT_AT.get(object)) : !holds(ABSENT_AT.get(object));
    }

    private boolean holds(@Nullable List<String> locations) {
        return locations != null && link.location() != null && locations.contains(link.location());
    }

    private void add(String path, String type, RecordDelta delta) {
        RecordDelta known = deltas.get(delta.key());
        if (known == null || delta.version() > known.version()) {
            deltas.put(delta.key(), delta);
        } else if (delta.version() == known.version() && !delta.equals(known)) {
            report(
                    path,
                    type + " " + delta.key().id(),
                    "stands in this page twice at version " + delta.version() + " with different content");
        }
    }

    private void report(String path, String record, String why) {
        unreadable.add(new Reading.Unreadable(path, record, why));
    }
}
