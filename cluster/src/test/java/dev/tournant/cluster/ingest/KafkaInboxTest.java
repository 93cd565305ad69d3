package dev.tournant.cluster.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.kafka.javadsl.SendProducer;
import com.typesafe.config.ConfigFactory;
import dev.tournant.cluster.LocalNode;
import dev.tournant.cluster.ops.KafkaSettings;
import dev.tournant.cluster.ops.TopicSetup;
import dev.tournant.deploy.local.LocalServices;
import dev.tournant.messages.Inbox;
import dev.tournant.messages.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The way into real Kafka. */
class KafkaInboxTest {
    private static final int PARTITIONS = 4;
    private static final long BYTES_MAX = 4_000_000;

    private static ActorTestKit kit;
    private static KafkaSettings kafka;
    private static KafkaInbox inbox;

    @BeforeAll
    static void start() throws InterruptedException {
        TopicSetup.make(LocalServices.kafka(), PARTITIONS, (short) 1);
        kit = ActorTestKit.create(
                "inbox",
                ConfigFactory.parseString("""
                        akka.actor.provider = local
                        akka.coordinated-shutdown.exit-jvm = off
                        tournant.kafka.servers = "%s"
                        """.formatted(LocalServices.kafka()))
                        .withFallback(ConfigFactory.parseResources("tournant-cluster.conf"))
                        .withFallback(ConfigFactory.defaultReference())
                        .resolve());
        kafka = new KafkaSettings(kit.system());
        SendProducer<String, byte[]> producer = kafka.producer();
        inbox = new KafkaInbox(kit.system(), producer, BYTES_MAX, new SimpleMeterRegistry());
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
        kafka.close();
    }

    private static void append(List<ProducerRecord<String, byte[]>> records) throws Exception {
        inbox.append(records).toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @Test
    void storesWhatIsAppendedTogetherInItsOrder() throws Exception {
        String merchant = LocalNode.fresh("orderly");
        append(IntStream.range(0, 2_000)
                .mapToObj(i -> new ProducerRecord<>(Topics.INBOUND, merchant, new byte[] {(byte) i, (byte) (i >> 8)}))
                .toList());
        assertThat(stored(merchant, 2_000))
                .containsExactlyElementsOf(IntStream.range(0, 2_000).boxed().toList());
    }

    private static List<Integer> stored(String merchant, int count) {
        TopicPartition partition = new TopicPartition(Topics.INBOUND, KafkaReplays.partition(merchant, PARTITIONS));
        List<Integer> found = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", LocalServices.kafka()),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (found.size() < count && consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(each -> {
                    if (merchant.equals(each.key())) {
                        found.add((each.value()[0] & 0xff) + ((each.value()[1] & 0xff) << 8));
                    }
                });
            }
        }
        return found;
    }

    @Test
    void takesWhatFitsAndRefusesWhatDoesNotUntilThatIsStored() throws Exception {
        String merchant = LocalNode.fresh("full");
        ProducerRecord<String, byte[]> half = new ProducerRecord<>(Topics.INBOUND, merchant, new byte[2_500_000]);
        assertThatThrownBy(() -> append(List.of(half, half))).hasCauseInstanceOf(Inbox.Full.class);
        append(List.of(half));
        append(List.of(half));
    }
}
