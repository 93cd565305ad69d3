package dev.tournant.deploy.faults;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.messages.Json;
import dev.tournant.messages.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What Kafka holds, and how far the nodes' ingestion has come. */
final class Topic implements AutoCloseable {
    private static final String GROUP = "tournant-ingest";
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<String, byte[]> consumer;

    /** Belongs to the thread that makes it. */
    Topic(String kafka) {
        // The group is that of the nodes, so that their offsets are seen; it is never joined.
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        kafka,
                        ConsumerConfig.GROUP_ID_CONFIG,
                        GROUP,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    private List<TopicPartition> partitions(String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(each -> new TopicPartition(topic, each.partition()))
                .toList();
    }

    /** Records of the inbound topic that are not dealt with. */
    long pending() {
        List<TopicPartition> partitions = partitions(Topics.INBOUND);
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(partitions));
        long pending = 0;
        for (Map.Entry<TopicPartition, Long> end :
                consumer.endOffsets(partitions).entrySet()) {
            OffsetAndMetadata done = committed.get(end.getKey());
            pending += end.getValue() - (done == null ? 0 : done.offset());
        }
        return pending;
    }

    /** All that was published until now, by merchant; the records of a merchant are in order. */
    Map<String, List<JsonNode>> changes() {
        List<TopicPartition> partitions = partitions(Topics.CHANGES);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<String, List<JsonNode>> changes = new HashMap<>();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                changes.computeIfAbsent(record.key(), id -> new ArrayList<>()).add(json(record.value()));
            }
        }
        return changes;
    }

    private static JsonNode json(byte[] bytes) {
        try {
            return Json.text().readTree(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The newest revision of each merchant in what was published. */
    static Map<String, Long> newest(Map<String, List<JsonNode>> changes) {
        return changes.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue().stream()
                                .mapToLong(each -> each.path("number").asLong())
                                .max()
                                .orElse(0)));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
