package dev.tournant.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.auth.PlainTextAuthProviderBase;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.context.DriverContext;
import com.datastax.oss.driver.api.core.metadata.EndPoint;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import dev.tournant.deploy.local.LocalServices;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {
    private static final String DATACENTER = "datacenter1";

    @Test
    void appliesEachFileOnceAndLeavesTheTablesThatTheJournalNeeds() {
        String contact = LocalServices.cassandra();
        assertThat(Schema.apply(contact, DATACENTER, "schema_test", 1))
                .containsExactly(
                        "001_journal.cql",
                        "002_snapshots.cql",
                        "003_tokens.cql",
                        "004_leases.cql",
                        "005_gate_ledgers.cql",
                        "006_poll_memories.cql",
                        "007_gate_ledgers_kept.cql");
        assertThat(Schema.apply(contact, DATACENTER, "schema_test", 1)).isEmpty();

        int colon = contact.lastIndexOf(':');
        try (CqlSession session = CqlSession.builder()
                .addContactPoint(new InetSocketAddress(
                        contact.substring(0, colon), Integer.parseInt(contact.substring(colon + 1))))
                .withLocalDatacenter(DATACENTER)
                .build()) {
            KeyspaceMetadata keyspace =
                    session.getMetadata().getKeyspace("schema_test").orElseThrow();
            assertThat(keyspace.getTables().keySet())
                    .extracting(Object::toString)
                    .containsExactlyInAnyOrder(
                            "messages",
                            "metadata",
                            "snapshots",
                            "tokens",
                            "node_leases",
                            "named_leases",
                            "gate_ledgers",
                            "poll_memories",
                            "schema_files");
            assertThat(keyspace.getReplication()).containsEntry(DATACENTER, "1");
        }

        // A file that was cut off half way is applied again, over what it had done.
        forget(contact, "002_snapshots.cql");
        forget(contact, "007_gate_ledgers_kept.cql");
        assertThat(Schema.apply(contact, DATACENTER, "schema_test", 1))
                .containsExactly("002_snapshots.cql", "007_gate_ledgers_kept.cql");
    }

    private static void forget(String contact, String file) {
        int colon = contact.lastIndexOf(':');
        try (CqlSession session = CqlSession.builder()
                .addContactPoint(new InetSocketAddress(
                        contact.substring(0, colon), Integer.parseInt(contact.substring(colon + 1))))
                .withLocalDatacenter(DATACENTER)
                .build()) {
            session.execute("DELETE FROM schema_test.schema_files WHERE name = ?", file);
        }
    }

    @Test
    void refusesArgumentsBeforeItConnects() {
        assertRefused("127.0.0.1:1", DATACENTER, "Upper", 1, "keyspace");
        assertRefused("127.0.0.1:1", DATACENTER, "a; DROP KEYSPACE b", 1, "keyspace");
        assertRefused("127.0.0.1:1", DATACENTER, "", 1, "keyspace");
        assertRefused("127.0.0.1:1", "dc'1", "tournant", 1, "datacenter");
        assertRefused("127.0.0.1:1", DATACENTER, "tournant", 0, "replicas");
        for (String contact : new String[] {
            "localhost", ":9042", "localhost:", "localhost:port", "localhost:99999", "", "localhost:9042,"
        }) {
            assertRefused(contact, DATACENTER, "tournant", 1, "");
        }
    }

    private static void assertRefused(String contact, String datacenter, String keyspace, int replicas, String why) {
        assertThatThrownBy(() -> Schema.apply(contact, datacenter, keyspace, replicas))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    /** Asked for when a connection is made, whether the server wants to know or not. */
    public static final class NotedAuth extends PlainTextAuthProviderBase {
        static final AtomicReference<String> MADE_BY = new AtomicReference<>("");

        public NotedAuth(DriverContext context) {
            super(context.getSessionName());
            MADE_BY.set(context.getConfig().getDefaultProfile().getString(DefaultDriverOption.AUTH_PROVIDER_USER_NAME));
        }

        @Override
        protected Credentials getCredentials(EndPoint endPoint, String authenticator) {
            return new Credentials("someone".toCharArray(), "something".toCharArray());
        }
    }

    @Test
    void speaksToCassandraAsTheFileOfSecretsSays(@TempDir Path folder) throws IOException {
        Path secrets = folder.resolve("secrets.conf");
        Files.writeString(
                secrets,
                "datastax-java-driver.advanced.auth-provider { class = \"" + NotedAuth.class.getName()
                        + "\", username = somebody }");

        Schema.apply(
                NodeConfig.load(secrets.toString()), LocalServices.cassandra(), DATACENTER, StoresKeyspace.NAME, 1);

        assertThat(NotedAuth.MADE_BY).hasValue("somebody");
    }
}
