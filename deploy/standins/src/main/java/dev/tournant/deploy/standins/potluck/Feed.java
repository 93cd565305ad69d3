package dev.tournant.deploy.standins.potluck;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The catalogue page by page, in the order of changes: what changes while somebody reads comes once more at the end.
 * {@code as_of} is when the first page was made, and {@code changed_since} is exclusive.
 */
final class Feed {
    static final int LIMIT_MAX = 200;
    static final int LIMIT = 50;

    private static final Pattern CURSOR = Pattern.compile("([01]):([0-9]{1,18}):([0-9]{1,18})");

    /**
     * Where a reader is.
     *
     * @param deleted whether deleted objects are told: to who has read before
     * @param asOf tick of the first page
     * @param after tick of the last object that was told
     */
    private record Cursor(boolean deleted, long asOf, long after) {
        String text() {
            String plain = (deleted ? 1 : 0) + ":" + asOf + ":" + after;
            return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
        }

        static Cursor of(String text) {
            try {
                String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
                Matcher parts = CURSOR.matcher(plain);
                if (parts.matches()) {
                    long asOf = Long.parseLong(parts.group(2));
                    return new Cursor(parts.group(1).equals("1"), asOf, Long.parseLong(parts.group(3)));
                }
            } catch (IllegalArgumentException notBase64) {
                throw PotluckError.bad("cursor is none of ours");
            }
            throw PotluckError.bad("cursor is none of ours");
        }
    }

    private final Location location;

    Feed(Location location) {
        this.location = location;
    }

    /** The parameters as they were sent. */
    ObjectNode page(Optional<String> limit, Optional<String> changedSince, Optional<String> cursor) {
        int most = limit.map(Feed::limit).orElse(LIMIT);
        return location.atomically(() -> page(most, cursor.map(Cursor::of).orElseGet(() -> first(changedSince))));
    }

    private Cursor first(Optional<String> changedSince) {
        long since = changedSince
                .map(text -> Json.time(text)
                        .orElseThrow(() -> PotluckError.bad("changed_since is no RFC 3339 time"))
                        .toEpochMilli())
                .orElse(0L);
        return new Cursor(changedSince.isPresent(), location.lastTick(), since);
    }

    private static int limit(String text) {
        boolean good = text.matches("[0-9]{1,3}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= LIMIT_MAX;
        if (!good) {
            throw PotluckError.bad("limit is from 1 to " + LIMIT_MAX);
        }
        return Integer.parseInt(text);
    }

    private ObjectNode page(int most, Cursor from) {
        List<Location.Held> all = location.changedAfter(from.after()).stream()
                .filter(each -> from.deleted() || !each.isDeleted())
                .toList();
        List<Location.Held> some = all.subList(0, Math.min(most, all.size()));
        ObjectNode page = Json.object().put("as_of", Json.time(from.asOf()));
        if (some.size() < all.size()) {
            long last = some.get(some.size() - 1).changed();
            page.put("next_cursor", new Cursor(from.deleted(), from.asOf(), last).text());
        }
        for (Sort sort : Sort.values()) {
            page.putArray(sort.list());
        }
        some.forEach(each -> page.withArray(each.sort().list()).add(each.object()));
        return page;
    }
}
