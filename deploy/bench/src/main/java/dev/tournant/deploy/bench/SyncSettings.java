package dev.tournant.deploy.bench;

import java.util.Set;

/**
 * How long and how hard {@link Sync} measures.
 *
 * @param edits one after another, 1 to 1,000
 * @param seconds after which nothing more is begun, 5 to 600; edits one after another have the greater part of it
 * @param pauseMillis the longest pause between two of them, 0 to 10,000; each is drawn from the seed
 * @param bursts 0 to 20, of {@value #BURST} edits each
 * @param items of the seller's menu, {@value #BURST_ITEMS} to 1,000
 * @param seed of the menu, of the edits and of the pauses
 */
record SyncSettings(int edits, int seconds, int pauseMillis, int bursts, int items, int seed) {
    /** Edits of one burst, and among how many items they are. */
    static final int BURST = 50;

    static final int BURST_ITEMS = 10;

    static final Set<String> OPTIONS =
            Set.of("--edits", "--seconds", "--pause-ms", "--bursts", "--items", "--seed", "--data");

    /** @throws IllegalArgumentException saying which option is out of range */
    static SyncSettings of(Options options) {
        return new SyncSettings(
                options.number("--edits", 100, 1, 1_000),
                options.number("--seconds", 200, 5, 600),
                options.number("--pause-ms", 200, 0, 10_000),
                options.number("--bursts", 3, 0, 20),
                options.number("--items", 120, BURST_ITEMS, 1_000),
                options.number("--seed", 1, 1, 1_000_000));
    }
}
