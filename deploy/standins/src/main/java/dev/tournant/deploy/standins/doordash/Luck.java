package dev.tournant.deploy.standins.doordash;

import java.util.List;
import java.util.Random;
import java.util.UUID;

/** The faults in force, and the seeded dice that decide when one strikes. Safe for threads. */
final class Luck {
    private final Random random;
    private volatile Faults faults = Faults.NONE;

    Luck(long seed) {
        this.random = new Random(seed);
    }

    Faults faults() {
        return faults;
    }

    void set(Faults now) {
        faults = now;
    }

    boolean strikes(double ratio) {
        if (ratio <= 0) {
            return false;
        }
        synchronized (random) {
            return random.nextDouble() < ratio;
        }
    }

    <T> T pick(List<T> from) {
        synchronized (random) {
            return from.get(random.nextInt(from.size()));
        }
    }

    /** A version 4 UUID from the seed. */
    UUID uuid() {
        synchronized (random) {
            return uuid(random);
        }
    }

    static UUID uuid(Random random) {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
