package dev.tournant.deploy.bench;

import java.util.Set;

/**
 * How long and how hard {@link Freshness} measures.
 *
 * @param restaurants at Toast's stand-in, 1 to 50
 * @param seconds of changes, 20 to 1,800
 * @param secondsBetween two changes of one restaurant: the median over restaurants, 1 to 3,600
 * @param seed of menus and changes
 */
record FreshnessSettings(int restaurants, int seconds, int secondsBetween, int seed) {
    static final Set<String> OPTIONS = Set.of("--restaurants", "--seconds", "--seconds-between", "--seed", "--data");

    /** @throws IllegalArgumentException saying which option is out of range */
    static FreshnessSettings of(Options options) {
        return new FreshnessSettings(
                options.number("--restaurants", 20, 1, 50),
                options.number("--seconds", 300, 20, 1_800),
                options.number("--seconds-between", 60, 1, 3_600),
                options.number("--seed", 1, 1, 1_000_000));
    }
}
