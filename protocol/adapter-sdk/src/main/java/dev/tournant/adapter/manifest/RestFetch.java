package dev.tournant.adapter.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.FieldPath;
import dev.tournant.adapter.FormBody;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Refusals;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Turn;
import dev.tournant.model.InvalidValue;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Asks for a resource, page after page. */
final class RestFetch {
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");

    private final Resource resource;
    private final Map<String, String> headers;
    private final Refusals refusals;
    private final Set<String> bases;

    /** @param bases the paths of the base URLs that the partner has */
    RestFetch(Resource resource, Map<String, String> headers, Refusals refusals, Set<String> bases) {
        this.resource = resource;
        this.headers = headers;
        this.refusals = refusals;
        this.bases = bases;
    }

    Request open(Fetch fetch) {
        Placeholders placeholders = Placeholders.of(fetch.link());
        String path = placeholders.fillPath(resource.template());
        String body = resource.body() == null ? null : Bodies.filled(resource.body(), placeholders);
        Request first = new Request(resource.method(), path, headers, body, true);
        Resource.Since since = resource.since();
        Request request =
                since == null || fetch.since() == null ? first : with(first, since.parameter(), text(fetch.since()));
        if (resource.paging() instanceof Paging.Numbered number) {
            Paging.Size size = number.size();
            Request sized = size == null ? request : with(request, size.parameter(), whole(size.elements()));
            return with(sized, number.parameter(), whole(number.first()));
        }
        if (resource.paging() instanceof Paging.Offset offset) {
            Request sized = with(request, offset.sizeParameter(), whole(offset.size()));
            return with(sized, offset.parameter(), whole(0));
        }
        return request;
    }

    private static JsonNode text(String value) {
        return Plains.JSON.textNode(value);
    }

    private static JsonNode whole(long value) {
        return Plains.JSON.numberNode(value);
    }

    /** In the body where there is one, and in the query otherwise. */
    private static Request with(Request request, String parameter, JsonNode value) {
        String json = request.json();
        String path = json == null ? Queries.with(request.path(), parameter, value.asText()) : request.path();
        String body = json == null ? null : Bodies.with(json, parameter, value);
        return new Request(request.method(), path, request.headers(), body, true);
    }

    private static String given(Request request, String parameter) {
        String json = request.json();
        return json == null ? Queries.raw(request.path(), parameter) : FormBody.percent(Bodies.at(json, parameter));
    }

    Turn turn(Request asked, Answer answer) {
        if (answer.status() / 100 != 2) {
            return new Turn.Broken(refusals.outcome(answer));
        }
        try {
            ObjectNode page = Documents.object(answer.body());
            if (refusals.refuses(page)) {
                return new Turn.Broken(refusals.outcome(answer));
            }
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
            return isFollowed(page, current, number) ? with(asked, number.parameter(), whole(current + 1)) : null;
        }
        if (resource.paging() instanceof Paging.Offset offset) {
            long current = Long.parseLong(given(asked, offset.parameter()));
            return isFull(page, offset.size()) ? with(asked, offset.parameter(), whole(current + offset.size())) : null;
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
        return with(asked, cursor.parameter(), text(word));
    }

    /** A partner that has nothing at all may say that page 0 is the last, though pages are counted from 1. */
    private boolean isFollowed(JsonNode page, long current, Paging.Numbered number) {
        FieldPath last = number.last();
        if (last == null) {
            Paging.Size size = number.size();
            return size != null && isFull(page, size.elements());
        }
        String said = last.text(page)
                .orElseThrow(
                        () -> new InvalidValue("is missing, though the manifest says that the last page is told there")
                                .under(last.toString()));
        if (!WHOLE.matcher(said).matches()) {
            throw new InvalidValue("must be the number of the last page, a whole one").under(last.toString());
        }
        return current < Long.parseLong(said);
    }

    private boolean isFull(JsonNode page, int size) {
        int largest = 0;
        for (String path : resource.contents().lists().keySet()) {
            JsonNode list = page;
            for (String name : path.split("\\.", -1)) {
                list = list.path(name);
            }
            largest = Math.max(largest, list.size());
        }
        return largest >= size;
    }

    private @Nullable Request link(Request asked, Answer answer, JsonNode page, Paging.Next next) {
        String address = next.at() == null
                ? LinkHeader.next(answer.header("link").orElse(""))
                : next.at().text(page).orElse("");
        if (address.isEmpty()) {
            return null;
        }
        String path = new NextAddress(bases, asked.path()).below(address);
        return new Request(asked.method(), path, asked.headers(), asked.json(), true);
    }
}
