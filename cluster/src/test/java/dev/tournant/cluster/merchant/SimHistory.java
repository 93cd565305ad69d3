package dev.tournant.cluster.merchant;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One simulated history, as all of its parts know it: what its seed draws, what time it is, and what is written down of it. */
final class SimHistory {
    static final Instant BEGIN = Instant.parse("2026-06-01T12:00:00Z");

    final long seed;
    /** What all draw from that is as old as the simulation; what was added draws apart, so that the rest stays what it was. */
    final Random random;

    Instant now = BEGIN;
    /** Whether nothing goes wrong any more. */
    boolean isQuiet;

    private final boolean isLogging;
    private final List<String> lines = new ArrayList<>();

    SimHistory(long seed, boolean isLogging) {
        this.seed = seed;
        this.random = new Random(seed);
        this.isLogging = isLogging;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    void log(String line) {
        if (isLogging) {
            lines.add(now + " " + line);
        }
    }

    List<String> lines() {
        return lines;
    }
}
