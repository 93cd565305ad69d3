package dev.tournant.deploy.bench;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import dev.tournant.cluster.merchant.Merchant;
import dev.tournant.deploy.local.Cassandra;
import dev.tournant.model.MerchantId;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** What Cassandra keeps of a merchant, before it compresses anything. */
final class JournalBytes implements AutoCloseable {
    private final CqlSession session;

    JournalBytes(Cassandra cassandra) {
        String hostPort = cassandra.hostPort();
        int colon = hostPort.lastIndexOf(':');
        this.session = CqlSession.builder()
                .addContactPoint(new InetSocketAddress(
                        hostPort.substring(0, colon), Integer.parseInt(hostPort.substring(colon + 1))))
                .withLocalDatacenter(cassandra.datacenter())
                .withKeyspace("tournant")
                .build();
    }

    /** Rows of a journal, what their events weigh, and the number of the last one. */
    record Size(int rows, long bytes, long last) {}

    /** @param after the number of the last row that does not count; 0 for all */
    Size journal(MerchantId merchant, long after) {
        int rows = 0;
        long bytes = 0;
        long last = after;
        for (Row row : session.execute(SimpleStatement.newInstance(
                "SELECT sequence_nr, event FROM messages WHERE persistence_id = ? AND partition_nr = 0"
                        + " AND sequence_nr > ?",
                id(merchant),
                after))) {
            rows++;
            bytes += size(row.getByteBuffer("event"));
            last = row.getLong("sequence_nr");
        }
        return new Size(rows, bytes, last);
    }

    /** Bytes of a merchant's newest snapshot; 0 where it has none. */
    long snapshot(MerchantId merchant) {
        Row row = session.execute(SimpleStatement.newInstance(
                        "SELECT snapshot_data, snapshot FROM snapshots WHERE persistence_id = ? LIMIT 1", id(merchant)))
                .one();
        return row == null ? 0 : size(row.getByteBuffer("snapshot_data")) + size(row.getByteBuffer("snapshot"));
    }

    private static String id(MerchantId merchant) {
        return Merchant.TYPE.name() + "|" + merchant;
    }

    private static long size(@org.jspecify.annotations.Nullable ByteBuffer bytes) {
        return bytes == null ? 0 : bytes.remaining();
    }

    @Override
    public void close() {
        session.close();
    }
}
