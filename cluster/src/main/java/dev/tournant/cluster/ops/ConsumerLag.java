package dev.tournant.cluster.ops;

import akka.actor.typed.ActorSystem;
import dev.tournant.messages.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How many records of {@code tournant.inbound} the cluster has not dealt with: the same figure on every node. */
public final class ConsumerLag {
    private static final Duration EVERY = Duration.ofSeconds(2);

    private final KafkaSettings kafka;
    private final String group;
    private final AtomicLong lag;

    private ConsumerLag(KafkaSettings kafka, String group, MeterRegistry registry) {
        this.kafka = kafka;
        this.group = group;
        this.lag = registry.gauge("tournant.ingest.lag-records", new AtomicLong());
    }

    public static void start(ActorSystem<?> system, KafkaSettings kafka, String group, MeterRegistry registry) {
        ConsumerLag gauge = new ConsumerLag(kafka, group, registry);
        system.scheduler().scheduleWithFixedDelay(EVERY, EVERY, () -> gauge.refresh(), system.executionContext());
    }

    private void refresh() {
        CompletionStage<?> unused = kafka.ends(Topics.INBOUND)
                .thenCombine(committed(), ConsumerLag::difference)
                .thenAccept(lag::set);
    }

    private CompletionStage<Map<TopicPartition, OffsetAndMetadata>> committed() {
        return kafka.admin()
                .listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .toCompletionStage();
    }

    private static long difference(Map<TopicPartition, Long> ends, Map<TopicPartition, OffsetAndMetadata> committed) {
        long sum = 0;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            OffsetAndMetadata done = committed.get(end.getKey());
            sum += end.getValue() - (done == null ? 0 : done.offset());
        }
        return sum;
    }
}
