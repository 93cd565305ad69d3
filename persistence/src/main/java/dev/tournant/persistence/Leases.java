package dev.tournant.persistence;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Where leases are kept: rows that are changed by compare-and-set alone and read in the order of these changes. It knows
 * no time; whoever holds a lease or watches one counts on a clock of their own.
 *
 * <p>A stage that fails tells nothing: what was asked for may have been done, may be done later, or never.
 */
public interface Leases {

    /** One run of a node: {@code host:port}, and a number that is larger with each run. */
    record Holder(String node, long epoch) {
        @Override
        public String toString() {
            return node + " run " + epoch;
        }
    }

    /** Of a node's lease. {@code RELEASED}: given back by its holder; {@code ENDED}: seen to have run out by another. */
    enum State {
        HELD,
        RELEASED,
        ENDED
    }

    /**
     * A node's lease.
     *
     * @param version counts the renewals
     * @param ttl how long it holds after a renewal
     */
    record NodeRow(Holder holder, long version, Duration ttl, State state) {
        public boolean isHeld() {
            return state == State.HELD;
        }
    }

    /**
     * What became of a compare-and-set.
     *
     * @param applied whether it was done
     * @param found the row that was found instead; null when there was none, or when it was done
     */
    record Outcome(boolean applied, @Nullable NodeRow found) {}

    /**
     * A lease that has a name and belongs to a run of a node for as long as that run's own lease holds.
     *
     * @param version counts the changes; 0 when it never belonged to anybody
     * @param holder null when it belongs to nobody
     */
    record NamedRow(String name, long version, @Nullable Holder holder) {}

    /** Nodes of which runs are written down; one that is just beginning may be missing. */
    CompletionStage<Set<String>> nodes();

    /** All runs of a node that are still written down, in order of epoch. */
    CompletionStage<List<NodeRow>> runs(String node);

    /** One run of a node; a run that was over long ago may be gone. */
    CompletionStage<Optional<NodeRow>> run(Holder holder);

    /** Begins a run, with version 1; false when this epoch is taken. */
    CompletionStage<Boolean> begin(Holder holder, Duration ttl);

    /** Moves the version from {@code version} to the next one, if it is still held. */
    CompletionStage<Outcome> renew(Holder holder, long version);

    /** Ends a run that was seen to have run out, if it was not renewed since {@code version}. */
    CompletionStage<Outcome> end(Holder holder, long version);

    /** Gives a run back, whatever its version; false when it was over already. Only its holder may. */
    CompletionStage<Boolean> release(Holder holder);

    /** Strikes out a run that is over, so that rows do not pile up. Only a later run of the same node may. */
    CompletionStage<Boolean> forget(Holder holder);

    /** Whom a name belongs to. */
    CompletionStage<NamedRow> named(String name);

    /** Makes a name belong to somebody else, or nobody, if nothing changed since {@code was} was read. */
    CompletionStage<Boolean> assign(NamedRow was, @Nullable Holder to);
}
