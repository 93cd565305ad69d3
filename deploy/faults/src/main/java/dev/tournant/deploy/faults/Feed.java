package dev.tournant.deploy.faults;

import dev.tournant.deploy.stack.Stack;
import dev.tournant.messages.Inbound;
import dev.tournant.messages.Topics;
import dev.tournant.model.PartnerName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Square's stock webhooks as a node puts them into Kafka, each with an event and an item of its own, until closed. */
final class Feed implements AutoCloseable {
    private static final PartnerName SQUARE = new PartnerName("square");
    private static final Instant FIRST = Instant.parse("2032-01-01T00:00:00Z");
    private static final int BATCHES_PER_SECOND = 10;

    private final List<Stack.Merchant> merchants;
    private final Ledger ledger;
    private final KafkaProducer<String, byte[]> producer;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private long sent;

    private Feed(Stack stack, Ledger ledger) {
        this.merchants = stack.merchants();
        this.ledger = ledger;
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        stack.kafka().hostPort(),
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        // A record that Kafka took twice would be two records of one event to us.
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    static Feed start(Stack stack, Ledger ledger, int perSecond) {
        Feed feed = new Feed(stack, ledger);
        int batch = Math.max(1, perSecond / BATCHES_PER_SECOND);
        Future<?> unused = feed.clock.scheduleAtFixedRate(
                () -> feed.send(batch),
                0,
                Duration.ofSeconds(1).toMillis() / BATCHES_PER_SECOND,
                TimeUnit.MILLISECONDS);
        return feed;
    }

    private void send(int records) {
        for (int i = 0; i < records; i++) {
            Stack.Merchant merchant = merchants.get((int) (sent % merchants.size()));
            String event = Ids.event(++sent);
            Future<?> unused = producer.send(record(merchant, event, FIRST.plusMillis(sent)), (metadata, failure) -> {
                if (failure == null) {
                    ledger.fed(event, merchant.id().value());
                }
            });
        }
    }

    private static ProducerRecord<String, byte[]> record(Stack.Merchant merchant, String event, Instant at) {
        String json = """
                {"merchant_id":"%s","type":"inventory.count.updated","event_id":"%s","created_at":"%s","data":\
                {"type":"inventory_counts","id":"x","object":{"inventory_counts":[{"calculated_at":"%s",\
                "catalog_object_id":"%s","catalog_object_type":"ITEM_VARIATION","location_id":"%s","quantity":"5",\
                "state":"IN_STOCK"}]}}}""".formatted(merchant.seller(), event, at, at, "item-" + event, merchant.location());
        Inbound inbound = new Inbound(
                merchant.id(),
                SQUARE,
                merchant.link(),
                Inbound.Source.WEBHOOK,
                at,
                event,
                null,
                json.getBytes(StandardCharsets.UTF_8));
        RecordHeaders headers = new RecordHeaders();
        inbound.headers().forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        return new ProducerRecord<>(Topics.INBOUND, null, inbound.merchant().value(), inbound.body(), headers);
    }

    /** Sends nothing more; returns when Kafka has answered for all. */
    @Override
    public void close() {
        clock.shutdown();
        try {
            clock.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ofSeconds(30));
    }
}
