package dev.tournant.cluster.lease;

import dev.tournant.persistence.Leases;
import dev.tournant.persistence.Leases.NodeRow;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Whether a node may found a cluster: only while no other node can be in one. The seed that stands first founds a cluster
 * when nobody answers it, be it that all others are down, or that they cannot be reached, or are slow. In the latter cases
 * there would be two clusters, which never become one again. But who is in a cluster holds a lease.
 */
final class Founding {
    private final String self;
    private final Leases store;
    private final Terms terms;
    private final LongSupplier nanoTime;
    private final Watch watch;

    /** @param self host:port */
    Founding(String self, Leases store, Terms terms, LongSupplier nanoTime) {
        this.self = self;
        this.store = store;
        this.terms = terms;
        this.nanoTime = nanoTime;
        this.watch = new Watch(terms);
    }

    /**
     * The other nodes that hold a lease or may; none of them is in a cluster if there are none. What has run out is ended,
     * so asking again and again comes to an end. Throws what the store fails with. An earlier run of this node is no other
     * node: its address is ours now.
     */
    Set<String> others() {
        Set<String> alive = new LinkedHashSet<>();
        for (String node : wait(store.nodes())) {
            if (!node.equals(self)) {
                for (NodeRow row : wait(store.runs(node))) {
                    if (mayBeHeld(row)) {
                        alive.add(node);
                    }
                }
            }
        }
        return alive;
    }

    private boolean mayBeHeld(NodeRow row) {
        boolean ranOut = watch.seen(row, nanoTime.getAsLong());
        return row.isHeld()
                && !(ranOut && wait(store.end(row.holder(), row.version())).applied());
    }

    private <T> T wait(CompletionStage<T> answer) {
        return answer.toCompletableFuture()
                .orTimeout(terms.requestLife().toNanos(), TimeUnit.NANOSECONDS)
                .join();
    }
}
