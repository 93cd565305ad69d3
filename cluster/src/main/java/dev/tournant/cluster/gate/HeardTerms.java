package dev.tournant.cluster.gate;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The terms of one limit that callers have named lately, and this node's own. All of them are kept as rules, so while a
 * changed manifest goes from node to node the stricter terms hold, whoever holds the pool. Not thread-safe.
 */
final class HeardTerms {
    /** More than there can be in a sane roll-out. */
    static final int TERMS_MAX = 4;

    private final @Nullable Terms own;
    private final long keptNanos;
    private final Map<Terms, Long> heard = new LinkedHashMap<>();
    private List<Rule> rules = List.of();

    HeardTerms(@Nullable Terms own, Duration kept) {
        this.own = own;
        this.keptNanos = kept.toNanos();
    }

    /** Whether these terms can be kept besides the others. */
    boolean hear(Terms terms, long now) {
        if (heard.size() > 1) {
            heard.values().removeIf(at -> now - at > keptNanos);
        }
        if (heard.size() >= TERMS_MAX && !heard.containsKey(terms)) {
            return false;
        }
        heard.put(terms, now);
        return true;
    }

    /** Whether the rules are other ones than when this was asked last. */
    boolean changed() {
        List<Rule> before = rules;
        rules = Stream.concat(Stream.ofNullable(own), heard.keySet().stream())
                .distinct()
                .map(Terms::rule)
                .toList();
        return !rules.equals(before);
    }

    /** As of the last {@link #changed}; at least one once anything was heard. */
    List<Rule> rules() {
        return rules;
    }
}
