package dev.tournant.deploy.standins.core;

import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * The faults in force, and the seeded dice that decide when one strikes. What is picked and made up has dice of its own, so
 * that dice that begin anew make no name twice. Safe for threads.
 *
 * @param <F> the faults of a partner; values that never change
 */
public final class Luck<F extends Record> {
    private final Random random;
    private final Random strikes;
    private volatile F faults;

    public Luck(long seed, F faults) {
        this.random = new Random(seed);
        this.strikes = new Random(seed);
        this.faults = FaultJson.check(faults);
    }

    public F faults() {
        return faults;
    }

    /** {@link IllegalArgumentException} for faults that are out of bounds. */
    public void set(F now) {
        faults = FaultJson.check(now);
    }

    public boolean strikes(double ratio) {
        if (ratio <= 0) {
            return false;
        }
        synchronized (strikes) {
            return strikes.nextDouble() < ratio;
        }
    }

    /** From now on faults strike as this seed says. */
    public void begin(long seed) {
        synchronized (strikes) {
            strikes.setSeed(seed);
        }
    }

    public <T> T pick(List<T> from) {
        synchronized (random) {
            return from.get(random.nextInt(from.size()));
        }
    }

    /** A version 4 UUID from the seed. */
    public UUID uuid() {
        synchronized (random) {
            return uuid(random);
        }
    }

    /** A version 4 UUID from somebody's dice. */
    public static UUID uuid(Random random) {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
