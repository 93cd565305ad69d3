package dev.tournant.cluster.lease;

import dev.tournant.persistence.Leases;
import dev.tournant.persistence.Leases.Holder;
import dev.tournant.persistence.Leases.NodeRow;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the leases that this node watches, and ends those that ran out. It watches the nodes that follow it in the ring
 * of members, every node for which somebody here waits, and those that are no longer members until their lease is over.
 * All of it runs on the keeper's thread, answers included.
 */
final class Watching {
    private static final Logger LOG = LoggerFactory.getLogger(Watching.class);
    /** Each lease is watched by so many, so that two may die at once. */
    private static final int SUCCESSORS = 3;

    private final String self;
    private final Leases store;
    private final Watch watch;
    private final Supplier<Set<String>> members;
    private final LeaseMetrics metrics;
    private final LongSupplier nanoTime;
    /** Where answers are dealt with. */
    private final Executor thread;

    private final Set<String> awaited = new HashSet<>();
    /** Nodes whose answer is under way. */
    private final Set<String> asked = new HashSet<>();

    Watching(
            String self,
            Terms terms,
            Leases store,
            Supplier<Set<String>> members,
            LeaseMetrics metrics,
            LongSupplier nanoTime,
            Executor thread) {
        this.self = self;
        this.store = store;
        this.watch = new Watch(terms);
        this.members = members;
        this.metrics = metrics;
        this.nanoTime = nanoTime;
        this.thread = thread;
    }

    /** Somebody waits for a lease of this node to be over. */
    void await(String node) {
        if (awaited.add(node)) {
            read(node);
        }
    }

    void tick() {
        Set<String> all = members.get();
        Set<String> nodes = new HashSet<>(watch.nodes());
        nodes.removeAll(all);
        nodes.addAll(Ring.successors(self, all, SUCCESSORS));
        nodes.addAll(awaited);
        nodes.forEach(this::read);
    }

    private void read(String node) {
        if (asked.add(node)) {
            store.runs(node)
                    .whenCompleteAsync(
                            (rows, failure) -> {
                                asked.remove(node);
                                if (failure == null) {
                                    seen(node, rows);
                                }
                            },
                            thread);
        }
    }

    private void seen(String node, List<NodeRow> rows) {
        long after = nanoTime.getAsLong();
        Set<Holder> gone = new HashSet<>(watch.of(node));
        boolean held = false;
        for (NodeRow row : rows) {
            gone.remove(row.holder());
            held |= row.isHeld();
            if (watch.seen(row, after)) {
                end(row);
            }
        }
        gone.forEach(watch::over);
        if (!held) {
            awaited.remove(node);
        }
    }

    private void end(NodeRow row) {
        store.end(row.holder(), row.version())
                .whenCompleteAsync(
                        (outcome, failure) -> {
                            if (failure == null && outcome.applied()) {
                                watch.over(row.holder());
                                metrics.ended();
                                LOG.warn(
                                        "the lease of {} ran out and was ended: it was killed, cut off or stood still;"
                                                + " other nodes take over what it held",
                                        row.holder());
                            }
                        },
                        thread);
    }
}
