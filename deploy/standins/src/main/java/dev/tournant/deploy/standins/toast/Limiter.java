package dev.tournant.deploy.standins.toast;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts requests by windows of the clock, and refuses those beyond a limit. Of a request that is refused nothing is
 * counted. Safe for threads.
 */
final class Limiter {
    /** Clients at restaurants, and addresses, that are counted; the one not seen for longest is forgotten first. */
    static final int SCOPES_MAX = 50_000;

    private static final long SECOND_MILLIS = 1_000;
    private static final long QUARTER_HOUR_MILLIS = 900_000;

    /** Whose limit it is, in the order of their priority. */
    enum By {
        GLOBAL,
        API,
        ENDPOINT
    }

    /** What every answer says about the limit nearest to exhaustion, and whether it is exhausted. */
    record Verdict(boolean admitted, By by, int remaining, long resetEpochSeconds, long retryAfterSeconds) {
        static Verdict exhausted(By by, long nowMillis, long untilMillis) {
            return new Verdict(false, by, 0, ceil(untilMillis), Math.max(1, ceil(untilMillis - nowMillis)));
        }

        private static long ceil(long millis) {
            return (millis + SECOND_MILLIS - 1) / SECOND_MILLIS;
        }
    }

    private record Rule(By by, String name, int max, long windowMillis) {
        long window(long nowMillis) {
            return nowMillis / windowMillis;
        }

        long endMillis(long nowMillis) {
            return (window(nowMillis) + 1) * windowMillis;
        }
    }

    private record Count(long window, int requests) {}

    private final Map<String, Map<String, Count>> scopes = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Map<String, Count>> eldest) {
            return size() > SCOPES_MAX;
        }
    };

    /**
     * @param scope a client at a restaurant, or an address
     * @param api the first part of the path
     * @param menus whether this is a read of whole menus
     */
    synchronized Verdict admit(String scope, String api, boolean menus, Limits limits, long nowMillis) {
        List<Rule> rules = rules(api, menus, limits);
        Map<String, Count> counts = scopes.computeIfAbsent(scope, key -> new LinkedHashMap<>());
        for (Rule rule : rules) {
            if (used(counts, rule, nowMillis) >= rule.max()) {
                return Verdict.exhausted(rule.by(), nowMillis, rule.endMillis(nowMillis));
            }
        }
        rules.forEach(rule ->
                counts.put(rule.name(), new Count(rule.window(nowMillis), used(counts, rule, nowMillis) + 1)));
        Rule nearest = rules.stream()
                .min(Comparator.comparingInt(rule -> rule.max() - used(counts, rule, nowMillis)))
                .orElseThrow();
        int remaining = nearest.max() - used(counts, nearest, nowMillis);
        return new Verdict(true, nearest.by(), remaining, Verdict.ceil(nearest.endMillis(nowMillis)), 0);
    }

    private static List<Rule> rules(String api, boolean menus, Limits limits) {
        List<Rule> rules = new ArrayList<>(List.of(
                new Rule(By.GLOBAL, "global second", limits.perSecondMax(), SECOND_MILLIS),
                new Rule(By.GLOBAL, "global quarter", limits.perQuarterHourMax(), QUARTER_HOUR_MILLIS),
                new Rule(By.API, api + " second", limits.perSecondMax(), SECOND_MILLIS),
                new Rule(By.API, api + " quarter", limits.perQuarterHourMax(), QUARTER_HOUR_MILLIS)));
        if (menus) {
            rules.add(new Rule(By.ENDPOINT, "whole menus", limits.menusPerSecondMax(), SECOND_MILLIS));
        }
        return rules;
    }

    private static int used(Map<String, Count> counts, Rule rule, long nowMillis) {
        Count count = counts.get(rule.name());
        return count == null || count.window() != rule.window(nowMillis) ? 0 : count.requests();
    }
}
