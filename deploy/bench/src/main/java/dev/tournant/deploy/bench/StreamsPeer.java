package dev.tournant.deploy.bench;

import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Reading;
import dev.tournant.adapters.square.SquareAdapter;
import dev.tournant.messages.Inbound;
import dev.tournant.messages.Topics;
import dev.tournant.model.Item;
import dev.tournant.model.Link;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.RecordDelta;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The peer: the last quantity of each merchant and item in a Kafka Streams store, exactly once. It reads the envelope
 * and the payload by the same code as a node. It keeps no history, no provenance and no event ids, compares no times,
 * and publishes nothing but its changelog.
 */
public final class StreamsPeer {
    static final String APPLICATION = "streams-peer";
    static final String STORE = "quantities";

    private StreamsPeer() {}

    /** Arguments: Kafka, state directory, merchants, threads. */
    public static void main(String[] args) throws InterruptedException {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION);
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, args[0]);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, args[1]);
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, Integer.parseInt(args[3]));
        settings.put(StreamsConfig.producerPrefix("compression.type"), "lz4");
        Map<String, Link> links = new HashMap<>();
        for (int i = 0; i < Integer.parseInt(args[2]); i++) {
            links.put(StockFeed.merchant(i).value(), StockFeed.link(i));
        }
        KafkaStreams streams = new KafkaStreams(topology(links), settings);
        streams.setUncaughtExceptionHandler(failure -> {
            failure.printStackTrace();
            Runtime.getRuntime().halt(1);
            return org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse
                    .SHUTDOWN_CLIENT;
        });
        CountDownLatch over = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            streams.close();
            over.countDown();
        }));
        streams.start();
        over.await();
    }

    private static Topology topology(Map<String, Link> links) {
        return new Topology()
                .addSource(
                        "inbound",
                        Serdes.String().deserializer(),
                        Serdes.ByteArray().deserializer(),
                        Topics.INBOUND)
                .addProcessor("keep", () -> new Keep(links), "inbound")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                        Stores.persistentKeyValueStore(STORE), Serdes.String(), Serdes.String())
                                .withCachingDisabled()
                                .withLoggingEnabled(Map.of()),
                        "keep");
    }

    private static final class Keep implements Processor<String, byte[], Void, Void> {
        private final Adapter adapter = new SquareAdapter();
        private final Map<String, Link> links;
        private @Nullable KeyValueStore<String, String> store;

        Keep(Map<String, Link> links) {
            this.links = links;
        }

        @Override
        public void init(ProcessorContext<Void, Void> context) {
            store = context.getStateStore(STORE);
        }

        @Override
        public void process(Record<String, byte[]> record) {
            Map<String, String> headers = new HashMap<>();
            for (Header header : record.headers()) {
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
            Inbound inbound;
            try {
                inbound = Inbound.read(record.key(), headers, record.value(), Instant.ofEpochMilli(record.timestamp()));
            } catch (Inbound.Malformed e) {
                throw new IllegalStateException(e);
            }
            Link link = links.get(inbound.merchant().value());
            if (link == null || !link.id().equals(inbound.link())) {
                throw new IllegalStateException("no link " + inbound.link());
            }
            Reading reading = adapter.read(new Payload(link, null, inbound.receivedAt(), inbound.body()));
            for (PartnerEvent event : reading.events()) {
                for (RecordDelta delta : event.deltas()) {
                    BigDecimal quantity = delta.fields().get(Item.QUANTITY);
                    Objects.requireNonNull(store, "init comes first")
                            .put(
                                    inbound.merchant().value() + "/"
                                            + delta.key().id().value(),
                                    quantity == null ? "" : quantity.toPlainString());
                }
            }
        }
    }
}
