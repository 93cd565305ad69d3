package dev.tournant.cluster.gate;

import com.typesafe.config.ConfigFactory;
import dev.tournant.persistence.GateLedger;
import dev.tournant.persistence.GateLedgers;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the tests of gates share. */
final class GateFixture {
    static final GateSettings SETTINGS = settings("");

    private GateFixture() {}

    /** As configured, but for these. */
    static GateSettings settings(String overrides) {
        return GateSettings.of(ConfigFactory.parseString(overrides)
                .withFallback(ConfigFactory.parseResources("tournant-cluster.conf"))
                .resolve());
    }

    /** Ledgers in memory, which can be made to fail. */
    static final class LedgersInMemory implements GateLedgers {
        private final Map<String, Row> rows = new HashMap<>();
        private final Queue<Late> late = new ArrayDeque<>();
        private boolean failing;
        private boolean slow;

        private record Row(
                String holder,
                @Nullable String keptBy,
                boolean open,
                Found found,
                @Nullable GateLedger ledger) {}

        synchronized void failing(boolean now) {
            failing = now;
        }

        synchronized boolean isOpen(String pool) {
            return rows.containsKey(pool) && rows.get(pool).open;
        }

        synchronized boolean isKnown(String pool) {
            return rows.containsKey(pool);
        }

        @Override
        public synchronized CompletionStage<Opened> open(String pool, String holder, boolean sets) {
            if (failing) {
                return CompletableFuture.failedFuture(new IllegalStateException("the store is down"));
            }
            Row row = rows.get(pool);
            Found found = row == null
                    ? Found.NEW
                    : row.open && row.holder.equals(holder)
                            ? row.found
                            : !row.open
                                    ? Found.CLOSED
                                    : row.holder.equals(row.keptBy) ? Found.LEFT_KEPT : Found.LEFT_OPEN;
            GateLedger ledger = row == null ? null : row.ledger;
            rows.put(pool, new Row(holder, sets && found != Found.LEFT_OPEN ? holder : null, true, found, ledger));
            return CompletableFuture.completedFuture(new Opened(found, ledger));
        }

        /** From now on what a row should say is neither written nor answered until {@link Late} says so. */
        synchronized void slow() {
            slow = true;
        }

        /** The oldest that has yet to be written and answered. */
        synchronized Late nextLate() {
            return late.remove();
        }

        /** What one row should say; the store may do it and be heard of whenever it wants. */
        record Late(Supplier<Boolean> write, CompletableFuture<Boolean> heard) {
            /** Does it, and is heard of when the answer is completed. */
            Runnable done() {
                boolean ours = write.get();
                return () -> heard.complete(ours);
            }
        }

        @Override
        public CompletionStage<Boolean> keep(String pool, String holder, GateLedger ledger) {
            return written(pool, holder, ledger, true);
        }

        @Override
        public CompletionStage<Boolean> close(String pool, String holder, GateLedger ledger) {
            return written(pool, holder, ledger, false);
        }

        private synchronized CompletionStage<Boolean> written(
                String pool, String holder, GateLedger ledger, boolean open) {
            if (failing) {
                return CompletableFuture.failedFuture(new IllegalStateException("the store is down"));
            }
            if (slow) {
                CompletableFuture<Boolean> heard = new CompletableFuture<>();
                late.add(new Late(() -> write(pool, holder, ledger, open), heard));
                return heard;
            }
            return CompletableFuture.completedFuture(write(pool, holder, ledger, open));
        }

        private synchronized boolean write(String pool, String holder, GateLedger ledger, boolean open) {
            Row row = rows.get(pool);
            boolean ours = row != null && row.holder.equals(holder) && (row.open || !open);
            if (ours) {
                rows.put(pool, new Row(holder, ledger.slots() == null ? null : holder, open, row.found, ledger));
            }
            return ours;
        }
    }
}
