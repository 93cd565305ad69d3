package dev.tournant.persistence;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What limit pools have used, kept beyond their holders. A pool's row is open while somebody holds the pool; whoever finds
 * it open takes it over from a holder that ended without a word.
 *
 * <p>Every stage fails with whatever the store failed with. What was asked for then may have been done, or be done later, but
 * not after the same holder has succeeded with anything else: so each may be repeated, one at a time.
 */
public interface GateLedgers {
    /**
     * Opens a pool for a holder, whoever had it open before.
     *
     * @param holder new each time that a pool is begun to be held, up to {@value #HOLDER_CHARS_MAX} characters; begins with
     *     the node, for operators
     * @param sets whether this holder uses nothing that does not stand in the row: it sets calls aside before it uses them,
     *     by {@link #keep} with {@link GateLedger#slots}
     */
    CompletionStage<Opened> open(String pool, String holder, boolean sets);

    /**
     * Writes what is used while the pool stays open; false if somebody else has opened it since. A ledger with {@link
     * GateLedger#slots} says all that was ever used, and begins or renews the promise that nothing else is; one without
     * them ends it.
     */
    CompletionStage<Boolean> keep(String pool, String holder, GateLedger ledger);

    /** Writes what is used and lets go; false if somebody else has opened the pool since. */
    CompletionStage<Boolean> close(String pool, String holder, GateLedger ledger);

    int HOLDER_CHARS_MAX = 200;

    /**
     * How a pool was found.
     *
     * @param ledger as it was last written; null if nothing ever was
     */
    record Opened(Found found, @Nullable GateLedger ledger) {}

    /** What became of the holder before. */
    enum Found {
        /** There never was one. */
        NEW,
        /** It closed the pool; the ledger is complete. */
        CLOSED,
        /** It did not close it, but all that it may have used had been set aside in the ledger; there is none if nothing was. */
        LEFT_KEPT,
        /** It did not, and may have used anything. */
        LEFT_OPEN
    }
}
