package dev.tournant.persistence;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings a Cassandra keyspace to the schema of this version: numbered CQL files, each applied once, in order. Run it
 * before the first node of a version starts: {@code java dev.tournant.persistence.Schema HOST:PORT,HOST:PORT
 * DATACENTER KEYSPACE REPLICAS}. How Cassandra is spoken to (users, TLS) is what {@link NodeConfig} says, as for a node.
 */
public final class Schema {
    private static final List<String> FILES = List.of(
            "001_journal.cql",
            "002_snapshots.cql",
            "003_tokens.cql",
            "004_leases.cql",
            "005_gate_ledgers.cql",
            "006_poll_memories.cql",
            "007_gate_ledgers_kept.cql");
    private static final Duration STATEMENT_TIME = Duration.ofSeconds(30);

    private final CqlSession session;
    private final String keyspace;

    private Schema(CqlSession session, String keyspace) {
        this.session = session;
        this.keyspace = keyspace;
    }

    public static void main(String[] args) {
        if (args.length != 4) {
            System.err.println("Give four arguments: HOST:PORT,HOST:PORT DATACENTER KEYSPACE REPLICAS, for"
                    + " example 127.0.0.1:9042 datacenter1 tournant 3");
            System.exit(2);
        }
        List<String> applied = apply(NodeConfig.load(), args[0], args[1], args[2], Integer.parseInt(args[3]));
        System.out.println(applied.isEmpty() ? "The schema is up to date." : "Applied " + String.join(", ", applied));
    }

    /**
     * Connects, makes the keyspace if it is not there, and applies what is missing.
     *
     * @param hostPorts one or more nodes of Cassandra, HOST:PORT,HOST:PORT
     * @param replicas in the given datacenter; 3 in production, so that a quorum survives one loss
     * @return the files that were applied
     */
    public static List<String> apply(String hostPorts, String datacenter, String keyspace, int replicas) {
        return apply(ConfigFactory.load(), hostPorts, datacenter, keyspace, replicas);
    }

    /** @param config of the driver; where Cassandra is stands in the other arguments */
    static List<String> apply(Config config, String hostPorts, String datacenter, String keyspace, int replicas) {
        if (!keyspace.matches("[a-z][a-z0-9_]{0,47}") || !datacenter.matches("[A-Za-z0-9_.-]{1,64}") || replicas < 1) {
            throw new IllegalArgumentException(
                    "keyspace: a-z, 0-9 and _, at most 48; datacenter: a plain name; replicas:" + " at least 1; got "
                            + keyspace + ", " + datacenter + ", " + replicas);
        }
        List<String> contacts = ContactPoints.parse(hostPorts);
        // The driver would read the whole schema anew after each statement, a second late at that; nobody asks for it
        // here.
        Config driver = config.getConfig(Sessions.DRIVER)
                .withValue(DefaultDriverOption.METADATA_SCHEMA_ENABLED.getPath(), ConfigValueFactory.fromAnyRef(false))
                .withValue(DefaultDriverOption.CONTACT_POINTS.getPath(), ConfigValueFactory.fromIterable(contacts))
                .withValue(
                        DefaultDriverOption.LOAD_BALANCING_LOCAL_DATACENTER.getPath(),
                        ConfigValueFactory.fromAnyRef(datacenter));
        try (CqlSession session =
                CqlSession.builder().withConfigLoader(Sessions.loader(driver)).build()) {
            Schema schema = new Schema(session, keyspace);
            schema.run("CREATE KEYSPACE IF NOT EXISTS " + keyspace
                    + " WITH replication = {'class': 'NetworkTopologyStrategy', '" + datacenter + "': " + replicas
                    + "}");
            return schema.migrate();
        }
    }

    private List<String> migrate() {
        run("CREATE TABLE IF NOT EXISTS " + keyspace + ".schema_files (name text PRIMARY KEY, applied_at timestamp)");
        List<String> applied = new ArrayList<>();
        for (String file : FILES) {
            if (!isApplied(file)) {
                // Statements are written to be repeatable: a file that was cut off half way is simply applied again.
                statements(file).forEach(this::run);
                session.execute(SimpleStatement.newInstance(
                        "INSERT INTO " + keyspace + ".schema_files (name, applied_at) VALUES (?, toTimestamp(now()))",
                        file));
                applied.add(file);
            }
        }
        return applied;
    }

    private boolean isApplied(String file) {
        Row row = session.execute(SimpleStatement.newInstance(
                        "SELECT name FROM " + keyspace + ".schema_files WHERE name = ?", file))
                .one();
        return row != null;
    }

    private void run(String cql) {
        session.execute(SimpleStatement.newInstance(cql).setTimeout(STATEMENT_TIME));
        // The next statement may go to another node of Cassandra, which has to know of this one.
        if (!session.checkSchemaAgreement()) {
            throw new IllegalStateException("The nodes of Cassandra do not agree on the schema after: "
                    + cql.strip().lines().findFirst().orElse("")
                    + " ... See nodetool describecluster, then run this again: what is applied is not applied twice.");
        }
    }

    /** The statements of a file, each with its table in the keyspace. */
    private List<String> statements(String file) {
        List<String> statements = new ArrayList<>();
        for (String statement : text(file).replaceAll("(?m)^--.*$", "").split(";", -1)) {
            if (!statement.isBlank()) {
                statements.add(statement
                        .strip()
                        .replaceFirst("(?i)(TABLE IF NOT EXISTS|ALTER TABLE) ", "$1 " + keyspace + "."));
            }
        }
        return statements;
    }

    private static String text(String file) {
        try (InputStream in = Schema.class.getResourceAsStream("/cql/" + file)) {
            if (in == null) {
                throw new IllegalStateException("/cql/" + file + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
