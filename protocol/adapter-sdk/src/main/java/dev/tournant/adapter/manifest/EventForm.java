package dev.tournant.adapter.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.FieldPath;
import dev.tournant.adapter.lens.Lens;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Provenance;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where an event of a webhook says what it is.
 *
 * @param id what its id is made of: one value, or several where it bears none
 * @param before what ends the type in the value at {@code type}; null where all of it is the type
 * @param account null where it names none
 * @param location null where it names none
 * @param at when it happened; null where it does not say
 */
record EventForm(
        List<FieldPath> id,
        FieldPath type,
        @Nullable String before,
        @Nullable Name account,
        @Nullable Name location,
        @Nullable Time at) {
    EventForm {
        id = List.copyOf(id);
    }

    /**
     * What names an account or a location.
     *
     * @param path in the event; null where it is the name under which the event stands
     */
    record Name(@Nullable FieldPath path) {
        /** An empty one is none. */
        @Nullable
        String of(EventList.Told told) {
            String name = path == null ? told.name() : path.text(told.event()).orElse(null);
            return name == null || name.isEmpty() ? null : name;
        }

        InvalidValue wrong(String detail) {
            return path == null ? new InvalidValue(detail) : new InvalidValue(detail).under(path.toString());
        }
    }

    /** A time and how it is written. */
    record Time(FieldPath path, Lens<Instant> form) {}

    /** {@link InvalidValue} where it has none, or one that cannot be remembered. */
    String id(JsonNode event) {
        List<String> parts = id.stream().map(path -> part(event, path)).toList();
        String made = parts.size() == 1
                ? parts.get(0)
                : parts.stream().map(EventForm::escaped).collect(Collectors.joining("/"));
        if (made.length() > Provenance.EVENT_CHARS_MAX) {
            throw new InvalidValue("makes an id of " + made.length() + " characters; " + Provenance.EVENT_CHARS_MAX
                            + " can be remembered")
                    .under(id.get(0).toString());
        }
        return made;
    }

    private static String part(JsonNode event, FieldPath path) {
        String text = path.text(event).orElse("");
        if (text.isEmpty()) {
            throw noText(event, path);
        }
        return text;
    }

    private static InvalidValue noText(JsonNode event, FieldPath path) {
        boolean isMissing = Plains.isAbsent(path.node(event));
        return new InvalidValue(isMissing ? "is missing" : "must be text").under(path.toString());
    }

    /** As in RFC 6901, so that different parts never make the same id. */
    private static String escaped(String text) {
        return text.replace("~", "~0").replace("/", "~1");
    }

    String type(JsonNode event) {
        String text = type.text(event).orElseThrow(() -> noText(event, type));
        int end = before == null ? -1 : text.indexOf(before);
        return end < 0 ? text : text.substring(0, end);
    }

    /** When it happened; null where it does not say, {@link InvalidValue} where it says something else. */
    @Nullable
    Instant at(JsonNode event) {
        if (at == null) {
            return null;
        }
        try {
            return at.form().get(at.path().node(event));
        } catch (InvalidValue e) {
            throw e.under(at.path().toString());
        }
    }
}
