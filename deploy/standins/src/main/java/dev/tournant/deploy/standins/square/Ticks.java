package dev.tournant.deploy.standins.square;

import java.time.InstantSource;

/**
 * The versions of one seller: epoch milliseconds, and always one more than the last where the clock has not moved on.
 * So no two writes share a version or an {@code updated_at}, and a client that asks with the last time it was told, which
 * is exclusive, misses nothing.
 */
final class Ticks {
    private final InstantSource clock;
    private long last;

    Ticks(InstantSource clock) {
        this.clock = clock;
    }

    long next() {
        last = Math.max(last + 1, clock.millis());
        return last;
    }

    /** Seeded objects carry versions of their own; what follows comes after them. */
    void startAfter(long version) {
        last = Math.max(last, version);
    }

    /** The last version given. */
    long last() {
        return last;
    }

    long now() {
        return clock.millis();
    }
}
