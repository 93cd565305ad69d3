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
import dev.tournant.model.PartnerName;
import io.micrometer.core.instrument.MeterRegistry;
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
 * and then what changes. About half a kilobyte a merchant. Where several merchants claim one link, {@link LinkClaims}
 * decides, on every node alike.
 */
public final class KafkaDirectory implements Directory {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaDirectory.class);

    private final ConcurrentNavigableMap<MerchantId, DirectoryEntry> merchants = new ConcurrentSkipListMap<>();
    private final LinkClaims claims = new LinkClaims();
    private final LinkConflicts conflicts;
    /** For each partition, the offset up to which it must be read before the directory is complete. */
    private final Map<Integer, Long> missing = new ConcurrentHashMap<>();

    private volatile boolean started;

    KafkaDirectory(MeterRegistry registry) {
        this.conflicts = new LinkConflicts(registry);
    }

    public static KafkaDirectory start(ActorSystem<?> system, KafkaSettings kafka, MeterRegistry registry) {
        KafkaDirectory directory = new KafkaDirectory(registry);
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

    /** The directory is complete when what stands before these offsets is read. */
    void expect(Map<TopicPartition, Long> ends) {
        if (!started) {
            ends.forEach((partition, end) -> {
                if (end > 0) {
                    missing.put(partition.partition(), end);
                }
            });
            started = true;
        }
    }

    /** Takes a record in; synchronized, since a stream that was broken off may still be at its last one. */
    synchronized Done apply(ConsumerRecord<String, byte[]> record) {
        boolean complete = isComplete();
        List<Link> touched = put(record);
        Long end = missing.get(record.partition());
        if (end != null && record.offset() >= end - 1) {
            missing.remove(record.partition());
        }
        if (complete) {
            touched.forEach(link -> conflicts.claimed(link.id(), claims.claimants(link.id())));
        } else if (isComplete()) {
            // Not before: of a link that changed hands, the new claim may be read before the old one's end.
            claims.links().forEach(link -> conflicts.claimed(link, claims.claimants(link)));
        }
        return Done.getInstance();
    }

    /** Takes an entry in, and says which links it claims or no longer claims. */
    private List<Link> put(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            return List.of();
        }
        try {
            return put(Json.text().readValue(record.value(), DirectoryEntry.class));
        } catch (IOException e) {
            LOG.error(
                    "{}: the record at {}/{} is no directory entry and is passed over: {}",
                    Topics.MERCHANTS,
                    record.partition(),
                    record.offset(),
                    e.getMessage());
            return List.of();
        }
    }

    private List<Link> put(DirectoryEntry entry) {
        DirectoryEntry before = merchants.get(entry.id());
        if (before != null && before.revision() > entry.revision()) {
            return List.of();
        }
        merchants.put(entry.id(), entry);
        List<Link> held = before == null ? List.of() : before.profile().links();
        List<Link> wanted = entry.profile().links();
        claims.replace(entry.id(), entry.profile().currency(), held, wanted);
        List<Link> touched = new ArrayList<>(held);
        touched.addAll(wanted);
        return touched;
    }

    @Override
    public Optional<Route> route(LinkId link) {
        return claims.holder(link);
    }

    @Override
    public List<Route> routes(PartnerName partner, String account, @Nullable String location) {
        return claims.holders(partner, account).stream()
                .filter(route ->
                        location == null || location.equals(route.link().location()))
                .toList();
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
