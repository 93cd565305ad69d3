package dev.tournant.adapter.manifest;

import dev.tournant.model.InvalidValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a next page, as an answer names it: whole, from the root of the host, or relative to the request that it
 * came with (RFC 3986, 5.2). What comes out is a path below the partner's base URL, as every request has it. A host in
 * it does not count: requests go to the configured partner and nowhere else.
 */
final class NextAddress {
    private static final Pattern ADDRESS = Pattern.compile(
            "(?<host>(?:https?:)?//[^/?#]{1,255})?(?<path>[^?#]{0,2000})(?<query>\\?[^#]{0,2000})?",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern OTHER_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*");

    private final Set<String> bases;
    private final String asked;

    /**
     * @param bases the paths of the base URLs that the partner has, without a slash at the end
     * @param asked path and query of the request, below the base URL
     */
    NextAddress(Set<String> bases, String asked) {
        this.bases = bases;
        this.asked = asked;
    }

    /** Path and query below the base URL; {@link InvalidValue} for an address that leads nowhere new. */
    String below(String address) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            throw nowhere();
        }
        String path = parts.group("path");
        boolean fromRoot = parts.group("host") != null || path.startsWith("/");
        if (!fromRoot && OTHER_SCHEME.matcher(path).matches()) {
            throw nowhere();
        }
        String query = parts.group("query") == null ? "" : parts.group("query");
        String next = Queries.sendable((fromRoot ? belowBase(path.isEmpty() ? "/" : path) : relative(path)) + query);
        if (next.equals(asked)) {
            throw new InvalidValue("has a next page that leads to the same page again");
        }
        return next;
    }

    private static InvalidValue nowhere() {
        return new InvalidValue("has a next page that leads nowhere");
    }

    private String askedPath() {
        int query = asked.indexOf('?');
        return query < 0 ? asked : asked.substring(0, query);
    }

    /**
     * Mostly the next page is the same path with another query, and where that stands in the address tells what is before
     * it, even at a base URL that only the node's configuration knows.
     */
    private String belowBase(String path) {
        String same = askedPath();
        if (path.equals(same) || bases.stream().anyMatch(base -> path.equals(base + same))) {
            return same;
        }
        return bases.stream()
                .filter(base -> path.startsWith(base + "/"))
                .max(Comparator.comparingInt(String::length))
                .filter(base -> !base.isEmpty())
                .map(base -> path.substring(base.length()))
                .orElseGet(() -> same.length() > 1 && path.endsWith(same) ? same : path);
    }

    private String relative(String path) {
        String same = askedPath();
        if (path.isEmpty()) {
            return same;
        }
        List<String> segments = new ArrayList<>();
        String merged = same.substring(1, same.lastIndexOf('/') + 1) + path;
        for (String each : merged.split("/", -1)) {
            if (!each.equals("..")) {
                segments.add(each);
            } else if (segments.isEmpty()) {
                throw new InvalidValue("has a next page that leads out of the partner's base URL");
            } else {
                segments.remove(segments.size() - 1);
            }
        }
        segments.removeIf(each -> each.equals("."));
        return "/" + String.join("/", segments);
    }
}
