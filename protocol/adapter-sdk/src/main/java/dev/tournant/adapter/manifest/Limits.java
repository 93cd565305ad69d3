package dev.tournant.adapter.manifest;

import dev.tournant.adapter.Limit;
import dev.tournant.adapter.LimitHeaders;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads limits. */
final class Limits {
    private Limits() {}

    static Limit read(Yaml part) {
        part.only("name", "scope", "calls", "per", "burst", "at-once", "method", "path", "headers");
        String name = part.need("name").text();
        Limit.Scope scope = part.need("scope").oneOf(Limit.Scope.class);
        @Nullable Yaml atOnce = part.get("at-once").orElse(null);
        if (atOnce != null) {
            for (String other : new String[] {"calls", "per", "burst"}) {
                part.get(other).ifPresent(found -> {
                    throw found.wrong("does not go with at-once, which is a limit without a time");
                });
            }
        }
        return new Limit(
                name,
                scope,
                part.get("method").map(Yaml::text).orElse(null),
                part.text("path", "/"),
                (atOnce == null ? part.need("calls") : atOnce).whole(1, Limit.CALLS_MAX),
                atOnce == null ? part.need("per").duration() : null,
                part.get("burst").map(burst -> burst.whole(1, Limit.CALLS_MAX)).orElse(null),
                part.get("headers").map(Limits::headers).orElse(LimitHeaders.NONE));
    }

    private static LimitHeaders headers(Yaml part) {
        part.only("limit", "remaining", "reset", "which", "says");
        @Nullable Yaml which = part.get("which").orElse(null);
        Set<String> words = ManifestReader.words(part, "says");
        if ((which == null) != words.isEmpty()) {
            throw part.wrong(
                    "which and says go together: the header that names a limit, and what it says for this one");
        }
        return new LimitHeaders(
                part.get("limit").map(Yaml::text).orElse(null),
                part.get("remaining").map(Yaml::text).orElse(null),
                part.get("reset").map(ManifestReader::wait).orElse(null),
                which == null ? null : which.text(),
                words);
    }
}
