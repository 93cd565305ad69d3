package dev.tournant.deploy.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.tournant.messages.Json;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.RecordKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Whether the peer's changelog, which is what its store is rebuilt from, holds what the feed said. */
final class StreamsCheck {
    private static final String CHANGELOG = StreamsPeer.APPLICATION + "-" + StreamsPeer.RECORDS + "-changelog";

    private StreamsCheck() {}

    static boolean isRight(String kafka, StockFeed feed) {
        Map<String, FlatRecord> state = read(kafka);
        long right = 0;
        for (int merchant = 0; merchant < feed.merchants(); merchant++) {
            for (int item = 0; item < feed.items(); item++) {
                long last = feed.last(merchant, item);
                RecordKey key = RecordKey.of(Kind.ITEM, StockFeed.item(item));
                FlatRecord found = state.get(StockFeed.merchant(merchant) + "/" + key);
                if (last != 0 && (found == null || !isLast(found, last))) {
                    throw new IllegalStateException(
                            "the peer's merchant " + merchant + " item " + item + ": " + found + ", not " + last);
                }
                right += last != 0 ? 1 : 0;
            }
        }
        System.out.printf("checked: %,d last quantities of the peer right%n", right);
        return true;
    }

    private static boolean isLast(FlatRecord record, long last) {
        return record.get(Item.QUANTITY)
                .filter(quantity -> quantity.compareTo(BigDecimal.valueOf(last)) == 0)
                .isPresent();
    }

    private static Map<String, FlatRecord> read(String kafka) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        Map<String, FlatRecord> state = new HashMap<>();
        ObjectMapper cbor = Json.mapper(new CBORFactory());
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(CHANGELOG).stream()
                    .map(each -> new TopicPartition(CHANGELOG, each.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long giveUpNanos = System.nanoTime() + Duration.ofMinutes(1).toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                if (System.nanoTime() - giveUpNanos > 0) {
                    throw new IllegalStateException("the peer's changelog could not be read in a minute");
                }
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    state.put(record.key(), cbor.readValue(record.value(), FlatRecord.class));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return state;
    }
}
