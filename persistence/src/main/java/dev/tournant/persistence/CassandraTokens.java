package dev.tournant.persistence;

import akka.actor.typed.ActorSystem;
import akka.stream.alpakka.cassandra.javadsl.CassandraSessionRegistry;
import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import dev.tournant.messages.TokenStore;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tokens in Cassandra, sealed. Every write is a lightweight transaction and every read sees them in their order; what
 * else is sent to the table would break that. Leases are whole seconds, rounded up.
 */
public final class CassandraTokens implements TokenStore {
    private static final Logger LOG = LoggerFactory.getLogger(CassandraTokens.class);
    /** Where akka-persistence-cassandra has its settings; the session is shared with the journal. */
    private static final String JOURNAL = "akka.persistence.cassandra";

    private final CompletionStage<CqlSession> session;
    private final String table;
    private final TokenSeal seal;
    private final Executor executor;
    /** Names that could not be opened, to say it once; there are as many as there are credentials. */
    private final Set<String> shut = ConcurrentHashMap.newKeySet();

    CassandraTokens(CompletionStage<CqlSession> session, String keyspace, TokenSeal seal, Executor executor) {
        this.session = session;
        this.table = keyspace + ".tokens";
        this.seal = seal;
        this.executor = executor;
    }

    /** In the journal's keyspace. */
    public static CassandraTokens create(ActorSystem<?> system, TokenSeal seal) {
        return new CassandraTokens(
                CassandraSessionRegistry.get(system).sessionFor(JOURNAL).underlying(),
                system.settings().config().getString("tournant.cassandra.keyspace"),
                seal,
                system.executionContext());
    }

    @Override
    public boolean isDurable() {
        return true;
    }

    @Override
    public CompletionStage<Entry> read(String name) {
        return one(
                        "SELECT generation, sealed, asked_at, pause_until, pause_why, holder FROM " + table
                                + " WHERE name = ?",
                        name)
                .thenApplyAsync(row -> row.map(each -> entry(name, each)).orElse(Entry.NONE), executor);
    }

    private Entry entry(String name, Row row) {
        List<Instant> askedAt = row.getList("asked_at", Instant.class);
        Instant until = row.getInstant("pause_until");
        return new Entry(
                row.getLong("generation"),
                opened(name, row.getByteBuffer("sealed")),
                askedAt == null ? List.of() : askedAt,
                until == null ? null : new Pause(until, Objects.toString(row.getString("pause_why"), "")),
                row.getUuid("holder") != null);
    }

    private @Nullable String opened(String name, @Nullable ByteBuffer sealed) {
        if (sealed == null) {
            return null;
        }
        Optional<String> text = seal.open(name, sealed);
        if (text.isPresent()) {
            shut.remove(name);
        } else if (shut.add(name)) {
            LOG.error(
                    "the token of {} cannot be opened: it was sealed with a key that {} does not have, or was changed;"
                            + " give the node the key, or have the token obtained again",
                    name,
                    TokenSeal.PATH);
        }
        return text.orElse(null);
    }

    @Override
    public CompletionStage<Optional<Lease>> lease(String name, Entry seen, Duration life, List<Instant> askedAt) {
        Lease lease = new Lease(name, seen.generation(), UUID.randomUUID());
        int seconds = Math.toIntExact(life.plusMillis(999).toSeconds());
        // Two statements, as the time to live is for the holder alone.
        return applied(
                        "BEGIN BATCH UPDATE " + table
                                + " USING TTL ? SET holder = ? WHERE name = ? IF holder = null AND generation = ? AND asked_at = ?; UPDATE "
                                + table + " SET asked_at = ? WHERE name = ?; APPLY BATCH",
                        seconds,
                        lease.holder(),
                        name,
                        known(seen.generation()),
                        known(seen.askedAt()),
                        askedAt,
                        name)
                .thenApplyAsync(done -> done ? Optional.of(lease) : Optional.empty(), executor);
    }

    @Override
    public CompletionStage<Boolean> put(Lease lease, String token) {
        return applied(
                        "UPDATE " + table + " SET sealed = ?, written_by = ?, generation = ?, holder = null,"
                                + " pause_until = null, pause_why = null WHERE name = ? IF generation = ?",
                        seal.seal(lease.name(), token),
                        lease.holder(),
                        lease.generation() + 1,
                        lease.name(),
                        known(lease.generation()))
                .thenComposeAsync(done -> done ? CompletableFuture.completedFuture(true) : isWritten(lease), executor);
    }

    /** Whether an earlier attempt, of which we heard nothing, was done after all. */
    private CompletionStage<Boolean> isWritten(Lease lease) {
        return one("SELECT generation, written_by FROM " + table + " WHERE name = ?", lease.name())
                .thenApplyAsync(
                        row -> row.isPresent()
                                && row.get().getLong("generation") == lease.generation() + 1
                                && lease.holder().equals(row.get().getUuid("written_by")),
                        executor);
    }

    @Override
    public CompletionStage<Void> giveBack(Lease lease, @Nullable Pause pause) {
        return applied(
                        "UPDATE " + table
                                + " SET holder = null, pause_until = ?, pause_why = ? WHERE name = ? IF holder = ?",
                        pause == null ? null : pause.until(),
                        pause == null ? null : pause.why(),
                        lease.name(),
                        lease.holder())
                .thenAcceptAsync(done -> {}, executor);
    }

    @Override
    public CompletionStage<Void> giveBackUnused(Lease lease, List<Instant> askedAt, @Nullable Pause pause) {
        return applied(
                        "UPDATE " + table
                                + " SET holder = null, asked_at = ?, pause_until = ?, pause_why = ? WHERE name = ? IF"
                                + " holder = ?",
                        known(askedAt),
                        pause == null ? null : pause.until(),
                        pause == null ? null : pause.why(),
                        lease.name(),
                        lease.holder())
                .thenAcceptAsync(done -> {}, executor);
    }

    /** Of a partner that was not asked there is no list: an empty one would be another value to a condition. */
    private static @Nullable List<Instant> known(List<Instant> askedAt) {
        return askedAt.isEmpty() ? null : askedAt;
    }

    /** A row that has no token yet has no generation either. */
    private static @Nullable Long known(long generation) {
        return generation == 0 ? null : generation;
    }

    private CompletionStage<Boolean> applied(String cql, @Nullable Object... values) {
        return execute(SimpleStatement.newInstance(cql, values).setConsistencyLevel(ConsistencyLevel.LOCAL_QUORUM))
                .thenApplyAsync(AsyncResultSet::wasApplied, executor);
    }

    /** Reads as the transactions are ordered, and ends one that was left half way. */
    private CompletionStage<Optional<Row>> one(String cql, String name) {
        return execute(SimpleStatement.newInstance(cql, name).setConsistencyLevel(ConsistencyLevel.LOCAL_SERIAL))
                .thenApplyAsync(rows -> Optional.ofNullable(rows.one()), executor);
    }

    private CompletionStage<AsyncResultSet> execute(SimpleStatement statement) {
        return session.thenComposeAsync(
                each -> each.executeAsync(statement.setSerialConsistencyLevel(ConsistencyLevel.LOCAL_SERIAL)),
                executor);
    }
}
