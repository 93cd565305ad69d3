package dev.tournant.cluster.publish;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.kafka.ProducerSettings;
import akka.kafka.javadsl.SendProducer;
import com.typesafe.config.ConfigFactory;
import dev.tournant.cluster.merchant.Merchant;
import dev.tournant.cluster.merchant.MerchantPorts.Published;
import dev.tournant.messages.Json;
import dev.tournant.messages.Revision;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What is handed to Kafka's producer, and in which order. */
class KafkaChangesTest {
    private static final ActorTestKit KIT =
            ActorTestKit.create(ConfigFactory.parseString("akka.actor.provider = local"));
    private static final int BATCHES = 20;
    private static final int BATCH = 200;

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @Test
    void handsOverTheRevisionsOfAMerchantInOrder() throws IOException {
        MockProducer<String, byte[]> kafka =
                new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
        ProducerSettings<String, byte[]> settings = ProducerSettings.create(
                        KIT.system(), new StringSerializer(), new ByteArraySerializer())
                .withProducer(kafka);
        KafkaChanges changes = new KafkaChanges(
                KIT.system(), new SendProducer<>(settings, KIT.system()), 1_000_000, new SimpleMeterRegistry());
        TestProbe<Merchant.Internal> merchant = KIT.createTestProbe();

        for (int batch = 0; batch < BATCHES; batch++) {
            long through = (batch + 1L) * BATCH;
            changes.publish(new MerchantId("m"), revisions(through - BATCH + 1, through), null, merchant.getRef());
            merchant.expectMessage(new Published(through, null));
        }

        long expected = 1;
        for (ProducerRecord<String, byte[]> record : kafka.history()) {
            assertThat(record.key()).isEqualTo("m");
            assertThat(Json.text().readTree(record.value()).path("number").asLong())
                    .isEqualTo(expected++);
        }
        assertThat(expected).isEqualTo(BATCHES * BATCH + 1);
    }

    private static List<Revision> revisions(long first, long last) {
        List<Revision> revisions = new ArrayList<>();
        for (long number = first; number <= last; number++) {
            revisions.add(new Revision(number, Instant.EPOCH, new LinkId("api"), "", List.of()));
        }
        return revisions;
    }
}
