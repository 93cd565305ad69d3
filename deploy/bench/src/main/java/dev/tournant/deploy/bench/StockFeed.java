package dev.tournant.deploy.bench;

import dev.tournant.messages.Inbound;
import dev.tournant.messages.Topics;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.PartnerName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Square's {@code inventory.count.updated} webhooks as a node puts them into Kafka, one count each, about 550 bytes,
 * and what the last of each merchant and item says. The same seed gives the same records. Each record says a new
 * quantity at a later time than all before, so each changes something.
 */
final class StockFeed {
    static final PartnerName SQUARE = new PartnerName("square");
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

    private final int merchants;
    private final int items;
    private final double[] shares;
    private final SplittableRandom random = new SplittableRandom(20_261_122);
    private final long[] last;
    private long sent;

    /** @param zipf whether the n-th merchant is spoken of 1/n as often as the first; otherwise all alike */
    StockFeed(int merchants, int items, boolean zipf) {
        this.merchants = merchants;
        this.items = items;
        this.shares = shares(merchants, zipf);
        this.last = new long[merchants * items];
    }

    /** For each merchant, the share of records that it and those before it have. */
    static double[] shares(int merchants, boolean zipf) {
        double[] shares = new double[merchants];
        double sum = 0;
        for (int i = 0; i < merchants; i++) {
            sum += zipf ? 1.0 / (i + 1) : 1;
            shares[i] = sum;
        }
        for (int i = 0; i < merchants; i++) {
            shares[i] /= sum;
        }
        return shares;
    }

    static MerchantId merchant(int number) {
        return new MerchantId("merchant-" + number);
    }

    static Link link(int merchant) {
        return new Link(new LinkId("sq-" + merchant), SQUARE, "ML" + merchant, "LOC" + merchant, "bench");
    }

    static String item(int number) {
        return String.format("FGQ5JJWT2PYTHF35CKZ2%04d", number);
    }

    /** Puts more records into Kafka, and returns when all are there. */
    void send(String kafka, int records) {
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.LINGER_MS_CONFIG,
                5);
        List<Throwable> failures = new ArrayList<>();
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < records; i++) {
                Future<?> unused = producer.send(next(), (metadata, failure) -> {
                    if (failure != null) {
                        synchronized (failures) {
                            failures.add(failure);
                        }
                    }
                });
            }
            producer.flush();
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException(failures.size() + " records were not taken: " + failures.get(0));
        }
    }

    ProducerRecord<String, byte[]> next() {
        int merchant = pick();
        int item = random.nextInt(items);
        sent++;
        last[merchant * items + item] = sent;
        Link link = link(merchant);
        Instant at = FIRST.plusMillis(sent);
        String event = "df5f3813-a913-45a1-94e9-" + String.format("%012d", sent);
        String json = """
                {"merchant_id":"%s","type":"inventory.count.updated","event_id":"%s","created_at":"%s","data":\
                {"type":"inventory_counts","id":"84e4ac73-d605-4dbd-a9e5-ffff794ddb9d","object":{"inventory_counts":\
                [{"calculated_at":"%s","catalog_object_id":"%s","catalog_object_type":"ITEM_VARIATION",\
                "location_id":"%s","quantity":"%d","state":"IN_STOCK"}]}}}""".formatted(link.account(), event, at, at, item(item), link.location(), sent);
        Inbound inbound = new Inbound(
                merchant(merchant),
                SQUARE,
                link.id(),
                Inbound.Source.WEBHOOK,
                at,
                event,
                null,
                json.getBytes(StandardCharsets.UTF_8));
        RecordHeaders headers = new RecordHeaders();
        inbound.headers().forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        return new ProducerRecord<>(Topics.INBOUND, null, inbound.merchant().value(), inbound.body(), headers);
    }

    private int pick() {
        int found = Arrays.binarySearch(shares, random.nextDouble());
        return Math.min(merchants - 1, found >= 0 ? found : -found - 1);
    }

    long sent() {
        return sent;
    }

    int merchants() {
        return merchants;
    }

    int items() {
        return items;
    }

    /** The last quantity of an item; 0 where none was ever told. */
    long last(int merchant, int item) {
        return last[merchant * items + item];
    }
}
