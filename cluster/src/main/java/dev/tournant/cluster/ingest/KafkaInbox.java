package dev.tournant.cluster.ingest;

import akka.actor.typed.ActorSystem;
import akka.kafka.ProducerMessage;
import akka.kafka.javadsl.SendProducer;
import dev.tournant.messages.Inbound;
import dev.tournant.messages.Inbox;
import dev.tournant.messages.Topics;
import dev.tournant.messages.Unclaimed;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Appends payloads to {@code tournant.inbound}. What is under way is bounded in bytes. */
public final class KafkaInbox implements Inbox {
    /** What a record costs beside its body. */
    private static final int OVERHEAD_BYTES = 1_024;

    private final SendProducer<String, byte[]> producer;
    private final Executor executor;
    private final long bytesMax;
    private final AtomicLong bytesUnderWay;

    public KafkaInbox(
            ActorSystem<?> system, SendProducer<String, byte[]> producer, long bytesMax, MeterRegistry registry) {
        this.producer = producer;
        this.executor = system.executionContext();
        this.bytesMax = bytesMax;
        this.bytesUnderWay = registry.gauge("tournant.inbox.bytes-under-way", new AtomicLong());
    }

    @Override
    public CompletionStage<Void> append(Inbound payload) {
        return append(payload.merchant().value(), payload.headers(), payload.body());
    }

    @Override
    public CompletionStage<Void> append(Unclaimed payload) {
        return append(null, payload.headers(), payload.body());
    }

    private CompletionStage<Void> append(@Nullable String key, Map<String, String> headers, byte[] body) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(Topics.INBOUND, key, body);
        headers.forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return append(List.of(record));
    }

    /**
     * Records as they are; those of one merchant are stored in this order. What is appended by two calls is stored in any
     * order, unless the second one waits for the end of the first: records that are sent one by one reach the producer on
     * several threads.
     */
    CompletionStage<Void> append(List<ProducerRecord<String, byte[]>> records) {
        long bytes = 0;
        for (ProducerRecord<String, byte[]> record : records) {
            bytes += (long) record.value().length + OVERHEAD_BYTES;
        }
        long taken = bytes;
        if (bytesUnderWay.addAndGet(taken) > bytesMax) {
            bytesUnderWay.addAndGet(-taken);
            return CompletableFuture.failedFuture(new Full("more than " + bytesMax + " bytes wait for Kafka"));
        }
        return producer.sendEnvelope(ProducerMessage.multi(records))
                .whenCompleteAsync((done, failure) -> bytesUnderWay.addAndGet(-taken), executor)
                .thenApply(done -> null);
    }
}
