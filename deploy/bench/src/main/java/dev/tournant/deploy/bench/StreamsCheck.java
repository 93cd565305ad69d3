package dev.tournant.deploy.bench;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Whether the peer's changelog, which is what its store is rebuilt from, holds what the feed said. */
final class StreamsCheck {
    private static final String CHANGELOG = StreamsPeer.APPLICATION + "-" + StreamsPeer.STORE + "-changelog";

    private StreamsCheck() {}

    static boolean isRight(String kafka, StockFeed feed) {
        Map<String, String> state = read(kafka);
        long right = 0;
        for (int merchant = 0; merchant < feed.merchants(); merchant++) {
            for (int item = 0; item < feed.items(); item++) {
                long last = feed.last(merchant, item);
                String found = state.get(StockFeed.merchant(merchant) + "/" + StockFeed.item(item));
                if (last != 0 && !Long.toString(last).equals(found)) {
                    throw new IllegalStateException(
                            "the peer's merchant " + merchant + " item " + item + ": " + found + ", not " + last);
                }
                right += last != 0 ? 1 : 0;
            }
        }
        System.out.printf("checked: %,d last quantities of the peer right%n", right);
        return true;
    }

    private static Map<String, String> read(String kafka) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        Map<String, String> state = new HashMap<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
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
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                    state.put(record.key(), record.value());
                }
            }
        }
        return state;
    }
}
