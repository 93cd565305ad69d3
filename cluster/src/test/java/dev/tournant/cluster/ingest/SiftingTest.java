package dev.tournant.cluster.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.messages.Inbound;
import dev.tournant.messages.Replays;
import dev.tournant.messages.Topics;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** Which raw records a replay takes, and as what they are put in again. */
class SiftingTest {
    private static final ReplaySettings SETTINGS =
            new ReplaySettings(3, 100, Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 1);

    private static ConsumerRecord<String, byte[]> record(
            long offset, String merchant, String link, int size, String... headers) {
        RecordHeaders all = new RecordHeaders();
        all.add(Inbound.LINK_HEADER, link.getBytes(StandardCharsets.UTF_8));
        for (String each : headers) {
            all.add(each, "x".getBytes(StandardCharsets.UTF_8));
        }
        return new ConsumerRecord<>(
                Topics.INBOUND,
                0,
                offset,
                1_000 + offset,
                TimestampType.CREATE_TIME,
                0,
                size,
                merchant,
                new byte[size],
                all,
                Optional.empty());
    }

    private static Sifting sifting(long start, long end) {
        return new Sifting(new MerchantId("grill"), new LinkId("sq-1"), SETTINGS, start, end);
    }

    private static List<Long> offsets(Sifting sifting) {
        return sifting.kept().stream().map(ConsumerRecord::offset).toList();
    }

    @Test
    void takesWhatCameFromTheLinkAndNoCopies() {
        Sifting sifting = sifting(5, 10);
        assertThat(sifting.take(record(5, "grill", "sq-1", 1))).isTrue();
        sifting.take(record(6, "grill", "sq-2", 1));
        sifting.take(record(7, "bar", "sq-1", 1));
        sifting.take(record(8, "grill", "sq-1", 1, Inbound.REPLAY_HEADER));
        assertThat(sifting.take(record(9, "grill", "sq-1", 1))).isFalse();
        assertThat(offsets(sifting)).containsExactly(5L, 9L);
        assertThat(sifting.extent()).isEqualTo(new Replays.Extent(2, 2, Instant.ofEpochMilli(1_009), null));
    }

    @Test
    void endsAtTheEndAsOfTheRequestAlsoWhereTheLastOffsetsHoldNothing() {
        Sifting sifting = sifting(5, 8);
        sifting.take(record(5, "grill", "sq-1", 1));
        assertThat(sifting.take(record(9, "grill", "sq-1", 1))).isFalse();
        assertThat(offsets(sifting)).containsExactly(5L);
        assertThat(sifting.extent().cut()).isNull();
    }

    @Test
    void saysWhatItWasCutBy() {
        Sifting many = sifting(0, 10);
        for (int i = 0; i < 3; i++) {
            assertThat(many.take(record(i, "grill", "sq-1", 1))).isTrue();
        }
        assertThat(many.take(record(3, "grill", "sq-1", 1))).isFalse();
        assertThat(many.extent()).isEqualTo(new Replays.Extent(3, 3, Instant.ofEpochMilli(1_003), "records"));

        Sifting heavy = sifting(0, 10);
        heavy.take(record(0, "grill", "sq-1", 400));
        assertThat(heavy.take(record(1, "grill", "sq-1", 1))).isFalse();
        assertThat(heavy.extent()).isEqualTo(new Replays.Extent(1, 400, Instant.ofEpochMilli(1_001), "bytes"));

        Sifting late = sifting(0, 10);
        late.take(record(0, "bar", "sq-1", 1));
        assertThat(late.extent()).isEqualTo(new Replays.Extent(0, 0, Instant.ofEpochMilli(1_000), "time"));
    }

    @Test
    void copiesARecordAsItFirstReachedUs() {
        ProducerRecord<String, byte[]> copy =
                Again.copy(record(5, "grill", "sq-1", 2, Quarantined.FROM_HEADER, Inbound.TRACE_HEADER), "request-9");
        Map<String, String> headers = new HashMap<>();
        for (Header each : copy.headers()) {
            assertThat(headers.put(each.key(), new String(each.value(), StandardCharsets.UTF_8)))
                    .isNull();
        }
        assertThat(headers)
                .isEqualTo(Map.of(
                        Inbound.LINK_HEADER, "sq-1",
                        Inbound.TRACE_HEADER, "x",
                        Inbound.RECEIVED_HEADER, "1970-01-01T00:00:01.005Z",
                        Inbound.REPLAY_HEADER, "request-9"));
        assertThat(copy.topic()).isEqualTo(Topics.INBOUND);
        assertThat(copy.key()).isEqualTo("grill");
        assertThat(copy.value()).hasSize(2);
    }

    /** Kafka refuses what is before 1970, and a number has room for some 292 million years. */
    @Test
    void beginsAtAnyTimeThatThereIs() {
        assertThat(KafkaReplays.timestamp(Instant.MIN)).isZero();
        assertThat(KafkaReplays.timestamp(Instant.parse("1900-01-01T00:00:00Z")))
                .isZero();
        assertThat(KafkaReplays.timestamp(Instant.ofEpochMilli(1500))).isEqualTo(1500);
        assertThat(KafkaReplays.timestamp(Instant.MAX)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void findsThePartitionThatAProducerChooses() {
        // Of Kafka's own partitioner, for 24 partitions.
        for (String key : List.of("grill", "merchant-1", "ä")) {
            int chosen = org.apache.kafka.clients.producer.internals.BuiltInPartitioner.partitionForKey(
                    key.getBytes(StandardCharsets.UTF_8), 24);
            assertThat(KafkaReplays.partition(key, 24)).isEqualTo(chosen);
        }
    }
}
