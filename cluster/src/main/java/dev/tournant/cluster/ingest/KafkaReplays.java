package dev.tournant.cluster.ingest;

import akka.actor.typed.ActorSystem;
import akka.kafka.Subscriptions;
import akka.kafka.javadsl.Consumer;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import dev.tournant.adapter.Adapter;
import dev.tournant.cluster.ops.KafkaSettings;
import dev.tournant.messages.Declined;
import dev.tournant.messages.Directory;
import dev.tournant.messages.Inbox;
import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Merchants;
import dev.tournant.messages.Problem;
import dev.tournant.messages.Replays;
import dev.tournant.messages.Topics;
import dev.tournant.model.Link;
import dev.tournant.model.PartnerName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

/** Reads a merchant's partition of {@code tournant.inbound}, or of the quarantine, again. */
public final class KafkaReplays implements Replays {
    /** Nothing is committed under this name. */
    private static final String GROUP = "tournant-replay";
    /** What is put in at once may weigh no more, unless it is one record. */
    private static final long PUT_BYTES_MAX = 1024 * 1024;

    private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE);

    private final ActorSystem<?> system;
    private final Executor executor;
    private final KafkaSettings kafka;
    private final ReplaySettings settings;
    private final Merchants merchants;
    private final Again again;
    private final KafkaInbox inbox;
    private final Semaphore places;

    public KafkaReplays(
            ActorSystem<?> system,
            KafkaSettings kafka,
            Merchants merchants,
            Map<PartnerName, Adapter> adapters,
            KafkaInbox inbox) {
        this.system = system;
        this.executor = system.executionContext();
        this.kafka = kafka;
        this.settings = ReplaySettings.of(system.settings().config());
        this.merchants = merchants;
        this.again = new Again(adapters, settings.bytesMax());
        this.inbox = inbox;
        this.places = new Semaphore(settings.replaysMax());
    }

    @Override
    public CompletionStage<Rehearsed> rehearse(Wanted wanted) {
        return placed(() -> route(wanted)
                .thenCompose(route -> sift(wanted).thenComposeAsync(sifted -> rehearse(route, sifted), executor)));
    }

    private CompletionStage<Rehearsed> rehearse(Directory.Route route, Sifting sifted) {
        Again.Reread reread = again.read(route, sifted.kept(), sifted.extent());
        return merchants
                .ask(
                        route.merchant(),
                        new MerchantQuery.Rehearse(reread.deliveries(), Instant.now()),
                        settings.askTimeout())
                .thenApply(reply -> {
                    if (reply instanceof MerchantReply.Rehearsal rehearsal) {
                        return new Rehearsed(reread.read(), reread.unreadable(), reread.unreadableCount(), rehearsal);
                    }
                    throw Declined.of(reply);
                });
    }

    @Override
    public CompletionStage<Put> put(Wanted wanted) {
        return placed(() -> route(wanted)
                .thenCompose(route -> sift(wanted).thenComposeAsync(sifted -> put(wanted, sifted), executor)));
    }

    private CompletionStage<Put> put(Wanted wanted, Sifting sifted) {
        AtomicInteger stored = new AtomicInteger();
        long putsMax = settings.putsMax();
        // In order, as what bears neither version nor time goes by it: so many at once, and the next when these are
        // stored.
        return Source.from(sifted.kept())
                .map(record -> Again.copy(record, wanted.request()))
                .batchWeighted(
                        putsMax,
                        copy -> 1 + copy.value().length * putsMax / PUT_BYTES_MAX,
                        copy -> new ArrayList<>(List.of(copy)),
                        (copies, copy) -> {
                            copies.add(copy);
                            return copies;
                        })
                .mapAsync(1, copies -> inbox.append(copies).thenApply(done -> stored.addAndGet(copies.size())))
                .runWith(Sink.ignore(), system)
                .handle((done, failure) -> {
                    if (failure == null) {
                        return new Put(sifted.extent());
                    }
                    throw interrupted(failure, stored.get(), sifted.kept().size());
                });
    }

    private static Declined interrupted(Throwable failure, int stored, int all) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        Problem problem = cause instanceof Inbox.Full ? Problem.SLOW_DOWN : Problem.UNAVAILABLE;
        return new Declined(
                problem, stored + " of " + all + " records were put in, then: " + cause.getMessage() + "; do it again");
    }

    /** Where the link leads, by the merchant itself. */
    private CompletionStage<Directory.Route> route(Wanted wanted) {
        return merchants
                .ask(wanted.merchant(), new MerchantQuery.Summary(), settings.askTimeout())
                .thenApply(reply -> {
                    if (!(reply instanceof MerchantReply.Merchant merchant)) {
                        throw Declined.of(reply);
                    }
                    Link link = merchant.profile()
                            .link(wanted.link())
                            .orElseThrow(() -> new Declined(
                                    Problem.UNKNOWN_LINK,
                                    "merchant " + wanted.merchant() + " has no link \"" + wanted.link() + "\""));
                    return new Directory.Route(
                            wanted.merchant(), link, merchant.profile().currency());
                });
    }

    private CompletionStage<Sifting> sift(Wanted wanted) {
        String topic = wanted.fromQuarantine() ? Topics.QUARANTINE : Topics.INBOUND;
        return kafka.describe(topic)
                .thenComposeAsync(
                        description -> {
                            int partitions = description.partitions().size();
                            TopicPartition partition = new TopicPartition(
                                    topic, partition(wanted.merchant().value(), partitions));
                            return offset(partition, OffsetSpec.latest())
                                    .thenCombine(
                                            offset(partition, OffsetSpec.forTimestamp(timestamp(wanted.from()))),
                                            (end, start) -> new Stretch(partition, start, end));
                        },
                        executor)
                .thenComposeAsync(stretch -> sift(wanted, stretch), executor);
    }

    private record Stretch(TopicPartition partition, long start, long end) {}

    private CompletionStage<Sifting> sift(Wanted wanted, Stretch stretch) {
        // Of a time that nothing came after, Kafka says -1.
        long start = stretch.start() < 0 ? stretch.end() : stretch.start();
        Sifting sifting = new Sifting(wanted.merchant(), wanted.link(), settings, start, stretch.end());
        if (start >= stretch.end()) {
            return CompletableFuture.completedFuture(sifting);
        }
        return Consumer.plainSource(
                        kafka.consumer(GROUP), Subscriptions.assignmentWithOffset(stretch.partition(), start))
                .takeWithin(settings.readWithin())
                .takeWhile(sifting::take)
                .runWith(Sink.ignore(), system)
                .thenApply(done -> sifting);
    }

    /** Of times before 1970 Kafka has its own idea, and later ones than a number can say are all to come. */
    static long timestamp(Instant from) {
        if (from.isBefore(Instant.EPOCH)) {
            return 0;
        }
        return from.isBefore(LATEST) ? from.toEpochMilli() : Long.MAX_VALUE;
    }

    private CompletionStage<Long> offset(TopicPartition partition, OffsetSpec which) {
        return kafka.admin()
                .listOffsets(Map.of(partition, which))
                .partitionResult(partition)
                .toCompletionStage()
                .thenApply(ListOffsetsResultInfo::offset);
    }

    /** As Kafka's producers choose it. */
    static int partition(String key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    /** Each holds {@code bytes-max} and reads a partition, so a node has a few at a time. */
    private <T> CompletionStage<T> placed(Supplier<CompletionStage<T>> work) {
        if (!places.tryAcquire()) {
            return CompletableFuture.failedFuture(new Declined(
                    Problem.SLOW_DOWN, "this node does " + settings.replaysMax() + " replays already, the most"));
        }
        return work.get().whenComplete((result, failure) -> places.release()).exceptionally(failure -> {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            throw cause instanceof Declined declined
                    ? declined
                    : new Declined(Problem.UNAVAILABLE, "Kafka could not be read: " + cause.getMessage());
        });
    }
}
