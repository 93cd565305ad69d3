package dev.tournant.adapter.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.lens.Records;
import dev.tournant.adapter.lens.Shape;
import dev.tournant.model.FieldMap;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import dev.tournant.model.Whole;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one page, or one event of a webhook. What cannot be read does not stop the rest. */
final class DocumentReading {
    private final Shapes shapes;
    private final Instant receivedAt;
    private final String base;
    private final Map<RecordKey, RecordDelta> deltas = new LinkedHashMap<>();
    private final List<Reading.Unreadable> unreadable = new ArrayList<>();

    /**
     * @param receivedAt the time of statements that bear none of their own
     * @param base where the document stands in what was received; empty where it is all of it
     */
    DocumentReading(Shapes shapes, Instant receivedAt, String base) {
        this.shapes = shapes;
        this.receivedAt = receivedAt;
        this.base = base;
    }

    Reading page(Resource resource, JsonNode document) {
        read(resource.contents(), document);
        // A page of which something cannot be read does not tell what is not there.
        List<Whole> wholes = unreadable.isEmpty()
                ? resource.complete().stream()
                        .map(kind -> new Whole(kind, Stamp.at(receivedAt), FieldMap.EMPTY, resource.span()))
                        .toList()
                : List.of();
        return new Reading(List.of(new PartnerEvent("", deltas(), List.of(), wholes)), unreadable);
    }

    /** What it says of records, as far as it was read. */
    List<RecordDelta> deltas() {
        return List.copyOf(deltas.values());
    }

    /** What of it could not be read. */
    List<Reading.Unreadable> unreadable() {
        return List.copyOf(unreadable);
    }

    void read(Contents contents, JsonNode document) {
        if (contents.isEmpty()) {
            return;
        }
        contents.objects().keySet().forEach(path -> checkThere(path, document));
        shapes.records(contents).read(document, new Records.Reader() {
            @Override
            public void object(String path, Shape shape, JsonNode object) {
                add(path, shape, object);
            }

            @Override
            public void trouble(String path, JsonNode found, String why) {
                unreadable.add(
                        new Reading.Unreadable(inside(path), found.path("id").asText(), why));
            }
        });
    }

    private void checkThere(String path, JsonNode document) {
        JsonNode object = document;
        for (String member : path.equals(Contents.WHOLE) ? new String[0] : path.split("\\.", -1)) {
            object = object.path(member);
        }
        if (Plains.isAbsent(object)) {
            unreadable.add(new Reading.Unreadable(inside(path), "", "is missing"));
        }
    }

    private void add(String path, Shape shape, JsonNode object) {
        try {
            RecordDelta delta =
                    shapes.described(shape).delta(object, receivedAt, trouble -> report(path, shape, object, trouble));
            RecordDelta known = deltas.get(delta.key());
            // Nested and by itself, one object may stand in a page twice: both say the same, or the greater version
            // counts.
            if (known == null || delta.version() > known.version()) {
                deltas.put(delta.key(), delta);
            }
        } catch (InvalidValue e) {
            report(path, shape, object, e);
        }
    }

    private void report(String path, Shape shape, JsonNode object, InvalidValue trouble) {
        String both = path.isEmpty() || trouble.path().isEmpty() ? path + trouble.path() : path + "." + trouble.path();
        unreadable.add(new Reading.Unreadable(inside(both), record(shape, object), trouble.detail()));
    }

    private String inside(String path) {
        return inside(base, path);
    }

    /** The path of what stands at one in a document that stands at another. */
    static String inside(String base, String path) {
        if (base.isEmpty() || path.isEmpty() || path.equals(Contents.WHOLE)) {
            String either = base.isEmpty() ? path : base;
            return either.isEmpty() ? Contents.WHOLE : either;
        }
        return path.startsWith("[") ? base + path : base + "." + path;
    }

    private String record(Shape shape, JsonNode object) {
        @Nullable Object id = null;
        try {
            id = shape.id().get(object);
        } catch (InvalidValue e) {
            id = null;
        }
        return shapes.described(shape).name() + (id == null ? "" : " " + id);
    }
}
