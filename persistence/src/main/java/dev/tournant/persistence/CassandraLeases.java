package dev.tournant.persistence;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Leases in Cassandra. Every write is a lightweight transaction and every read sees them in their order; what else is
 * sent to the tables would break that. The session is one of its own: a renewal must not wait behind the journal, and it
 * outlives the actor system by a moment.
 */
public final class CassandraLeases implements Leases, AutoCloseable {
    /** A cluster has a few hundred nodes at most. */
    private static final int NODES_MAX = 1_000;

    private final CompletionStage<CqlSession> session;
    private final String nodes;
    private final String names;
    /** Runs what follows an answer; never one of Akka's dispatchers, as these may be what has stopped. */
    private final Executor executor;

    CassandraLeases(CompletionStage<CqlSession> session, String keyspace, Executor executor) {
        this.session = session;
        this.nodes = keyspace + ".node_leases";
        this.names = keyspace + ".named_leases";
        this.executor = executor;
    }

    /**
     * In the journal's keyspace.
     *
     * @param requestLife how long an answer is waited for
     */
    public static CassandraLeases connect(Config config, Duration requestLife, Executor executor) {
        Config driver =
                ConfigFactory.parseString("""
                        basic.session-name = leases
                        basic.request.timeout = %d ms
                        advanced.connection.pool.local.size = 1
                        advanced.netty.io-group.size = 1
                        advanced.netty.admin-group.size = 1
                        """.formatted(requestLife.toMillis())).withFallback(Sessions.driver(config));
        return new CassandraLeases(Sessions.open(driver), config.getString("tournant.cassandra.keyspace"), executor);
    }

    @Override
    public CompletionStage<Set<String>> nodes() {
        // Over all partitions nothing can be read at serial consistency; each node is looked at by itself afterwards.
        return execute(SimpleStatement.newInstance("SELECT DISTINCT node FROM " + nodes + " LIMIT " + NODES_MAX)
                        .setPageSize(NODES_MAX)
                        .setConsistencyLevel(ConsistencyLevel.LOCAL_QUORUM))
                .thenApplyAsync(
                        rows -> {
                            Set<String> all = new TreeSet<>();
                            rows.currentPage().forEach(row -> all.add(row.getString("node")));
                            return Collections.unmodifiableSet(all);
                        },
                        executor);
    }

    @Override
    public CompletionStage<List<NodeRow>> runs(String node) {
        return read("SELECT epoch, version, ttl_ms, state FROM " + nodes + " WHERE node = ?", node)
                .thenApplyAsync(
                        rows -> {
                            List<NodeRow> all = new ArrayList<>();
                            // One page: a run strikes out those before it.
                            for (Row row : rows.currentPage()) {
                                all.add(nodeRow(new Holder(node, row.getLong("epoch")), row));
                            }
                            return List.copyOf(all);
                        },
                        executor);
    }

    @Override
    public CompletionStage<Optional<NodeRow>> run(Holder holder) {
        return read(
                        "SELECT version, ttl_ms, state FROM " + nodes + " WHERE node = ? AND epoch = ?",
                        holder.node(),
                        holder.epoch())
                .thenApplyAsync(rows -> Optional.ofNullable(rows.one()).map(row -> nodeRow(holder, row)), executor);
    }

    private static NodeRow nodeRow(Holder holder, Row row) {
        return new NodeRow(
                holder,
                row.getLong("version"),
                Duration.ofMillis(row.getLong("ttl_ms")),
                State.valueOf(Objects.requireNonNull(row.getString("state")).toUpperCase(Locale.ROOT)));
    }

    private static String name(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public CompletionStage<Boolean> begin(Holder holder, Duration ttl) {
        return write(
                        "INSERT INTO " + nodes + " (node, epoch, version, ttl_ms, state) VALUES (?, ?, 1, ?, ?)"
                                + " IF NOT EXISTS",
                        holder.node(),
                        holder.epoch(),
                        ttl.toMillis(),
                        name(State.HELD))
                .thenApplyAsync(AsyncResultSet::wasApplied, executor);
    }

    @Override
    public CompletionStage<Outcome> renew(Holder holder, long version) {
        return changed(
                holder,
                "UPDATE " + nodes
                        + " SET version = ? WHERE node = ? AND epoch = ? IF version = ? AND state = ? AND ttl_ms > 0",
                version + 1,
                holder.node(),
                holder.epoch(),
                version,
                name(State.HELD));
    }

    @Override
    public CompletionStage<Outcome> end(Holder holder, long version) {
        return changed(
                holder,
                "UPDATE " + nodes
                        + " SET state = ? WHERE node = ? AND epoch = ? IF version = ? AND state = ? AND ttl_ms > 0",
                name(State.ENDED),
                holder.node(),
                holder.epoch(),
                version,
                name(State.HELD));
    }

    /** The columns of the condition come back when it does not hold, so all that makes a row are among them. */
    private CompletionStage<Outcome> changed(Holder holder, String cql, Object... values) {
        return write(cql, values)
                .thenApplyAsync(
                        rows -> {
                            if (rows.wasApplied()) {
                                return new Outcome(true, null);
                            }
                            Row row = rows.one();
                            boolean exists =
                                    row != null && row.getColumnDefinitions().contains("state") && !row.isNull("state");
                            return new Outcome(false, exists ? nodeRow(holder, Objects.requireNonNull(row)) : null);
                        },
                        executor);
    }

    @Override
    public CompletionStage<Boolean> release(Holder holder) {
        return write(
                        "UPDATE " + nodes + " SET state = ? WHERE node = ? AND epoch = ? IF state = ?",
                        name(State.RELEASED),
                        holder.node(),
                        holder.epoch(),
                        name(State.HELD))
                .thenApplyAsync(AsyncResultSet::wasApplied, executor);
    }

    @Override
    public CompletionStage<Boolean> forget(Holder holder) {
        return write(
                        "DELETE FROM " + nodes + " WHERE node = ? AND epoch = ? IF state IN (?, ?)",
                        holder.node(),
                        holder.epoch(),
                        name(State.RELEASED),
                        name(State.ENDED))
                .thenApplyAsync(AsyncResultSet::wasApplied, executor);
    }

    @Override
    public CompletionStage<NamedRow> named(String name) {
        return read("SELECT version, node, epoch FROM " + names + " WHERE name = ?", name)
                .thenApplyAsync(
                        rows -> {
                            Row row = rows.one();
                            if (row == null) {
                                return new NamedRow(name, 0, null);
                            }
                            String node = row.getString("node");
                            Holder holder = node == null ? null : new Holder(node, row.getLong("epoch"));
                            return new NamedRow(name, row.getLong("version"), holder);
                        },
                        executor);
    }

    @Override
    public CompletionStage<Boolean> assign(NamedRow was, @Nullable Holder to) {
        // A row that was never written has no version; null is its condition.
        return write(
                        "UPDATE " + names + " SET version = ?, node = ?, epoch = ? WHERE name = ? IF version = ?",
                        was.version() + 1,
                        to == null ? null : to.node(),
                        to == null ? null : to.epoch(),
                        was.name(),
                        was.version() == 0 ? null : was.version())
                .thenApplyAsync(AsyncResultSet::wasApplied, executor);
    }

    private CompletionStage<AsyncResultSet> write(String cql, @Nullable Object... values) {
        return execute(SimpleStatement.newInstance(cql, values).setConsistencyLevel(ConsistencyLevel.LOCAL_QUORUM));
    }

    /** Reads as the transactions are ordered, and ends one that was left half way. */
    private CompletionStage<AsyncResultSet> read(String cql, @Nullable Object... values) {
        return execute(SimpleStatement.newInstance(cql, values).setConsistencyLevel(ConsistencyLevel.LOCAL_SERIAL));
    }

    private CompletionStage<AsyncResultSet> execute(SimpleStatement statement) {
        // Never repeated by the driver: a repeat of a change that was done would look as if another had done it.
        SimpleStatement once = statement
                .setSerialConsistencyLevel(ConsistencyLevel.LOCAL_SERIAL)
                .setIdempotent(false);
        return session.thenComposeAsync(each -> each.executeAsync(once), executor);
    }

    /** Lets the session go; what is under way fails. */
    @Override
    public void close() {
        session.thenAcceptAsync(CqlSession::closeAsync, executor);
    }

    /** For whoever must not start before the store can be reached. */
    public CompletionStage<Void> connected() {
        return session.thenComposeAsync(each -> CompletableFuture.<Void>completedFuture(null), executor);
    }
}
