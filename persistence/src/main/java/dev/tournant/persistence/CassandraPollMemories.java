package dev.tournant.persistence;

import akka.actor.typed.ActorSystem;
import akka.stream.alpakka.cassandra.javadsl.CassandraSessionRegistry;
import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Memories in Cassandra, in pieces that it takes easily. A generation is named as current only after all of it is written. */
public final class CassandraPollMemories implements PollMemories {
    /** Where akka-persistence-cassandra has its settings; the session is shared with the journal. */
    private static final String JOURNAL = "akka.persistence.cassandra";

    static final int PIECE_BYTES = 512 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(CassandraPollMemories.class);

    /** So often it is read while others replace it. */
    private static final int READS_MAX = 5;

    /** No generation. */
    private static final long NONE = Long.MIN_VALUE;

    private final CompletionStage<CqlSession> session;
    private final String table;
    private final Executor executor;

    CassandraPollMemories(CompletionStage<CqlSession> session, String keyspace, Executor executor) {
        this.session = session;
        this.table = keyspace + ".poll_memories";
        this.executor = executor;
    }

    /** In the journal's keyspace. */
    public static CassandraPollMemories create(ActorSystem<?> system) {
        return new CassandraPollMemories(
                CassandraSessionRegistry.get(system).sessionFor(JOURNAL).underlying(),
                system.settings().config().getString("tournant.cassandra.keyspace"),
                system.executionContext());
    }

    @Override
    public CompletionStage<byte[]> read(String pool) {
        return read(pool, NONE, READS_MAX);
    }

    /**
     * @param torn a generation of which pieces were missing: where it is named still it was not replaced meanwhile
     * @param reads how often at most
     */
    private CompletionStage<byte[]> read(String pool, long torn, int reads) {
        if (reads == 0) {
            return CompletableFuture.failedFuture(new IllegalStateException("what was learnt of " + pool
                    + " was replaced each of the " + READS_MAX + " times that it was read"));
        }
        return execute("SELECT DISTINCT pool, current, pieces FROM " + table + " WHERE pool = ?", pool)
                .thenComposeAsync(
                        result -> {
                            Row row = result.one();
                            if (row == null || row.isNull("current")) {
                                return CompletableFuture.completedFuture(new byte[0]);
                            }
                            long current = row.getLong("current");
                            if (current == torn) {
                                LOG.warn("of what was learnt of {} pieces are missing, so it is learnt again", pool);
                                return CompletableFuture.completedFuture(new byte[0]);
                            }
                            ByteArrayOutputStream so = new ByteArrayOutputStream();
                            return piece(pool, current, 0, row.getInt("pieces"), so)
                                    .thenComposeAsync(
                                            isWhole -> isWhole
                                                    ? CompletableFuture.completedFuture(so.toByteArray())
                                                    : read(pool, current, reads - 1),
                                            executor);
                        },
                        executor);
    }

    /** Reads them one after another; says whether none was missing. */
    private CompletionStage<Boolean> piece(
            String pool, long generation, int piece, int pieces, ByteArrayOutputStream so) {
        if (piece == pieces) {
            return CompletableFuture.completedFuture(true);
        }
        return execute(
                        "SELECT bytes FROM " + table + " WHERE pool = ? AND generation = ? AND piece = ?",
                        pool,
                        generation,
                        piece)
                .thenComposeAsync(
                        result -> {
                            Row row = result.one();
                            if (row == null) {
                                return CompletableFuture.completedFuture(false);
                            }
                            ByteBuffer bytes = Objects.requireNonNull(row.getByteBuffer("bytes"));
                            byte[] copy = new byte[bytes.remaining()];
                            bytes.get(copy);
                            so.writeBytes(copy);
                            return piece(pool, generation, piece + 1, pieces, so);
                        },
                        executor);
    }

    @Override
    public CompletionStage<Void> write(String pool, long generation, byte[] bytes) {
        if (bytes.length > BYTES_MAX) {
            return CompletableFuture.failedFuture(new IllegalArgumentException(
                    "the memory of " + pool + " has " + bytes.length + " bytes, more than " + BYTES_MAX));
        }
        int pieces = (bytes.length + PIECE_BYTES - 1) / PIECE_BYTES;
        return pieces(pool, generation, bytes, 0, pieces)
                .thenComposeAsync(
                        done -> execute(
                                "UPDATE " + table + " SET current = ?, pieces = ? WHERE pool = ?",
                                generation,
                                pieces,
                                pool),
                        executor)
                .thenComposeAsync(
                        done -> execute(
                                "DELETE FROM " + table + " WHERE pool = ? AND generation < ?", pool, generation),
                        executor)
                .thenApplyAsync(done -> null, executor);
    }

    /** One after another: nobody waits for it. */
    private CompletionStage<?> pieces(String pool, long generation, byte[] bytes, int piece, int pieces) {
        if (piece == pieces) {
            return CompletableFuture.completedFuture(null);
        }
        int from = piece * PIECE_BYTES;
        ByteBuffer part = ByteBuffer.wrap(bytes, from, Math.min(PIECE_BYTES, bytes.length - from))
                .slice();
        return execute(
                        "INSERT INTO " + table + " (pool, generation, piece, bytes) VALUES (?, ?, ?, ?)",
                        pool,
                        generation,
                        piece,
                        part)
                .thenComposeAsync(done -> pieces(pool, generation, bytes, piece + 1, pieces), executor);
    }

    private CompletionStage<AsyncResultSet> execute(String cql, @Nullable Object... values) {
        SimpleStatement statement = SimpleStatement.newInstance(cql, values)
                .setConsistencyLevel(ConsistencyLevel.LOCAL_QUORUM)
                .setIdempotent(true);
        return session.thenComposeAsync(each -> each.executeAsync(statement), executor);
    }
}
