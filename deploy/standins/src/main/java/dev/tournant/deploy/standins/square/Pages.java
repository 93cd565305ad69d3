package dev.tournant.deploy.standins.square;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Results that are being paged through. A cursor names a result and a place in it; the result is what it was when the first
 * page was made, so pages neither overlap nor miss anything, and asking again with the same cursor gives the same page.
 * The oldest results are forgotten: their cursors are then invalid, as an expired one is at Square.
 */
final class Pages {
    /** Results kept for one seller. */
    static final int RESULTS_MAX = 128;

    private final Map<Long, Result> results = new LinkedHashMap<>();
    private long lastResult;

    /** All that a query found. {@code world} holds the top-level objects of that moment, to find related ones in. */
    record Result(List<ObjectNode> found, long latest, Map<String, ObjectNode> world) {
        Result {
            found = List.copyOf(found);
        }
    }

    /** One page; {@code cursor} is empty on the last. */
    record Page(List<ObjectNode> objects, Result result, Optional<String> cursor) {
        Page {
            objects = List.copyOf(objects);
        }
    }

    Page first(Result result, int limit) {
        if (result.found().size() <= limit) {
            return new Page(result.found(), result, Optional.empty());
        }
        lastResult++;
        results.put(lastResult, result);
        if (results.size() > RESULTS_MAX) {
            results.remove(results.keySet().iterator().next());
        }
        return page(lastResult, result, 0, limit);
    }

    /** Empty when the cursor is not one of ours, or its result is forgotten. */
    Optional<Page> next(String cursor, int limit) {
        return place(cursor).flatMap(place -> {
            Result result = results.get(place[0]);
            return result == null || place[1] < 0 || place[1] > result.found().size()
                    ? Optional.empty()
                    : Optional.of(page(place[0], result, (int) place[1], limit));
        });
    }

    private static Page page(long id, Result result, int from, int limit) {
        int to = Math.min(result.found().size(), from + limit);
        Optional<String> cursor = to < result.found().size() ? Optional.of(cursor(id, to)) : Optional.empty();
        return new Page(result.found().subList(from, to), result, cursor);
    }

    private static String cursor(long id, int offset) {
        String place = id + ":" + offset;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<long[]> place(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new long[] {
                        Long.parseLong(text.substring(0, colon)), Long.parseLong(text.substring(colon + 1))
                    });
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}
