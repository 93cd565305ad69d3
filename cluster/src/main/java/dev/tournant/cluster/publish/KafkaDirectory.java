package dev.tournant.cluster.publish;

import akka.Done;
import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.kafka.ConsumerSettings;
import akka.kafka.Subscriptions;
import akka.kafka.javadsl.Consumer;
import akka.stream.RestartSettings;
import akka.stream.javadsl.RestartSource;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import dev.tournant.cluster.ops.KafkaSettings;
import dev.tournant.messages.Directory;
import dev.tournant.messages.DirectoryEntry;
import dev.tournant.messages.Json;
import dev.tournant.messages.Topics;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory, read from the compacted topic {@code tournant.merchants} into memory: all of it when the node starts,
 * and then what changes. About half a kilobyte a merchant.
 */
public final class KafkaDirectory implements Directory {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaDirectory.class);

    private final ConcurrentNavigableMap<MerchantId, DirectoryEntry> merchants = new ConcurrentSkipListMap<>();
    private final Map<LinkId, Route> routes = new ConcurrentHashMap<>();
    /** For each partition, the offset up to which it must be read before the directory is complete. */
    private final Map<Integer, Long> missing = new ConcurrentHashMap<>();

    private volatile boolean started;

    private KafkaDirectory() {}

    public static KafkaDirectory start(ActorSystem<?> system, KafkaSettings kafka) {
        KafkaDirectory directory = new KafkaDirectory();
        RestartSettings restarts = RestartSettings.create(Duration.ofMillis(500), Duration.ofSeconds(20), 0.3);
        RestartSource.withBackoff(restarts, () -> directory.source(kafka, system))
                .runWith(Sink.ignore(), system);
        return directory;
    }

    private Source<Done, NotUsed> source(KafkaSettings kafka, ActorSystem<?> system) {
        CompletionStage<Source<Done, Consumer.Control>> records = kafka.ends(Topics.MERCHANTS)
                .thenApplyAsync(
                        ends -> {
                            expect(ends);
                            Map<TopicPartition, Long> fromStart = new HashMap<>();
                            ends.keySet().forEach(partition -> fromStart.put(partition, 0L));
                            // No group: every node reads everything, and nothing is committed.
                            ConsumerSettings<String, byte[]> consumer = kafka.consumer("directory-" + system.address());
                            return Consumer.plainSource(consumer, Subscriptions.assignmentWithOffset(fromStart))
                                    .map(this::apply);
                        },
                        system.executionContext());
        return Source.completionStageSource(records).mapMaterializedValue(control -> NotUsed.getInstance());
    }

    private void expect(Map<TopicPartition, Long> ends) {
        if (!started) {
            ends.forEach((partition, end) -> {
                if (end > 0) {
                    missing.put(partition.partition(), end);
                }
            });
            started = true;
        }
    }

    private Done apply(ConsumerRecord<String, byte[]> record) {
        Long end = missing.get(record.partition());
        if (end != null && record.offset() >= end - 1) {
            missing.remove(record.partition());
        }
        try {
            if (record.value() != null) {
                put(Json.text().readValue(record.value(), DirectoryEntry.class));
            }
        } catch (IOException e) {
            LOG.error(
                    "{}: the record at {}/{} is no directory entry and is passed over: {}",
                    Topics.MERCHANTS,
                    record.partition(),
                    record.offset(),
                    e.getMessage());
        }
        return Done.getInstance();
    }

    private synchronized void put(DirectoryEntry entry) {
        DirectoryEntry before = merchants.get(entry.id());
        if (before != null && before.revision() > entry.revision()) {
            return;
        }
        merchants.put(entry.id(), entry);
        if (before != null) {
            for (Link link : before.profile().links()) {
                routes.computeIfPresent(
                        link.id(), (id, route) -> route.merchant().equals(entry.id()) ? null : route);
            }
        }
        for (Link link : entry.profile().links()) {
            Route route = new Route(entry.id(), link, entry.profile().currency());
            routes.merge(link.id(), route, (held, wanted) -> {
                // Two merchants claim one link: the first by id has it, on every node alike.
                boolean mine = wanted.merchant().compareTo(held.merchant()) <= 0;
                return mine ? wanted : held;
            });
        }
    }

    @Override
    public Optional<Route> route(LinkId link) {
        return Optional.ofNullable(routes.get(link));
    }

    @Override
    public List<DirectoryEntry> merchants(@Nullable MerchantId after, int limit) {
        List<DirectoryEntry> page = new ArrayList<>();
        for (DirectoryEntry entry : (after == null ? merchants : merchants.tailMap(after, false)).values()) {
            if (page.size() == limit) {
                break;
            }
            page.add(entry);
        }
        return page;
    }

    @Override
    public int size() {
        return merchants.size();
    }

    @Override
    public boolean isComplete() {
        return started && missing.isEmpty();
    }
}
