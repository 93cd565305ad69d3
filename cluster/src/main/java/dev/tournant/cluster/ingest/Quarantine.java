package dev.tournant.cluster.ingest;

import akka.Done;
import dev.tournant.messages.Problem;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts records into quarantine: whole, or by name where there is no room for them. */
final class Quarantine {
    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);

    private final Function<ProducerRecord<String, byte[]>, CompletionStage<?>> send;
    private final String topicId;
    private final Executor executor;

    /**
     * A quarantine of one topic's records.
     *
     * @param send to Kafka
     * @param topicId of the originals
     */
    Quarantine(Function<ProducerRecord<String, byte[]>, CompletionStage<?>> send, String topicId, Executor executor) {
        this.send = send;
        this.topicId = topicId;
        this.executor = executor;
    }

    /** Completes when it is stored; fails with what Kafka fails with, but never for the record's size. */
    CompletionStage<Done> put(ConsumerRecord<String, byte[]> original, Problem problem, String detail, boolean whole) {
        return sent(Quarantined.of(original, topicId, problem, detail, whole))
                .exceptionallyComposeAsync(
                        failure -> isTooLarge(failure)
                                ? named(original, problem, detail, whole)
                                : CompletableFuture.failedFuture(failure),
                        executor);
    }

    private CompletionStage<Done> sent(ProducerRecord<String, byte[]> record) {
        return send.apply(record).thenApply(stored -> Done.getInstance());
    }

    private static boolean isTooLarge(Throwable failure) {
        return failure instanceof RecordTooLargeException || failure.getCause() instanceof RecordTooLargeException;
    }

    /** To send it whole again would be of no use, ever, and the partition would wait for it. */
    private CompletionStage<Done> named(
            ConsumerRecord<String, byte[]> original, Problem problem, String detail, boolean whole) {
        LOG.warn(
                "{}, partition {}, offset {}: {} bytes have no room in quarantine, which names them only",
                original.topic(),
                original.partition(),
                original.offset(),
                original.serializedValueSize());
        return sent(Quarantined.named(original, topicId, problem, detail, whole));
    }
}
