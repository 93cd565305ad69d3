package dev.tournant.cluster.gate;

import dev.tournant.cluster.lease.NodeLease;
import dev.tournant.persistence.GateLedgers;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * What the gates of a node share.
 *
 * @param node host:port, for operators
 * @param nanos a clock that only goes forward
 * @param held the names of the pools that this node holds; shared
 * @param send tells a gate by the name of its pool, wherever it is
 */
record GateSetup(
        GateSettings settings,
        PoolNames names,
        NodeLease lease,
        GateLedgers ledgers,
        String node,
        LongSupplier nanos,
        InstantSource wall,
        BiConsumer<String, GateMessage> send,
        Set<String> held,
        GateMetrics metrics) {}
