package dev.tournant.adapter.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Reading;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.PartnerEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a webhook, event by event. One that cannot be read does not stop the others. */
final class HookReading {
    /**
     * No partner goes on trying for so long: a time before that is one in another unit, and would make of every webhook
     * one that tells of what is long known.
     */
    static final Duration LATE_MAX = Duration.ofDays(30);

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+");
    private static final int SHOWN_CHARS_MAX = 60;

    private final Hooks hooks;
    private final Payload payload;
    private final Shapes shapes;
    private final List<PartnerEvent> events = new ArrayList<>();
    private final List<Reading.Unreadable> unreadable = new ArrayList<>();
    private final List<String> covers = new ArrayList<>();
    private @Nullable Instant latest;
    private boolean isTimed = true;

    HookReading(Hooks hooks, Payload payload, Shapes shapes) {
        this.hooks = hooks;
        this.payload = payload;
        this.shapes = shapes;
    }

    Reading read() {
        List<EventList.Told> all = hooks.told(hooks.document(payload.body()));
        for (EventList.Told told : all) {
            try {
                event(told);
            } catch (InvalidValue e) {
                unreadable.add(report(told, e));
            }
        }
        // What else was told with it is newer, maybe, than what covers a resource, and would make that seem as new.
        boolean isWhole = unreadable.isEmpty() && all.size() == 1;
        return new Reading(events, unreadable, List.of(), isWhole ? covers : List.of(), isTimed ? latest : null);
    }

    private static Reading.Unreadable report(EventList.Told told, InvalidValue e) {
        return new Reading.Unreadable(DocumentReading.inside(told.path(), e.path()), "", e.detail());
    }

    private void event(EventList.Told told) {
        String id = hooks.form().id(told.event());
        hooks.check(told, payload.link());
        Event event = event(told.event());
        DocumentReading document = new DocumentReading(shapes, payload.receivedAt(), told.path());
        document.read(event.contents(), told.event());
        events.add(new PartnerEvent(id, document.deltas(), event.signals()));
        unreadable.addAll(document.unreadable());
        covers.addAll(event.covers());
        Instant at = at(told);
        if (!event.signals().isEmpty()) {
            signalled(at);
        }
    }

    private Event event(JsonNode document) {
        String type = hooks.form().type(document);
        Event known = hooks.events().get(type);
        // A number where words belong is a fault, and no word that is not known yet.
        Event event = known == null && !NUMBER.matcher(type).matches() ? hooks.otherwise() : known;
        if (event == null) {
            String shown = type.length() > SHOWN_CHARS_MAX ? type.substring(0, SHOWN_CHARS_MAX) : type;
            throw new InvalidValue("is an unknown type of webhook: " + shown)
                    .under(hooks.form().type().toString());
        }
        return event;
    }

    /** Null where nothing is said that can be believed. A partner's clock that is ahead does not count. */
    private @Nullable Instant at(EventList.Told told) {
        try {
            Instant received = payload.receivedAt();
            Instant said = hooks.form().at(told.event());
            if (said == null || said.isBefore(received.minus(LATE_MAX))) {
                return null;
            }
            return said.isAfter(received) ? received : said;
        } catch (InvalidValue e) {
            unreadable.add(report(told, e));
            return null;
        }
    }

    /** Together, what they signal is as late as the last of it; an event that does not say may be the last. */
    private void signalled(@Nullable Instant at) {
        if (at == null) {
            isTimed = false;
        } else if (latest == null || at.isAfter(latest)) {
            latest = at;
        }
    }
}
