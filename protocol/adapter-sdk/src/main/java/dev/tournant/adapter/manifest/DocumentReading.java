package dev.tournant.adapter.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.Payload;
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

/** Reads one page or webhook. What cannot be read does not stop the rest. */
final class DocumentReading {
    private final Manifest manifest;
    private final Payload payload;
    private final Shapes shapes;
    private final Map<RecordKey, RecordDelta> deltas = new LinkedHashMap<>();
    private final List<Reading.Unreadable> unreadable = new ArrayList<>();

    DocumentReading(Manifest manifest, Payload payload) {
        this.manifest = manifest;
        this.payload = payload;
        this.shapes = manifest.shapes(payload.link());
    }

    Reading page(Resource resource, JsonNode document) {
        read(resource.lists(), document, payload.receivedAt());
        // A page of which something cannot be read does not tell what is not there.
        List<Whole> wholes = unreadable.isEmpty()
                ? resource.complete().stream()
                        .map(kind -> new Whole(kind, Stamp.at(payload.receivedAt()), FieldMap.EMPTY))
                        .toList()
                : List.of();
        return reading("", List.of(), wholes);
    }

    private Reading reading(String id, List<String> signals, List<Whole> wholes) {
        PartnerEvent event = new PartnerEvent(id, List.copyOf(deltas.values()), signals, wholes);
        return new Reading(List.of(event), unreadable);
    }

    Reading webhook(JsonNode document) {
        Hooks hooks = manifest.hooks();
        if (hooks == null) {
            throw new InvalidValue("is a webhook, and " + manifest.partner() + " sends none");
        }
        String id = hooks.id().text(document).orElse("");
        if (id.isEmpty()) {
            throw new InvalidValue("must be text").under(hooks.id().toString());
        }
        if (hooks.account() != null) {
            checkAccount(hooks, document);
        }
        String type = hooks.type().text(document).orElse("");
        Event event = hooks.events().getOrDefault(type, hooks.otherwise());
        if (event == null) {
            throw new InvalidValue(
                            "is an unknown type of webhook: " + (type.length() > 60 ? type.substring(0, 60) : type))
                    .under(hooks.type().toString());
        }
        read(event.lists(), document, payload.receivedAt());
        event.objects().forEach((path, name) -> object(path, name, document, payload.receivedAt()));
        return reading(id, event.signals(), List.of());
    }

    private void checkAccount(Hooks hooks, JsonNode document) {
        String account =
                hooks.account() == null ? "" : hooks.account().text(document).orElse("");
        if (!account.equals(payload.link().account())) {
            throw new InvalidValue("is of account " + account + ", but the link's account is "
                            + payload.link().account())
                    .under(String.valueOf(hooks.account()));
        }
    }

    private void read(Map<String, String> lists, JsonNode document, Instant otherwise) {
        if (lists.isEmpty()) {
            return;
        }
        shapes.records(lists).read(document, new Records.Reader() {
            @Override
            public void object(String path, Shape shape, JsonNode object) {
                add(path, shape, object, otherwise);
            }

            @Override
            public void trouble(String path, JsonNode found, String why) {
                unreadable.add(new Reading.Unreadable(path, found.path("id").asText(), why));
            }
        });
    }

    /** One object that stands by itself: read as a list of one. */
    private void object(String path, String name, JsonNode document, Instant otherwise) {
        JsonNode object = document;
        for (String member : path.split("\\.", -1)) {
            object = object.path(member);
        }
        if (object.isMissingNode() || object.isNull()) {
            unreadable.add(new Reading.Unreadable(path, "", "is missing"));
            return;
        }
        var page = Plains.JSON.objectNode();
        page.putArray("object").add(object);
        shapes.records(Map.of("object", name)).read(page, new Records.Reader() {
            @Override
            public void object(String inside, Shape shape, JsonNode found) {
                add(inside.replaceFirst("^object\\[0]", path), shape, found, otherwise);
            }

            @Override
            public void trouble(String inside, JsonNode found, String why) {
                unreadable.add(new Reading.Unreadable(path, "", why));
            }
        });
    }

    private void add(String path, Shape shape, JsonNode object, Instant otherwise) {
        try {
            RecordDelta delta = shapes.described(shape).delta(object, otherwise);
            RecordDelta known = deltas.get(delta.key());
            // Nested and by itself, one object may stand in a page twice: both say the same, or the greater version
            // counts.
            if (known == null || delta.version() > known.version()) {
                deltas.put(delta.key(), delta);
            }
        } catch (InvalidValue e) {
            String inside = e.path().isEmpty() ? "" : "." + e.path();
            unreadable.add(new Reading.Unreadable(path + inside, record(shape, object), e.detail()));
        }
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
