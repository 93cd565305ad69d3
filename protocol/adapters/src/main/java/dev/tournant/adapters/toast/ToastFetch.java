package dev.tournant.adapters.toast;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Turn;
import dev.tournant.model.Instants;
import dev.tournant.model.InvalidValue;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How Toast is asked. Menus come whole, as they were published last; a restaurant that was read before is asked first
 * when that was. What {@code since} holds is Toast's own time: a local clock never enters.
 */
final class ToastFetch {
    static final String STORE = "store";
    static final String MENUS = "menus";
    static final String STOCK = "stock";

    static final String MENUS_PATH = "/menus/v2/menus";
    static final String METADATA_PATH = "/menus/v2/metadata";
    static final String STOCK_PATH = "/stock/v1/inventory";
    static final String RESTAURANT_PATH = "/restaurants/v1/restaurants/";

    /** All that there is stands in one page. */
    private static final Turn WHOLE = new Turn.Page(null, null);

    private ToastFetch() {}

    static Request open(Fetch task) {
        return switch (task.resource()) {
            case STORE -> get(RESTAURANT_PATH + step(task), task);
            case MENUS -> get(instant(task.since()) == null ? MENUS_PATH : METADATA_PATH, task);
            case STOCK -> get(STOCK_PATH, task);
            default -> throw new IllegalArgumentException("Toast has no resource " + task.resource());
        };
    }

    /** Of all that the name of a restaurant may hold, # alone would end the path. */
    private static String step(Fetch task) {
        return Toast.restaurant(task.link()).replace("#", "%23");
    }

    private static Request get(String path, Fetch task) {
        return ToastApi.request("GET", path, task.link(), null);
    }

    /** Null where nothing was read yet, or where nobody knows up to when. */
    private static @Nullable Instant instant(@Nullable String since) {
        try {
            return since == null ? null : Instants.parse(since);
        } catch (DateTimeException e) {
            return null;
        }
    }

    static Turn turn(Fetch task, Request asked, Answer answer) {
        if (answer.status() != 200) {
            return new Turn.Broken(ToastApi.refused(answer));
        }
        try {
            return page(task, asked.path(), answer.body());
        } catch (InvalidValue e) {
            return new Turn.Broken(new Outcome.TryLater(Duration.ZERO, "the answer: " + e.getMessage()));
        }
    }

    private static Turn page(Fetch task, String path, byte[] body) {
        if (path.equals(STOCK_PATH)) {
            Documents.list(body);
            return WHOLE;
        }
        ObjectNode document = Documents.object(body);
        return switch (path) {
            case MENUS_PATH -> menus(document);
            case METADATA_PATH -> metadata(task, document);
            default -> WHOLE;
        };
    }

    private static Turn menus(ObjectNode document) {
        Instant published = Toast.need(Toast.LAST_UPDATED, document, "lastUpdated");
        if (!document.path("menus").isArray()) {
            throw new InvalidValue("must be a list").under("menus");
        }
        return new Turn.Page(null, Instants.print(published));
    }

    /** Menus are never published backwards: an older time comes from a server that lags. */
    private static Turn metadata(Fetch task, ObjectNode document) {
        Instant published = Toast.need(Toast.LAST_UPDATED, document, "lastUpdated");
        Instant known = instant(task.since());
        return known == null || published.isAfter(known)
                ? new Turn.Ask(get(MENUS_PATH, task))
                : new Turn.Page(null, task.since());
    }
}
