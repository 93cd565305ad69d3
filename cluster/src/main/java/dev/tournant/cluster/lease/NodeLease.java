package dev.tournant.cluster.lease;

import java.time.Duration;

/**
 * This node's right to act: to answer for its merchants and to let calls out. Whoever acts on behalf of a merchant or a
 * limit pool asks just before the act can be seen from outside.
 */
public interface NodeLease {

    /** A lease that never ends, for tests and for runs in which the lease is switched off. */
    NodeLease ALWAYS = new NodeLease() {
        @Override
        public void check() {}

        @Override
        public Duration left() {
            return Duration.ofSeconds(Long.MAX_VALUE);
        }
    };

    /**
     * Returns only while this node's lease holds. When it has run out the node halts and this never returns; a fake in a
     * test throws instead. Costs the reading of a clock; any thread may call it.
     */
    void check();

    /** How long the lease holds on, by this node's own monotonic clock; zero when it has run out. */
    Duration left();
}
