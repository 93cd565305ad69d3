package dev.tournant.cluster.publish;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.kafka.ProducerMessage;
import akka.kafka.javadsl.SendProducer;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tournant.cluster.merchant.Merchant;
import dev.tournant.cluster.merchant.MerchantPorts.Published;
import dev.tournant.messages.DirectoryEntry;
import dev.tournant.messages.Json;
import dev.tournant.messages.Revision;
import dev.tournant.messages.Topics;
import dev.tournant.model.MerchantId;
import dev.tournant.model.MerchantProfile;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Sends committed revisions to {@code tournant.changes} and changed profiles to {@code tournant.merchants}. The records
 * of one merchant stay in order: one partition, one batch at a time, and a producer that never gives one up.
 */
public final class KafkaChanges {
    /** What one merchant sends before it waits for the answer; one revision may be more. */
    private static final long BATCH_BYTES_MAX = 1 << 20;

    private final SendProducer<String, byte[]> producer;
    private final Executor executor;
    private final long bytesMax;
    private final AtomicLong bytesUnderWay;

    public KafkaChanges(
            ActorSystem<?> system, SendProducer<String, byte[]> producer, long bytesMax, MeterRegistry registry) {
        this.producer = producer;
        this.executor = system.executionContext();
        this.bytesMax = bytesMax;
        this.bytesUnderWay = registry.gauge("tournant.publish.bytes-under-way", new AtomicLong());
    }

    public void publish(
            MerchantId merchant,
            List<Revision> revisions,
            @Nullable MerchantProfile profile,
            ActorRef<Merchant.Internal> replyTo) {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>(revisions.size() + 1);
        long bytes = 0;
        long through = 0;
        for (Revision revision : revisions) {
            byte[] json = bytes(revision);
            if (through > 0 && bytes + json.length > BATCH_BYTES_MAX) {
                // The merchant publishes the rest when this is there.
                break;
            }
            bytes += json.length;
            through = revision.number();
            records.add(new ProducerRecord<>(Topics.CHANGES, merchant.value(), json));
        }
        if (profile != null) {
            byte[] entry = bytes(new DirectoryEntry(merchant, through, profile));
            bytes += entry.length;
            records.add(new ProducerRecord<>(Topics.MERCHANTS, merchant.value(), entry));
        }
        // Reserved first, so that merchants side by side cannot pass the bound together.
        if (bytesUnderWay.addAndGet(bytes) > bytesMax) {
            bytesUnderWay.addAndGet(-bytes);
            replyTo.tell(new Published(0, "more than " + bytesMax + " bytes wait for Kafka"));
            return;
        }
        send(records, bytes, through, replyTo);
    }

    private void send(
            List<ProducerRecord<String, byte[]>> records,
            long bytes,
            long through,
            ActorRef<Merchant.Internal> replyTo) {
        // All in one envelope: records that are sent one by one reach the producer on several threads, in any order.
        CompletionStage<?> unused = producer.sendEnvelope(ProducerMessage.multi(records))
                .whenCompleteAsync(
                        (done, failure) -> {
                            bytesUnderWay.addAndGet(-bytes);
                            replyTo.tell(new Published(
                                    through, failure == null ? null : String.valueOf(failure.getMessage())));
                        },
                        executor);
    }

    private static byte[] bytes(Object value) {
        try {
            return Json.text().writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was stored as JSON can be written as JSON", e);
        }
    }
}
