package dev.tournant.adapter.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.FormBody;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Refusals;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Turn;
import dev.tournant.model.InvalidValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Asks for a resource, page after page. */
final class RestFetch {
    private static final Pattern ADDRESS = Pattern.compile("(?:https?://[^/?#]{1,255})?(/[^#]{0,2000})");
    private static final Pattern NEXT_LINK = Pattern.compile("<([^>]{1,2000})>\\s*;[^,]*rel=\"?next\"?");

    private final Resource resource;
    private final Map<String, String> headers;
    private final Refusals refusals;

    RestFetch(Resource resource, Map<String, String> headers, Refusals refusals) {
        this.resource = resource;
        this.headers = headers;
        this.refusals = refusals;
    }

    Request open(Fetch fetch) {
        String path = Placeholders.of(fetch.link()).fillPath(resource.template());
        Request first = new Request(resource.method(), path, headers, resource.body(), true);
        Resource.Since since = resource.since();
        Request request =
                since == null || fetch.since() == null ? first : with(first, since.parameter(), fetch.since());
        if (resource.paging() instanceof Paging.Numbered number) {
            return with(sized(request, number.sizeParameter(), number.size()), number.parameter(), number.first());
        }
        return resource.paging() instanceof Paging.Offset offset
                ? with(sized(request, offset.sizeParameter(), offset.size()), offset.parameter(), 0)
                : request;
    }

    private static Request sized(Request request, String parameter, int size) {
        return with(request, parameter, size);
    }

    private static Request with(Request request, String parameter, long value) {
        return with(request, parameter, Long.toString(value));
    }

    /** In the body where there is one, and in the query otherwise. */
    private static Request with(Request request, String parameter, String value) {
        if (request.json() == null) {
            String path = Queries.with(request.path(), parameter, value);
            return new Request(request.method(), path, request.headers(), null, true);
        }
        ObjectNode body = body(request).put(parameter, value);
        return new Request(request.method(), request.path(), request.headers(), Documents.text(body), true);
    }

    private static ObjectNode body(Request request) {
        String json = request.json();
        return Documents.object((json == null ? "{}" : json).getBytes(StandardCharsets.UTF_8));
    }

    private static String given(Request request, String parameter) {
        return request.json() == null
                ? Queries.raw(request.path(), parameter)
                : FormBody.percent(body(request).path(parameter).asText());
    }

    Turn turn(Request asked, Answer answer) {
        if (answer.status() / 100 != 2) {
            return new Turn.Broken(refusals.outcome(answer));
        }
        try {
            ObjectNode page = Documents.object(answer.body());
            String until = resource.since() == null
                    ? null
                    : resource.since().from().text(page).orElse(null);
            return new Turn.Page(next(asked, answer, page), until);
        } catch (InvalidValue e) {
            return new Turn.Broken(new Outcome.TryLater(Duration.ZERO, "the answer " + e.getMessage()));
        }
    }

    private @Nullable Request next(Request asked, Answer answer, JsonNode page) {
        if (resource.paging() instanceof Paging.Cursor cursor) {
            return cursor(asked, page, cursor);
        }
        if (resource.paging() instanceof Paging.Numbered number) {
            long current = Long.parseLong(given(asked, number.parameter()));
            return isFull(page, number.size()) ? with(asked, number.parameter(), current + 1) : null;
        }
        if (resource.paging() instanceof Paging.Offset offset) {
            long current = Long.parseLong(given(asked, offset.parameter()));
            return isFull(page, offset.size()) ? with(asked, offset.parameter(), current + offset.size()) : null;
        }
        return resource.paging() instanceof Paging.Next next ? link(asked, answer, page, next) : null;
    }

    private @Nullable Request cursor(Request asked, JsonNode page, Paging.Cursor cursor) {
        String word = cursor.at().text(page).orElse("");
        if (word.isEmpty()) {
            return null;
        }
        if (FormBody.percent(word).equals(given(asked, cursor.parameter()))) {
            throw new InvalidValue("has a cursor that leads to the same page again")
                    .under(cursor.at().toString());
        }
        return with(asked, cursor.parameter(), word);
    }

    private boolean isFull(JsonNode page, int size) {
        int largest = 0;
        for (String path : resource.lists().keySet()) {
            JsonNode list = page;
            for (String name : path.split("\\.", -1)) {
                list = list.path(name);
            }
            largest = Math.max(largest, list.size());
        }
        return largest >= size;
    }

    /** Of the address only path and query count: requests go to the configured partner and nowhere else. */
    private static @Nullable Request link(Request asked, Answer answer, JsonNode page, Paging.Next next) {
        String address = next.at() == null
                ? linked(answer.header("link").orElse(""))
                : next.at().text(page).orElse("");
        if (address.isEmpty()) {
            return null;
        }
        Matcher parts = ADDRESS.matcher(address);
        String path = parts.matches() ? parts.group(1) : "";
        if (path.isEmpty() || path.equals(asked.path())) {
            throw new InvalidValue("has a next page that leads nowhere");
        }
        return new Request(asked.method(), path, asked.headers(), asked.json(), true);
    }

    private static String linked(String header) {
        Matcher matcher = NEXT_LINK.matcher(header);
        return matcher.find() ? matcher.group(1) : "";
    }
}
