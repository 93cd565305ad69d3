package dev.tournant.cluster.ingest;

import akka.Done;
import akka.NotUsed;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorSystem;
import akka.kafka.CommitterSettings;
import akka.kafka.ConsumerMessage.CommittableMessage;
import akka.kafka.ConsumerSettings;
import akka.kafka.Subscriptions;
import akka.kafka.javadsl.Committer;
import akka.kafka.javadsl.Consumer;
import akka.kafka.javadsl.SendProducer;
import akka.stream.RestartSettings;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.RestartSource;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import dev.tournant.adapter.Adapter;
import dev.tournant.cluster.ops.KafkaSettings;
import dev.tournant.messages.Directory;
import dev.tournant.messages.Merchants;
import dev.tournant.messages.Topics;
import dev.tournant.model.PartnerName;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The stream from {@code tournant.inbound} to merchants. Each partition is a stream of its own, in which chunks follow
 * one another: what arrives while a chunk is under way makes the next one. Offsets are committed chunk by chunk, after
 * everything in the chunk is durable. When anything fails, the stream starts again from the committed offsets.
 */
public final class Ingest {
    /**
     * Every partition that Kafka gives to this node is read, so their number bounds this: one that waited here for a place
     * would go unread without a word.
     */
    private static final int ALL_PARTITIONS = Integer.MAX_VALUE;

    private final ActorSystem<?> system;
    private final KafkaSettings kafka;
    private final IngestSettings settings;
    private final Merchants merchants;
    private final Directory directory;
    private final Map<PartnerName, Adapter> adapters;
    private final SendProducer<String, byte[]> producer;
    private final IngestMetrics metrics;
    private volatile Consumer.Control control = Consumer.createNoopControl();

    private Ingest(
            ActorSystem<?> system,
            KafkaSettings kafka,
            IngestSettings settings,
            Merchants merchants,
            Directory directory,
            Map<PartnerName, Adapter> adapters,
            SendProducer<String, byte[]> producer,
            IngestMetrics metrics) {
        this.system = system;
        this.kafka = kafka;
        this.settings = settings;
        this.merchants = merchants;
        this.directory = directory;
        this.adapters = adapters;
        this.producer = producer;
        this.metrics = metrics;
    }

    /** Starts the stream and has it drained when the node leaves, before its merchants do. */
    public static void start(
            ActorSystem<?> system,
            KafkaSettings kafka,
            IngestSettings settings,
            Merchants merchants,
            Directory directory,
            Map<PartnerName, Adapter> adapters,
            SendProducer<String, byte[]> producer,
            IngestMetrics metrics) {
        new Ingest(system, kafka, settings, merchants, directory, adapters, producer, metrics).run();
    }

    private void run() {
        RestartSettings restarts = RestartSettings.create(Duration.ofMillis(500), Duration.ofSeconds(20), 0.3);
        CompletionStage<Done> over =
                RestartSource.onFailuresWithBackoff(restarts, this::partitions).runWith(Sink.ignore(), system);
        CoordinatedShutdown.get(system)
                .addTask(CoordinatedShutdown.PhaseServiceRequestsDone(), "drain-ingest", () -> drained(over));
    }

    private CompletionStage<Done> drained(CompletionStage<Done> over) {
        return control.drainAndShutdown(over, system.executionContext());
    }

    private Source<Done, NotUsed> partitions() {
        return Source.completionStageSource(
                        kafka.topicId(Topics.INBOUND).thenApplyAsync(this::partitions, system.executionContext()))
                .mapMaterializedValue(ignored -> NotUsed.getInstance());
    }

    private Source<Done, Consumer.Control> partitions(String topicId) {
        Ingestion ingestion = new Ingestion(
                system,
                settings,
                merchants,
                directory,
                new Quarantine(producer::send, topicId, system.executionContext()),
                new InboundReader(adapters, topicId, settings.deliveryBytesMax()),
                metrics);
        ConsumerSettings<String, byte[]> consumer = kafka.consumer(settings.group());
        AtomicInteger underWay = new AtomicInteger();
        return Consumer.committablePartitionedSource(consumer, Subscriptions.topics(Topics.INBOUND))
                .mapMaterializedValue(started -> {
                    control = started;
                    return started;
                })
                .mapAsyncUnordered(ALL_PARTITIONS, partition -> {
                    counted(underWay.incrementAndGet());
                    return partition
                            .second()
                            .via(chunks(ingestion))
                            .runWith(Sink.ignore(), system)
                            .whenComplete((done, failure) -> underWay.decrementAndGet());
                });
    }

    private void counted(int partitions) {
        if (partitions > settings.partitionsMax()) {
            system.log()
                    .warn(
                            "this node ingests {} partitions of {} at the same time, more than"
                                    + " tournant.ingest.partitions-max = {}: start more nodes, or raise it if the memory"
                                    + " is there for {} bytes each",
                            partitions,
                            Topics.INBOUND,
                            settings.partitionsMax(),
                            settings.chunkBytesMax());
        }
    }

    private Flow<CommittableMessage<String, byte[]>, Done, NotUsed> chunks(Ingestion ingestion) {
        long weightMax = settings.chunkRecordsMax();
        long bytesPerWeight = Math.max(1, settings.chunkBytesMax() / weightMax);
        return Flow.<CommittableMessage<String, byte[]>>create()
                .batchWeighted(
                        weightMax,
                        message -> 1 + Math.max(0, message.record().serializedValueSize()) / bytesPerWeight,
                        Chunk::of,
                        Chunk::add)
                .mapAsync(1, chunk -> ingestion.handle(chunk.records()).thenApply(done -> chunk.offset()))
                .via(Committer.flow(
                        CommitterSettings.create(system).withMaxBatch(1).withMaxInterval(Duration.ofMillis(1))));
    }
}
