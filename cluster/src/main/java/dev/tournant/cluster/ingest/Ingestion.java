package dev.tournant.cluster.ingest;

import akka.Done;
import akka.actor.typed.ActorSystem;
import akka.pattern.Patterns;
import dev.tournant.messages.Delivery;
import dev.tournant.messages.Directory;
import dev.tournant.messages.Inbound;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Merchants;
import dev.tournant.messages.Outcome;
import dev.tournant.messages.Problem;
import dev.tournant.model.MerchantId;
import dev.tournant.model.MerchantProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deals with one chunk of a partition: reads its records, gives each merchant what is for it as one batch, puts into
 * quarantine what cannot be read or applied, and completes when all of that is durable, so that the offsets can be
 * committed.
 *
 * <p>Order: a merchant gets the next batch only after it has answered the one before, and the next chunk of a
 * partition begins after this one, so a merchant sees the records of a partition in order of offset. That matters: its
 * high-water mark would take a record that comes after a later one for a redelivery.
 *
 * <p>A merchant that does not answer or says "slow down" is asked again, for as long as it takes; the partition waits,
 * and Kafka with it. Asking again is safe, since the marks make a repeated batch a no-op.
 */
final class Ingestion {
    private static final Logger LOG = LoggerFactory.getLogger(Ingestion.class);

    private final ActorSystem<?> system;
    private final Executor executor;
    private final IngestSettings settings;
    private final Merchants merchants;
    private final Directory directory;
    private final Quarantine quarantine;
    private final InboundReader reader;
    private final IngestMetrics metrics;

    Ingestion(
            ActorSystem<?> system,
            IngestSettings settings,
            Merchants merchants,
            Directory directory,
            Quarantine quarantine,
            InboundReader reader,
            IngestMetrics metrics) {
        this.system = system;
        this.executor = system.executionContext();
        this.settings = settings;
        this.merchants = merchants;
        this.directory = directory;
        this.quarantine = quarantine;
        this.reader = reader;
        this.metrics = metrics;
    }

    /** A record on its way, with what the merchant said about it. */
    private static final class Passage {
        private final ConsumerRecord<String, byte[]> record;
        private Instant receivedAt = Instant.EPOCH;
        private @Nullable Delivery delivery;
        private long weight;
        private @Nullable Outcome outcome;

        Passage(ConsumerRecord<String, byte[]> record) {
            this.record = record;
        }
    }

    /** Completes when everything that these records of one partition lead to is durable. */
    CompletionStage<Done> handle(List<ConsumerRecord<String, byte[]>> records) {
        List<Passage> passages = new ArrayList<>(records.size());
        records.forEach(record -> passages.add(new Passage(record)));
        metrics.received(passages.size());
        return read(passages)
                .thenComposeAsync(
                        byMerchant ->
                                quarantine(nobodys(passages)).thenComposeAsync(done -> deliver(byMerchant), executor),
                        executor)
                .whenCompleteAsync((done, failure) -> settle(passages, failure), executor)
                .thenApply(done -> Done.getInstance());
    }

    /** Those that reach no merchant. */
    private static List<Passage> nobodys(List<Passage> passages) {
        return passages.stream().filter(passage -> passage.delivery == null).toList();
    }

    private void settle(List<Passage> passages, @Nullable Throwable failure) {
        if (failure != null) {
            metrics.abandoned(passages.size());
            return;
        }
        for (Passage passage : passages) {
            Outcome outcome = passage.outcome;
            metrics.settled(outcome == null ? Outcome.Kind.QUARANTINED : outcome.kind(), passage.receivedAt);
        }
    }

    /** A record whose headers make sense, and where the directory says that its link leads. */
    private record Envelope(Passage passage, Inbound inbound, Directory.@Nullable Route known) {}

    /** Reads all records; those for one merchant stay together, in order. */
    private CompletionStage<Map<MerchantId, List<Passage>>> read(List<Passage> passages) {
        List<Envelope> envelopes = new ArrayList<>(passages.size());
        Map<MerchantId, CompletionStage<Optional<MerchantProfile>>> profiles = new LinkedHashMap<>();
        for (Passage passage : passages) {
            try {
                if (passage.record.serializedValueSize() > settings.recordBytesMax()) {
                    passage.outcome = Outcome.quarantined(Problem.TOO_LARGE, tooLarge(passage.record));
                    continue;
                }
                Inbound inbound = reader.envelope(passage.record);
                // How long a replay took counts from when it was put in.
                passage.receivedAt = InboundReader.isReplay(passage.record)
                        ? Instant.ofEpochMilli(Math.max(0, passage.record.timestamp()))
                        : inbound.receivedAt();
                Directory.Route known = known(inbound);
                envelopes.add(new Envelope(passage, inbound, known));
                if (known == null && reader.knows(inbound.partner())) {
                    profiles.computeIfAbsent(inbound.merchant(), this::profile);
                }
            } catch (Inbound.Malformed e) {
                passage.outcome = Outcome.quarantined(e.problem(), String.valueOf(e.getMessage()));
            }
        }
        return all(profiles.values())
                .thenApplyAsync(
                        done -> {
                            Map<MerchantId, List<Passage>> byMerchant = new LinkedHashMap<>();
                            for (Envelope each : envelopes) {
                                read(each.passage, each.inbound, route(each, profiles), byMerchant);
                            }
                            return byMerchant;
                        },
                        executor);
    }

    /** What was compressed may be of any size; what is read goes to its merchant as one message, which has a bound. */
    private String tooLarge(ConsumerRecord<String, byte[]> record) {
        return "the record's value has " + record.serializedValueSize() + " bytes; the most is "
                + settings.recordBytesMax() + " (tournant.kafka.message-bytes-max): send it in smaller parts";
    }

    private void read(
            Passage passage,
            Inbound inbound,
            Directory.@Nullable Route route,
            Map<MerchantId, List<Passage>> byMerchant) {
        InboundReader.Result result = reader.read(passage.record, inbound, route);
        if (result instanceof InboundReader.Result.Good good) {
            passage.delivery = good.delivery();
            passage.weight = good.weight();
            byMerchant
                    .computeIfAbsent(good.merchant(), merchant -> new ArrayList<>())
                    .add(passage);
        } else if (result instanceof InboundReader.Result.Bad bad) {
            passage.outcome = Outcome.quarantined(bad.problem(), bad.detail());
        }
    }

    private Directory.@Nullable Route known(Inbound inbound) {
        return directory
                .route(inbound.link())
                .filter(route -> route.merchant().equals(inbound.merchant()))
                .orElse(null);
    }

    private static Directory.@Nullable Route route(
            Envelope envelope, Map<MerchantId, CompletionStage<Optional<MerchantProfile>>> profiles) {
        Directory.Route known = envelope.known;
        if (known != null) {
            return known;
        }
        Inbound inbound = envelope.inbound;
        CompletionStage<Optional<MerchantProfile>> asked = profiles.get(inbound.merchant());
        if (asked == null) {
            return null;
        }
        return asked.toCompletableFuture()
                .join()
                .flatMap(profile -> profile.link(inbound.link())
                        .map(link -> new Directory.Route(inbound.merchant(), link, profile.currency())))
                .orElse(null);
    }

    /** The directory follows the merchants a moment late, so what it does not know, the merchant is asked itself. */
    private CompletionStage<Optional<MerchantProfile>> profile(MerchantId merchant) {
        return insist(
                () -> merchants.ask(merchant, new MerchantQuery.Summary(), settings.askTimeout()),
                settings.retryFirst(),
                reply -> reply instanceof MerchantReply.Merchant known
                        ? Optional.of(known.profile())
                        : Optional.empty());
    }

    /** Gives every merchant its records; merchants side by side, the batches of one after another. */
    private CompletionStage<Void> deliver(Map<MerchantId, List<Passage>> byMerchant) {
        List<CompletionStage<Void>> merchantsDone = new ArrayList<>(byMerchant.size());
        byMerchant.forEach((merchant, passages) -> merchantsDone.add(deliver(merchant, passages)));
        return all(merchantsDone);
    }

    private CompletionStage<Void> deliver(MerchantId merchant, List<Passage> passages) {
        int size = batchSize(passages);
        List<Passage> batch = passages.subList(0, size);
        metrics.batch(size);
        List<Delivery> deliveries = new ArrayList<>(size);
        for (Passage passage : batch) {
            if (passage.delivery != null) {
                deliveries.add(passage.delivery);
            }
        }
        // What a merchant refuses is in quarantine before it gets more: it remembers only so many refusals.
        CompletionStage<Void> done = insist(
                        () -> merchants.tell(
                                merchant, new MerchantCommand.Absorb(deliveries, Instant.now()), settings.askTimeout()),
                        settings.retryFirst(),
                        reply -> accept(batch, reply))
                .thenComposeAsync(accepted -> quarantine(batch), executor);
        return size == passages.size()
                ? done
                : done.thenComposeAsync(
                        ignored -> deliver(merchant, passages.subList(size, passages.size())), executor);
    }

    private int batchSize(List<Passage> passages) {
        int most = Math.min(settings.batchDeliveriesMax(), passages.size());
        long bytes = 0;
        for (int i = 0; i < most; i++) {
            bytes += passages.get(i).weight;
            if (i > 0 && bytes > settings.batchBytesMax()) {
                return i;
            }
        }
        return most;
    }

    private static Done accept(List<Passage> batch, MerchantReply reply) {
        if (reply instanceof MerchantReply.Absorbed absorbed
                && absorbed.outcomes().size() == batch.size()) {
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).outcome = absorbed.outcomes().get(i);
            }
            return Done.getInstance();
        }
        throw new IllegalStateException("a merchant answered a batch of " + batch.size() + " with " + reply);
    }

    /**
     * Asks until there is an answer other than "not now". What is made of the answer must not be null: Akka's {@code
     * after} would never complete.
     */
    private <T> CompletionStage<T> insist(
            Supplier<CompletionStage<MerchantReply>> ask, Duration wait, Function<MerchantReply, T> use) {
        return ask.get()
                .thenComposeAsync(
                        reply -> {
                            Duration pause = pause(reply, wait);
                            if (pause == null) {
                                return CompletableFuture.completedFuture(use.apply(reply));
                            }
                            metrics.waited();
                            LOG.debug("asked again after {}: {}", pause, reply);
                            Duration doubled = wait.multipliedBy(2);
                            Duration next = doubled.compareTo(settings.retryMax()) > 0 ? settings.retryMax() : doubled;
                            return Patterns.after(pause, system, () -> insist(ask, next, use));
                        },
                        executor);
    }

    private static @Nullable Duration pause(MerchantReply reply, Duration wait) {
        if (reply instanceof MerchantReply.SlowDown slow) {
            return Duration.ofMillis(Math.max(slow.retryAfterMillis(), wait.toMillis()));
        }
        boolean notNow = reply instanceof MerchantReply.Rejected rejected && rejected.problem() == Problem.UNAVAILABLE;
        return notNow ? wait : null;
    }

    private CompletionStage<Void> quarantine(List<Passage> passages) {
        List<CompletionStage<?>> sent = new ArrayList<>();
        for (Passage passage : passages) {
            Outcome outcome = passage.outcome;
            Problem problem = outcome == null ? Problem.DEFECT : outcome.problem();
            if (outcome != null && problem != null) {
                boolean whole = outcome.kind() == Outcome.Kind.QUARANTINED;
                metrics.quarantined(problem, whole);
                sent.add(quarantine.put(passage.record, problem, outcome.detail(), whole));
            }
        }
        return all(sent);
    }

    private static CompletionStage<Void> all(Iterable<? extends CompletionStage<?>> stages) {
        List<CompletableFuture<?>> futures = new ArrayList<>();
        stages.forEach(stage -> futures.add(stage.toCompletableFuture()));
        return CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new));
    }
}
