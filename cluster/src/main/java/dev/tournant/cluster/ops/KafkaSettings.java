package dev.tournant.cluster.ops;

import akka.actor.typed.ActorSystem;
import akka.kafka.ConsumerSettings;
import akka.kafka.ProducerSettings;
import akka.kafka.javadsl.SendProducer;
import com.typesafe.config.Config;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * How this node talks to Kafka. What webhooks, fetches and merchants have under way is bounded below
 * {@code buffer.memory}, so that they never block; a stream that fills a quarantine may.
 */
public final class KafkaSettings implements AutoCloseable {
    private final ActorSystem<?> system;
    private final KafkaClient client;
    private final long messageBytesMax;
    private final Admin admin;

    public KafkaSettings(ActorSystem<?> system) {
        this.system = system;
        Config config = system.settings().config();
        this.client = KafkaClient.of(config);
        this.messageBytesMax = config.getBytes("tournant.kafka.message-bytes-max");
        this.admin = client.open(Map.of());
    }

    public ConsumerSettings<String, byte[]> consumer(String group) {
        return ConsumerSettings.create(system, new StringDeserializer(), new ByteArrayDeserializer())
                .withProperties(client.consumer(group, messageBytesMax));
    }

    /** A producer that is closed with the actor system. */
    public SendProducer<String, byte[]> producer() {
        return new SendProducer<>(producerSettings(), system);
    }

    ProducerSettings<String, byte[]> producerSettings() {
        return ProducerSettings.create(system, new StringSerializer(), new ByteArraySerializer())
                .withProperties(client.producer(messageBytesMax));
    }

    /** The id of a topic; fails while the topic or Kafka is not there. */
    public CompletionStage<String> topicId(String topic) {
        return describe(topic).thenApply(description -> description.topicId().toString());
    }

    /** A topic; fails while the topic or Kafka is not there. */
    public CompletionStage<TopicDescription> describe(String topic) {
        return admin.describeTopics(List.of(topic))
                .allTopicNames()
                .toCompletionStage()
                .thenApply(all -> Objects.requireNonNull(all.get(topic), topic));
    }

    /** For each partition of a topic, the offset that its next record will have. */
    public CompletionStage<Map<TopicPartition, Long>> ends(String topic) {
        return describe(topic)
                .thenCompose(description -> {
                    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
                    description
                            .partitions()
                            .forEach(each ->
                                    latest.put(new TopicPartition(topic, each.partition()), OffsetSpec.latest()));
                    return admin.listOffsets(latest).all().toCompletionStage();
                })
                .thenApply(offsets -> {
                    Map<TopicPartition, Long> ends = new HashMap<>();
                    offsets.forEach((partition, end) -> ends.put(partition, end.offset()));
                    return ends;
                });
    }

    public Admin admin() {
        return admin;
    }

    @Override
    public void close() {
        admin.close();
    }
}
