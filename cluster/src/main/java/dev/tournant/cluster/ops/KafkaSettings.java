package dev.tournant.cluster.ops;

import akka.actor.typed.ActorSystem;
import akka.kafka.ConsumerSettings;
import akka.kafka.ProducerSettings;
import akka.kafka.javadsl.SendProducer;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
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
 *
 * <p>Kafka has two limits for one record: a producer weighs it as it is, and a topic as it is compressed. So a topic may hold
 * what no producer of ours could send again.
 */
public final class KafkaSettings implements AutoCloseable {
    /** What headers may add to a record that is copied to another topic: why it is in quarantine, that it is a replay. */
    static final int HEADERS_BYTES_MAX = 1024 * 1024;

    /** Of a producer's memory, what the bounds of those who use it leave free: batches are not filled to the last byte. */
    private static final long BUFFER_ROOM_BYTES = 8 * 1024 * 1024;

    private final ActorSystem<?> system;
    private final KafkaClient client;
    private final long messageBytesMax;
    private final long underWayBytesMax;
    private final Admin admin;

    public KafkaSettings(ActorSystem<?> system) {
        this.system = system;
        Config config = system.settings().config();
        this.client = KafkaClient.of(config);
        this.messageBytesMax = config.getBytes("tournant.kafka.message-bytes-max");
        this.underWayBytesMax = underWayBytesMax(config.getConfig("tournant.kafka"));
        this.admin = client.open(Map.of());
    }

    /** What may be under way to Kafka; whatever may come in, and whatever is read again, has room there when it is alone. */
    private static long underWayBytesMax(Config in) {
        long inbox = in.getBytes("inbox-bytes-max");
        long least = in.getBytes("message-bytes-max") + HEADERS_BYTES_MAX;
        if (inbox < least) {
            throw new ConfigException.BadValue(
                    in.origin(),
                    "tournant.kafka.inbox-bytes-max",
                    "is " + inbox + " bytes; it must be " + least + " at least, 1 MiB above"
                            + " tournant.kafka.message-bytes-max, or the largest record would be told to wait for ever");
        }
        return inbox + in.getBytes("publish-bytes-max");
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
                .withProperties(
                        client.producer(messageBytesMax + HEADERS_BYTES_MAX, underWayBytesMax + BUFFER_ROOM_BYTES));
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
