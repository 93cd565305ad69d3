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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one page or webhook. What cannot be read does not stop the rest. */
final class DocumentReading {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+");

    private final Payload payload;
    private final Shapes shapes;
    private final Map<RecordKey, RecordDelta> deltas = new LinkedHashMap<>();
    private final List<Reading.Unreadable> unreadable = new ArrayList<>();

    DocumentReading(Manifest manifest, Payload payload) {
        this.payload = payload;
        this.shapes = manifest.shapes(payload.link(), payload.currency());
    }

    Reading page(Resource resource, JsonNode document) {
        read(resource.contents(), document);
        // A page of which something cannot be read does not tell what is not there.
        List<Whole> wholes = unreadable.isEmpty()
                ? resource.complete().stream()
                        .map(kind -> new Whole(kind, Stamp.at(payload.receivedAt()), FieldMap.EMPTY, resource.span()))
                        .toList()
                : List.of();
        return reading("", List.of(), wholes, List.of());
    }

    private Reading reading(String id, List<String> signals, List<Whole> wholes, List<String> covers) {
        PartnerEvent event = new PartnerEvent(id, List.copyOf(deltas.values()), signals, wholes);
        return new Reading(List.of(event), unreadable, List.of(), unreadable.isEmpty() ? covers : List.of());
    }

    Reading webhook(Hooks hooks, JsonNode document) {
        String id = hooks.id().text(document).orElse("");
        if (id.isEmpty()) {
            throw new InvalidValue("must be text").under(hooks.id().toString());
        }
        if (hooks.account() != null) {
            checkAccount(hooks, document);
        }
        String type = hooks.type()
                .text(document)
                .orElseThrow(() ->
                        new InvalidValue("must be text").under(hooks.type().toString()));
        Event known = hooks.events().get(type);
        // A number where words belong is a fault, and no word that is not known yet.
        Event event = known == null && !NUMBER.matcher(type).matches() ? hooks.otherwise() : known;
        if (event == null) {
            throw new InvalidValue(
                            "is an unknown type of webhook: " + (type.length() > 60 ? type.substring(0, 60) : type))
                    .under(hooks.type().toString());
        }
        read(event.contents(), document);
        return reading(id, event.signals(), List.of(), event.covers());
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

    private void read(Contents contents, JsonNode document) {
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
                unreadable.add(new Reading.Unreadable(path, found.path("id").asText(), why));
            }
        });
    }

    private void checkThere(String path, JsonNode document) {
        JsonNode object = document;
        for (String member : path.equals(Contents.WHOLE) ? new String[0] : path.split("\\.", -1)) {
            object = object.path(member);
        }
        if (Plains.isAbsent(object)) {
            unreadable.add(new Reading.Unreadable(path, "", "is missing"));
        }
    }

    private void add(String path, Shape shape, JsonNode object) {
        try {
            RecordDelta delta = shapes.described(shape)
                    .delta(object, payload.receivedAt(), trouble -> report(path, shape, object, trouble));
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
        unreadable.add(new Reading.Unreadable(
                both.isEmpty() ? Contents.WHOLE : both, record(shape, object), trouble.detail()));
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
