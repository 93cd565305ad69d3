package dev.tournant.cluster.lease;

import dev.tournant.persistence.Leases.Holder;
import dev.tournant.persistence.Leases.NodeRow;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The watcher's side of the protocol: since when which version of whose lease has been there. Without clock, thread or
 * store; one thread at a time.
 *
 * <p>A version was there before the answer that shows it came; counting begins after that answer. When it is still the
 * same after its time to live, by this clock and with the error of both clocks added, whoever wrote it has ceased to
 * rely on it. What is left to be shown is that no newer one was written meanwhile, and that is what the compare-and-set
 * on this very version shows.
 */
final class Watch {
    private final Terms terms;
    private final Map<Holder, Sight> sights = new HashMap<>();

    private record Sight(long version, Duration ttl, long sinceNanos) {}

    Watch(Terms terms) {
        this.terms = terms;
    }

    /**
     * A row was read.
     *
     * @param afterNanos a time after the answer had come
     * @return whether it may be ended at this version
     */
    boolean seen(NodeRow row, long afterNanos) {
        if (!row.isHeld()) {
            sights.remove(row.holder());
            return false;
        }
        Sight sight = sights.get(row.holder());
        if (sight == null || sight.version() != row.version() || !sight.ttl().equals(row.ttl())) {
            sights.put(row.holder(), new Sight(row.version(), row.ttl(), afterNanos));
            return false;
        }
        return afterNanos - sight.sinceNanos() >= terms.silenceNanos(row.ttl());
    }

    /** It is over or gone. */
    void over(Holder holder) {
        sights.remove(holder);
    }

    /** Nodes of which a lease was seen that is not known to be over. */
    Set<String> nodes() {
        return sights.keySet().stream().map(Holder::node).collect(Collectors.toUnmodifiableSet());
    }

    /** Those of a node that are not known to be over. */
    Set<Holder> of(String node) {
        return sights.keySet().stream()
                .filter(each -> each.node().equals(node))
                .collect(Collectors.toUnmodifiableSet());
    }
}
