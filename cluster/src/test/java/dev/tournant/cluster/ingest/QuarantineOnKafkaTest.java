package dev.tournant.cluster.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.tournant.cluster.LocalNode;
import dev.tournant.cluster.ops.KafkaSettings;
import dev.tournant.cluster.ops.TopicSetup;
import dev.tournant.deploy.local.LocalServices;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Merchants;
import dev.tournant.messages.Topics;
import dev.tournant.model.MerchantId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Records that nobody can read, of sizes at and above the limits of real Kafka. */
class QuarantineOnKafkaTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int MIB = 1024 * 1024;
    private static final int PARTITIONS = 4;

    private static ActorTestKit kit;
    private static KafkaSettings kafka;
    private static KafkaConsumer<String, byte[]> quarantine;

    private final Map<String, ConsumerRecord<String, byte[]>> found = new HashMap<>();

    /** What is tried here reaches none. */
    private static final class NoMerchants implements Merchants {
        @Override
        public CompletionStage<MerchantReply> tell(MerchantId merchant, MerchantCommand command, Duration within) {
            return CompletableFuture.failedFuture(new AssertionError(merchant + " was told " + command));
        }

        @Override
        public CompletionStage<MerchantReply> ask(MerchantId merchant, MerchantQuery query, Duration within) {
            return CompletableFuture.failedFuture(new AssertionError(merchant + " was asked " + query));
        }
    }

    @BeforeAll
    static void start() throws InterruptedException {
        String servers = LocalServices.kafka();
        TopicSetup.make(servers, PARTITIONS, (short) 1);
        Config config = ConfigFactory.parseString("""
                        akka.actor.provider = local
                        akka.coordinated-shutdown.exit-jvm = off
                        tournant.kafka.servers = "%s"
                        tournant.ingest.group = "%s"
                        tournant.ingest.partitions-max = 1
                        """.formatted(servers, LocalNode.fresh("quarantine")))
                .withFallback(ConfigFactory.parseResources("tournant-cluster.conf"))
                .withFallback(ConfigFactory.defaultReference())
                .resolve();
        kit = ActorTestKit.create("quarantine", config);
        kafka = new KafkaSettings(kit.system());
        quarantine = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers), new StringDeserializer(), new ByteArrayDeserializer());
        TopicPartition all = new TopicPartition(Topics.QUARANTINE, 0);
        quarantine.assign(List.of(all));
        quarantine.seekToEnd(List.of(all));
        quarantine.position(all);
        Ingest.start(
                kit.system(),
                kafka,
                IngestSettings.of(config),
                new NoMerchants(),
                new IngestionTest.NoDirectory(),
                Map.of(),
                kafka.producer(),
                new IngestMetrics(new SimpleMeterRegistry()));
    }

    @AfterAll
    static void stop() {
        quarantine.close();
        kit.shutdownTestKit();
        kafka.close();
    }

    /** By a producer with limits of its own. Returns what names the record in quarantine, without the topic's id. */
    private static String produce(String compression, int partition, byte[] value) throws Exception {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                LocalServices.kafka(),
                "compression.type",
                compression,
                "max.request.size",
                64 * MIB,
                "buffer.memory",
                128L * MIB);
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            RecordMetadata stored = producer.send(new ProducerRecord<>(Topics.INBOUND, partition, null, value))
                    .get(60, TimeUnit.SECONDS);
            return "/" + stored.partition() + "@" + stored.offset();
        }
    }

    private ConsumerRecord<String, byte[]> quarantined(String place) {
        return await().atMost(SOON)
                .until(
                        () -> {
                            quarantine
                                    .poll(Duration.ofMillis(100))
                                    .forEach(each -> found.put(
                                            header(each, "tournant-from").replaceFirst("^[^/]*", ""), each));
                            return found.get(place);
                        },
                        each -> each != null);
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        @Nullable Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static byte[] random(int bytes) {
        byte[] value = new byte[bytes];
        new Random(1).nextBytes(value);
        return value;
    }

    @Test
    void keepsWholeWhatTakesAllTheRoomThatItsTopicHas() throws Exception {
        byte[] value = random(24 * MIB - 150);
        ConsumerRecord<String, byte[]> kept = quarantined(produce("none", 0, value));
        assertThat(header(kept, "tournant-problem")).isEqualTo("missing-key");
        assertThat(kept.value()).isEqualTo(value);
    }

    @Test
    void readsEveryPartitionAlsoAboveTheNumberThatItIsReckonedFor() throws Exception {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            String place = produce("lz4", partition, new byte[1]);
            assertThat(header(quarantined(place), "tournant-problem")).isEqualTo("missing-key");
        }
    }

    @Test
    void namesWhatWasCompressedAndHasNoRoomAndReadsOn() throws Exception {
        String large = produce("lz4", 1, new byte[40 * MIB]);
        String small = produce("lz4", 1, new byte[4]);
        ConsumerRecord<String, byte[]> named = quarantined(large);
        assertThat(named.value()).isNull();
        assertThat(header(named, "tournant-problem")).isEqualTo("too-large");
        assertThat(header(named, "tournant-bytes")).isEqualTo(Integer.toString(40 * MIB));
        assertThat(header(named, "tournant-detail"))
                .contains("stand in tournant.inbound, partition 1, offset " + large.replaceFirst("^.*@", ""));
        assertThat(header(quarantined(small), "tournant-problem")).isEqualTo("missing-key");
    }
}
