package dev.tournant.adapters.toast;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.TimeForm;
import dev.tournant.adapter.lens.Lens;
import dev.tournant.adapter.lens.Lenses;
import dev.tournant.adapter.lens.Schedules;
import dev.tournant.adapter.lens.Times;
import dev.tournant.model.Hours;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Link;
import dev.tournant.model.RecordId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is the same all over Toast's documents. */
final class Toast {
    /** Offsets bear no colon: {@code 2026-01-31T12:00:00.123+0000}. */
    static final Lens<Instant> INSTANT = Lenses.text(TimeForm.RFC3339::parse, TimeForm.RFC3339::print);

    static final Lens<RecordId> ID = Lenses.text(RecordId::new, RecordId::value);
    static final Lens<RecordId> GUID = Lenses.at(ID, "guid");
    static final Lens<Instant> LAST_UPDATED = Lenses.at(INSTANT, "lastUpdated");

    /** Toast leaves texts blank that somebody left out. */
    static final Lens<String> TEXT = Lenses.readOnly(node -> {
        String text = Lenses.TEXT.get(node);
        return text == null || text.isBlank() ? null : text;
    });

    /** Days with the times of each: {@code [{days: [MONDAY], timeRanges: [{start: "22:00", end: "02:00"}]}]}. */
    static final Lens<List<Hours.Span>> SCHEDULE = Schedules.dayGroups(
            "days",
            Schedules.dayName(9),
            "timeRanges",
            Schedules.times(Lenses.at(Times.clock(false), "start"), Lenses.at(Times.clock(false), "end")));

    private Toast() {}

    /** The GUID of the link's restaurant. Accounts are restaurants at Toast, so a link may name it once only. */
    static String restaurant(Link link) {
        return link.location() == null ? link.account() : link.location();
    }

    /** A document of another restaurant is nobody's here. */
    static void checkRestaurant(JsonNode document, String name, Link link) {
        String guid = text(document, name);
        if (!guid.equals(restaurant(link))) {
            throw new InvalidValue("is " + guid + ", but the link's restaurant is " + restaurant(link)).under(name);
        }
    }

    static String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw new InvalidValue("must be text").under(name);
        }
        return value.textValue();
    }

    static <T> T need(Lens<T> lens, JsonNode node, String name) {
        T value = lens.get(node);
        if (value == null) {
            throw new InvalidValue("is missing").under(name);
        }
        return value;
    }

    /** A path inside {@code outer}; either may be empty. */
    static String path(String outer, String inner) {
        return outer.isEmpty() || inner.isEmpty() || inner.startsWith("[") ? outer + inner : outer + "." + inner;
    }

    /** A list; nothing at all is an empty one. */
    static JsonNode list(JsonNode node, String name) {
        JsonNode list = node.path(name);
        if (!list.isArray() && !list.isNull() && !list.isMissingNode()) {
            throw new InvalidValue("must be a list").under(name);
        }
        return list;
    }

    /** An object; nothing at all is an empty one. */
    static JsonNode object(JsonNode node, String name) {
        JsonNode object = node.path(name);
        if (!object.isObject() && !object.isNull() && !object.isMissingNode()) {
            throw new InvalidValue("must be an object").under(name);
        }
        return object;
    }

    /** Whether the member is this word. */
    static boolean says(JsonNode node, String name, @Nullable String word) {
        JsonNode value = node.path(name);
        return value.isTextual() && value.textValue().equals(word);
    }
}
