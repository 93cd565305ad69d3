package dev.tournant.deploy.standins.core;

import java.time.InstantSource;

/**
 * The versions of one seller or restaurant: epoch milliseconds, and always one more than the last where the clock has not moved on.
 * So no two writes share a version or a time of change, and a client that asks with the last time it was told, which
 * is exclusive, misses nothing.
 */
public final class Ticks {
    private final InstantSource clock;
    private long last;

    public Ticks(InstantSource clock) {
        this.clock = clock;
    }

    public long next() {
        last = Math.max(last + 1, clock.millis());
        return last;
    }

    /** Seeded objects carry versions of their own; what follows comes after them. */
    public void startAfter(long version) {
        last = Math.max(last, version);
    }

    /** The last version given. */
    public long last() {
        return last;
    }

    public long now() {
        return clock.millis();
    }
}
