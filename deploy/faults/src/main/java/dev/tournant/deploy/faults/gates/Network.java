package dev.tournant.deploy.faults.gates;

import java.util.Random;

/** How long a call is on its way, as the partner plays it; seeded, so that a run can be played again. */
enum Network {
    /** Counted and answered at once. */
    LOOPBACK {
        @Override
        long nanos(Random random) {
            return 0;
        }
    },
    /** Pareto with exponent 1.3 from 5 ms on: most calls are quick, some take seconds. */
    TAILS {
        @Override
        long nanos(Random random) {
            double seconds = 0.005 / Math.pow(1 - random.nextDouble(), 1 / 1.3);
            return (long) (Math.min(seconds, 8) * 1e9);
        }
    },
    /** About 10 ms; and now and then everything stands still for 0.5 to 3 s, and then comes at once. */
    STALLS {
        @Override
        long nanos(Random random) {
            return (long) (random.nextDouble() * 20e6);
        }

        @Override
        long stallNanos(Random random) {
            return (long) ((0.5 + 2.5 * random.nextDouble()) * 1e9);
        }
    };

    /** Between two stalls of one pool, on average. */
    static final double STALL_EVERY_SECONDS = 20;

    /** From arrival to answer. */
    abstract long nanos(Random random);

    /**
     * The least share of the limit that is to be used while nothing is done to the nodes: what a call's time on its way
     * costs, as it is counted at any time from its sending to its answer.
     */
    double shareMin() {
        return this == LOOPBACK ? 0.85 : 0.65;
    }

    /** How long the next stall lasts; 0 where there are none. */
    long stallNanos(Random random) {
        return 0;
    }
}
