package dev.tournant.persistence;

import akka.actor.typed.ActorSystem;
import akka.stream.alpakka.cassandra.javadsl.CassandraSessionRegistry;
import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Ledgers in Cassandra. Every write is a lightweight transaction on the row's version or holder and every read sees them
 * in their order; what else is sent to the table would break that.
 *
 * <p>A holder that opens a pool and hears nothing finds its own name there when it tries again, and beside it how the pool
 * was found; so a slow store costs no pool its ledger.
 */
public final class CassandraLedgers implements GateLedgers {
    /** Where akka-persistence-cassandra has its settings; the session is shared with the journal. */
    private static final String JOURNAL = "akka.persistence.cassandra";

    private final CompletionStage<CqlSession> session;
    private final String table;
    private final Executor executor;
    private final StoredSerializer serializer = new StoredSerializer();

    CassandraLedgers(CompletionStage<CqlSession> session, String keyspace, Executor executor) {
        this.session = session;
        this.table = keyspace + ".gate_ledgers";
        this.executor = executor;
    }

    /** In the journal's keyspace. */
    public static CassandraLedgers create(ActorSystem<?> system) {
        return new CassandraLedgers(
                CassandraSessionRegistry.get(system).sessionFor(JOURNAL).underlying(),
                system.settings().config().getString("tournant.cassandra.keyspace"),
                system.executionContext());
    }

    @Override
    public CompletionStage<Opened> open(String pool, String holder, boolean sets) {
        return read(pool)
                .thenComposeAsync(
                        row -> row == null ? begin(pool, holder, sets) : opened(pool, holder, sets, row), executor);
    }

    private CompletionStage<@Nullable Row> read(String pool) {
        return execute(SimpleStatement.newInstance(
                                "SELECT version, holder, kept_by, is_open, found, manifest, ledger FROM " + table
                                        + " WHERE pool = ?",
                                pool)
                        .setConsistencyLevel(ConsistencyLevel.LOCAL_SERIAL))
                .thenApplyAsync(AsyncResultSet::one, executor);
    }

    private CompletionStage<Opened> begin(String pool, String holder, boolean sets) {
        return applied(
                        "INSERT INTO " + table + " (pool, version, holder, kept_by, is_open, found)"
                                + " VALUES (?, 1, ?, ?, true, ?) IF NOT EXISTS",
                        pool,
                        holder,
                        sets ? holder : null,
                        Found.NEW.name())
                .thenComposeAsync(done -> done ? opened(Found.NEW, null) : open(pool, holder, sets), executor);
    }

    private CompletionStage<Opened> opened(String pool, String holder, boolean sets, Row row) {
        // Before the row is taken: what cannot be read must stay as it is.
        GateLedger ledger = ledger(pool, row);
        boolean isOpen = row.getBoolean("is_open");
        if (isOpen && holder.equals(row.getString("holder"))) {
            return opened(Found.valueOf(row.getString("found")), ledger);
        }
        Found found = found(isOpen, row);
        return applied(
                        "UPDATE " + table
                                + " SET version = ?, holder = ?, kept_by = ?, is_open = true, found = ?"
                                + " WHERE pool = ? IF version = ?",
                        row.getLong("version") + 1,
                        holder,
                        sets && found != Found.LEFT_OPEN ? holder : null,
                        found.name(),
                        pool,
                        row.getLong("version"))
                .thenComposeAsync(done -> done ? opened(found, ledger) : open(pool, holder, sets), executor);
    }

    /** A version that knows no {@code kept_by} leaves that of a holder before it. */
    private static Found found(boolean isOpen, Row row) {
        if (!isOpen) {
            return Found.CLOSED;
        }
        String keptBy = row.getString("kept_by");
        return keptBy != null && keptBy.equals(row.getString("holder")) ? Found.LEFT_KEPT : Found.LEFT_OPEN;
    }

    private static CompletionStage<Opened> opened(Found found, @Nullable GateLedger ledger) {
        return CompletableFuture.completedFuture(new Opened(found, ledger));
    }

    private @Nullable GateLedger ledger(String pool, Row row) {
        ByteBuffer bytes = row.getByteBuffer("ledger");
        if (bytes == null) {
            return null;
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        try {
            return (GateLedger) serializer.fromBinary(copy, Objects.toString(row.getString("manifest"), ""));
        } catch (NotSerializableException e) {
            throw new IllegalStateException(
                    "the ledger of " + pool + " cannot be read: " + e.getMessage()
                            + "; nothing of this pool is let out until a version that reads it runs",
                    e);
        }
    }

    /**
     * On the version that was read just before: of two that were sent, as the first was not heard of, the one that is done
     * ends the other, however late that comes.
     */
    @Override
    public CompletionStage<Boolean> keep(String pool, String holder, GateLedger ledger) {
        return read(pool)
                .thenComposeAsync(
                        row -> row != null && row.getBoolean("is_open") && holder.equals(row.getString("holder"))
                                ? keep(pool, holder, row.getLong("version"), ledger)
                                : CompletableFuture.completedFuture(false),
                        executor);
    }

    private CompletionStage<Boolean> keep(String pool, String holder, long version, GateLedger ledger) {
        return applied(
                        "UPDATE " + table + " SET version = ?, kept_by = ?, manifest = ?, ledger = ? WHERE pool = ?"
                                + " IF holder = ? AND is_open = true AND version = ?",
                        version + 1,
                        ledger.slots() == null ? null : holder,
                        serializer.manifest(ledger),
                        ByteBuffer.wrap(serializer.toBinary(ledger)),
                        pool,
                        holder,
                        version)
                // Else a former write came late, or another holder: the row knows.
                .thenComposeAsync(
                        done -> done ? CompletableFuture.completedFuture(true) : keep(pool, holder, ledger), executor);
    }

    @Override
    public CompletionStage<Boolean> close(String pool, String holder, GateLedger ledger) {
        return applied(
                "UPDATE " + table + " SET is_open = false, manifest = ?, ledger = ? WHERE pool = ? IF holder = ?",
                serializer.manifest(ledger),
                ByteBuffer.wrap(serializer.toBinary(ledger)),
                pool,
                holder);
    }

    private CompletionStage<Boolean> applied(String cql, @Nullable Object... values) {
        return execute(SimpleStatement.newInstance(cql, values).setConsistencyLevel(ConsistencyLevel.LOCAL_QUORUM))
                .thenApplyAsync(AsyncResultSet::wasApplied, executor);
    }

    private CompletionStage<AsyncResultSet> execute(SimpleStatement statement) {
        return session.thenComposeAsync(
                each -> each.executeAsync(statement
                        .setSerialConsistencyLevel(ConsistencyLevel.LOCAL_SERIAL)
                        // The driver repeats a statement that timed out; a transaction is repeated by whoever asked for
                        // it.
                        .setIdempotent(false)),
                executor);
    }
}
