package dev.tournant.adapters.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Turn;
import dev.tournant.adapter.lens.Lens;
import dev.tournant.adapter.lens.Lenses;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Link;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How Square is asked. The catalogue is searched from the {@code latest_time} of the search before, which Square
 * compares exclusively; a local clock never enters. Stock goes on from the newest count that was seen.
 */
final class SquareFetch {
    static final String CATALOG = "catalog";
    static final String INVENTORY = "inventory";
    static final String LOCATIONS = "locations";

    /** The version of the API that the mappings were written for. */
    private static final String API_VERSION = "2025-01-23";

    private static final Lens<Instant> LATEST_TIME = Lenses.at(Square.INSTANT, "latest_time");
    private static final Lens<Instant> CALCULATED_AT = Lenses.at(Square.INSTANT, "calculated_at");

    private static final int CATALOG_PAGE = 200;
    private static final int COUNTS_PAGE = 500;
    private static final List<String> WHOLE = List.of("ITEM", "MODIFIER_LIST", "CATEGORY", "TAX", "IMAGE");
    /** Parts that went from inside an item or a list are told as tombstones of their own. */
    private static final List<String> PARTS = List.of("ITEM_VARIATION", "MODIFIER");

    Request open(Fetch task) {
        return switch (task.resource()) {
            case CATALOG -> post("/v2/catalog/search", catalog(task.since()));
            case INVENTORY -> post("/v2/inventory/counts/batch-retrieve", counts(task));
            case LOCATIONS -> new Request("GET", "/v2/locations/" + step(task.link()), headers(), null, true);
            default -> throw new IllegalArgumentException("Square has no resource " + task.resource());
        };
    }

    /** Of all that a location's id may hold, # alone would end the path. */
    private static String step(Link link) {
        return location(link).replace("#", "%23");
    }

    private static String location(Link link) {
        String location = link.location();
        if (location == null) {
            throw new InvalidValue("is missing: give link " + link.id() + " the id of one of the seller's locations")
                    .under("location");
        }
        return location;
    }

    private static ObjectNode catalog(@Nullable String since) {
        ObjectNode body = Documents.empty().put("limit", CATALOG_PAGE);
        ArrayNode types = body.putArray("object_types");
        WHOLE.forEach(types::add);
        if (since != null) {
            PARTS.forEach(types::add);
            body.put("begin_time", since).put("include_deleted_objects", true);
        }
        return body;
    }

    private static ObjectNode counts(Fetch task) {
        ObjectNode body = Documents.empty().put("limit", COUNTS_PAGE);
        body.putArray("location_ids").add(location(task.link()));
        body.putArray("states").add("IN_STOCK");
        if (task.since() != null) {
            body.put("updated_after", task.since());
        }
        return body;
    }

    Turn turn(Fetch task, Request asked, Answer answer) {
        if (answer.status() == 200) {
            return page(task, asked, answer);
        }
        return new Turn.Broken(SquareApi.REFUSALS.outcome(answer));
    }

    private static Turn page(Fetch task, Request asked, Answer answer) {
        ObjectNode document;
        try {
            document = Documents.object(answer.body());
        } catch (InvalidValue e) {
            return unusable("the answer " + e.getMessage());
        }
        if (!document.path("errors").isEmpty()) {
            // Square tells of errors inside a 200, too; taken for a page, it would end the fetch.
            return new Turn.Broken(SquareApi.REFUSALS.outcome(answer));
        }
        String until;
        try {
            until = until(task, asked, document);
        } catch (InvalidValue e) {
            return unusable("the answer's " + e.getMessage());
        }
        String cursor = document.path("cursor").asText("");
        if (cursor.isEmpty() || asked.json() == null) {
            return new Turn.Page(null, until);
        }
        ObjectNode body = body(asked);
        if (cursor.equals(body.path("cursor").textValue())) {
            return unusable("the answer's cursor leads to the same page again");
        }
        return new Turn.Page(post(asked.path(), body.put("cursor", cursor)), until);
    }

    private static Turn unusable(String why) {
        return new Turn.Broken(new Outcome.TryLater(Duration.ZERO, why));
    }

    private static ObjectNode body(Request asked) {
        String json = asked.json();
        return json == null ? Documents.empty() : Documents.object(json.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable String until(Fetch task, Request asked, JsonNode document) {
        return switch (task.resource()) {
            case CATALOG -> {
                LATEST_TIME.get(document);
                yield document.path("latest_time").textValue();
            }
            case INVENTORY -> body(asked).has("cursor") ? null : newest(document.path("counts"));
            default -> null;
        };
    }

    /** Counts come newest first, so only the first page says something newer than what is known. */
    private static @Nullable String newest(JsonNode counts) {
        Instant newest = null;
        for (JsonNode count : counts) {
            Instant each = CALCULATED_AT.get(count);
            if (each != null && (newest == null || each.isAfter(newest))) {
                newest = each;
            }
        }
        return newest == null ? null : newest.toString();
    }

    private static Request post(String path, ObjectNode body) {
        // Both are reads, though they are POSTs: sending one twice does no harm.
        return new Request("POST", path, headers(), Documents.text(body), true);
    }

    static Map<String, String> headers() {
        return Map.of("Square-Version", API_VERSION);
    }
}
