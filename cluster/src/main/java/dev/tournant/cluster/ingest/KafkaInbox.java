package dev.tournant.cluster.ingest;

import akka.actor.typed.ActorSystem;
import akka.kafka.javadsl.SendProducer;
import dev.tournant.messages.Inbound;
import dev.tournant.messages.Inbox;
import dev.tournant.messages.Topics;
import dev.tournant.messages.Unclaimed;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
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
        return append(record);
    }

    /** A record as it is. Those that are handed over one after another are stored in that order. */
    CompletionStage<Void> append(ProducerRecord<String, byte[]> record) {
        long bytes = (long) record.value().length + OVERHEAD_BYTES;
        if (bytesUnderWay.addAndGet(bytes) > bytesMax) {
            bytesUnderWay.addAndGet(-bytes);
            return CompletableFuture.failedFuture(new Full("more than " + bytesMax + " bytes wait for Kafka"));
        }
        return producer.send(record)
                .whenCompleteAsync((done, failure) -> bytesUnderWay.addAndGet(-bytes), executor)
                .thenApply(done -> null);
    }
}
