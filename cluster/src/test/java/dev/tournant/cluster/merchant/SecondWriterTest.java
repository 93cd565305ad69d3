package dev.tournant.cluster.merchant;

import static dev.tournant.cluster.merchant.MerchantFixture.WITHIN;
import static dev.tournant.cluster.merchant.MerchantFixture.absorb;
import static dev.tournant.cluster.merchant.MerchantFixture.join;
import static dev.tournant.cluster.merchant.MerchantFixture.merchant;
import static dev.tournant.cluster.merchant.MerchantFixture.price;
import static dev.tournant.cluster.merchant.MerchantFixture.summary;
import static dev.tournant.cluster.merchant.MerchantFixture.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.ExtendedActorSystem;
import akka.stream.javadsl.JavaFlowSupport;
import akka.stream.javadsl.Sink;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import dev.tournant.cluster.LocalNode;
import dev.tournant.cluster.lease.NodeLease;
import dev.tournant.deploy.local.LocalServices;
import dev.tournant.messages.Fact;
import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Revision;
import dev.tournant.messages.Tally;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Kind;
import dev.tournant.model.MerchantId;
import dev.tournant.model.RecordKey;
import dev.tournant.persistence.Commit;
import dev.tournant.persistence.StoredSerializer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two rows with one number: what a former holder of the shard had under way landed after its successor had gone on. */
class SecondWriterTest {
    private static final int ROWS = 6;

    @Test
    void theRowOfTheLaterHolderCountsWhateverTheClocksSay() {
        String keyspace = LocalNode.fresh("second");
        List<MerchantId> written = new ArrayList<>();
        try (LocalNode node = LocalNode.on(keyspace, "")) {
            ShardedMerchants merchants = MerchantFixture.start(node);
            for (boolean isOlder : List.of(false, true)) {
                MerchantId merchant = merchant(merchants, "clock-" + isOlder);
                for (int i = 2; i <= ROWS; i++) {
                    absorb(merchants, merchant, webhook(i, "e" + i, price("tea", i + ".00", i)));
                }
                written.add(merchant);
                // In the place of the last row but one, and with a larger token, as a successor would have written it.
                addRow(node, keyspace, merchant, ROWS - 1, isOlder);
            }
        }
        try (LocalNode node = LocalNode.on(keyspace, "tournant.merchant.recent-revisions-max = 1")) {
            SimpleMeterRegistry registry = new SimpleMeterRegistry();
            ShardedMerchants merchants =
                    MerchantFixture.start(node, new MerchantFixture.Silent(), NodeLease.ALWAYS, registry);
            for (MerchantId merchant : written) {
                assertThat(summary(merchants, merchant).revision()).isEqualTo(ROWS);
                Flow.Publisher<Revision> revisions = join(new JournalChanges(node.system()).after(merchant, 0));
                List<Revision> history = join(JavaFlowSupport.Source.fromPublisher(revisions)
                        .take(ROWS)
                        .runWith(Sink.seq(), node.system()));
                assertThat(history.get(ROWS - 2).event()).isEqualTo("successor");
                assertThat(item(merchants, merchant, "coffee"))
                        .as("what the successor wrote")
                        .isNotNull();
            }
            assertThat(registry.get("tournant.replay.discards").counter().count())
                    .as("rows that operators are told of")
                    .isEqualTo(written.size());
        }
    }

    private static void addRow(LocalNode node, String keyspace, MerchantId merchant, long number, boolean isOlder) {
        StoredSerializer serializer =
                new StoredSerializer((ExtendedActorSystem) node.system().classicSystem());
        String[] contact = LocalServices.cassandra().split(":", -1);
        try (CqlSession session = CqlSession.builder()
                .addContactPoint(new InetSocketAddress(contact[0], Integer.parseInt(contact[1])))
                .withLocalDatacenter("datacenter1")
                .withKeyspace(keyspace)
                .build()) {
            Row row = Objects.requireNonNull(session.execute(
                            "SELECT * FROM messages WHERE persistence_id = ? AND partition_nr = 0 AND sequence_nr = ?",
                            "merchant|" + merchant,
                            number)
                    .one());
            Commit commit = new Commit(
                            List.of(new Revision(
                                    number,
                                    Instant.EPOCH,
                                    MerchantFixture.LINK,
                                    "successor",
                                    List.of(new Fact.RecordsChanged(List.of(price("coffee", "3.00", 1)))))),
                            Map.of(),
                            List.of(),
                            Tally.ZERO,
                            List.of(),
                            List.of(),
                            0,
                            List.of())
                    .with(2);
            UUID written = Objects.requireNonNull(row.getUuid("timestamp"));
            UUID at = isOlder ? Uuids.startOf(Uuids.unixTimestamp(written) - 1) : Uuids.timeBased();
            session.execute(
                    "INSERT INTO messages (persistence_id, partition_nr, sequence_nr, timestamp, timebucket, writer_uuid,"
                            + " ser_id, ser_manifest, event_manifest, event) VALUES (?, 0, ?, ?, ?, ?, ?, ?, ?, ?)",
                    row.getString("persistence_id"),
                    number,
                    at,
                    row.getString("timebucket"),
                    UUID.randomUUID().toString(),
                    StoredSerializer.ID,
                    serializer.manifest(commit),
                    "",
                    ByteBuffer.wrap(serializer.toBinary(commit)));
        }
    }

    private static @Nullable FlatRecord item(ShardedMerchants merchants, MerchantId merchant, String id) {
        return ((MerchantReply.OneRecord)
                        join(merchants.ask(merchant, new MerchantQuery.OneRecord(RecordKey.of(Kind.ITEM, id)), WITHIN)))
                .value();
    }
}
