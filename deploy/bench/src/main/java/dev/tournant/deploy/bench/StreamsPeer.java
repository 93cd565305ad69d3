package dev.tournant.deploy.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Reading;
import dev.tournant.adapters.square.SquareAdapter;
import dev.tournant.messages.Fact;
import dev.tournant.messages.Inbound;
import dev.tournant.messages.Json;
import dev.tournant.messages.Revision;
import dev.tournant.messages.Topics;
import dev.tournant.model.Field;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Link;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordDelta;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The peer: the same state from the same topic, by Kafka Streams, exactly once. It reads envelope and payload by the
 * same code as a node, knows partner events that come again, weighs each value against where the one before came from,
 * and tells what changed, under a revision of the merchant. It keeps no history, checks no limits, never forgets an
 * event (a node cleans up), and the merchants it knows are given to it.
 */
public final class StreamsPeer {
    static final String APPLICATION = "streams-peer";
    /** By merchant and record key: the record as CBOR. */
    static final String RECORDS = "records";
    /** Where it tells what changed. */
    static final String CHANGES = "streams-changes";

    /** By merchant, link and event id: nothing. */
    private static final String EVENTS = "events";
    /** By merchant: its revision, and how many inbound records were applied and were duplicates. */
    private static final String HEADS = "heads";

    private static final byte[] NOTHING = {};

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
                .addStateStore(store(RECORDS), "keep")
                .addStateStore(store(EVENTS), "keep")
                .addStateStore(store(HEADS), "keep")
                .addSink(
                        "changes",
                        CHANGES,
                        Serdes.String().serializer(),
                        Serdes.ByteArray().serializer(),
                        "keep");
    }

    private static StoreBuilder<KeyValueStore<String, byte[]>> store(String name) {
        Serde<byte[]> bytes = Serdes.ByteArray();
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), bytes)
                .withCachingDisabled()
                .withLoggingEnabled(Map.of());
    }

    /** What a merchant counts. */
    private record Head(long revision, long applied, long duplicates) {
        static Head of(byte @Nullable [] stored) {
            ByteBuffer in = ByteBuffer.wrap(stored == null ? new byte[3 * Long.BYTES] : stored);
            return new Head(in.getLong(), in.getLong(), in.getLong());
        }

        byte[] bytes() {
            return ByteBuffer.allocate(3 * Long.BYTES)
                    .putLong(revision)
                    .putLong(applied)
                    .putLong(duplicates)
                    .array();
        }
    }

    private static final class Keep implements Processor<String, byte[], String, byte[]> {
        private final Adapter adapter = new SquareAdapter();
        private final ObjectMapper cbor = Json.mapper(new CBORFactory());
        private final Map<String, Link> links;
        private @Nullable ProcessorContext<String, byte[]> context;

        Keep(Map<String, Link> links) {
            this.links = links;
        }

        @Override
        public void init(ProcessorContext<String, byte[]> given) {
            context = given;
        }

        @Override
        public void process(Record<String, byte[]> record) {
            ProcessorContext<String, byte[]> streams = context;
            if (streams == null) {
                throw new IllegalStateException("init comes first");
            }
            Inbound inbound = inbound(record);
            String merchant = inbound.merchant().value();
            Link link = links.get(merchant);
            if (link == null || !link.id().equals(inbound.link())) {
                throw new IllegalStateException("no link " + inbound.link());
            }
            KeyValueStore<String, byte[]> heads = streams.getStateStore(HEADS);
            Head head = Head.of(heads.get(merchant));
            Reading reading = adapter.read(
                    new Payload(link, Currency.getInstance("USD"), null, inbound.receivedAt(), inbound.body()));
            boolean duplicate = true;
            for (PartnerEvent event : reading.events()) {
                if (isNew(streams, merchant, link, event)) {
                    duplicate = false;
                    head = apply(streams, record, head, link, event);
                }
            }
            Head counted =
                    new Head(head.revision, head.applied + (duplicate ? 0 : 1), head.duplicates + (duplicate ? 1 : 0));
            heads.put(merchant, counted.bytes());
        }

        private static Inbound inbound(Record<String, byte[]> record) {
            Map<String, String> headers = new HashMap<>();
            for (Header header : record.headers()) {
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
            try {
                return Inbound.read(record.key(), headers, record.value(), Instant.ofEpochMilli(record.timestamp()));
            } catch (Inbound.Malformed e) {
                throw new IllegalStateException(e);
            }
        }

        private static boolean isNew(
                ProcessorContext<String, byte[]> streams, String merchant, Link link, PartnerEvent event) {
            KeyValueStore<String, byte[]> events = streams.getStateStore(EVENTS);
            return event.id().isEmpty()
                    || events.putIfAbsent(merchant + "/" + link.id() + "/" + event.id(), NOTHING) == null;
        }

        private Head apply(
                ProcessorContext<String, byte[]> streams,
                Record<String, byte[]> record,
                Head head,
                Link link,
                PartnerEvent event) {
            KeyValueStore<String, byte[]> records = streams.getStateStore(RECORDS);
            long number = head.revision + 1;
            List<RecordDelta> news = new ArrayList<>();
            for (RecordDelta delta : event.deltas()) {
                String key = record.key() + "/" + delta.key();
                Provenance by = delta.provenance(link.id(), event.id());
                byte[] stored = records.get(key);
                FlatRecord before = stored == null ? FlatRecord.unknown(delta.key()) : read(stored);
                List<Field<?>> again = before.repeated(delta, by);
                FlatRecord now = again.isEmpty() ? before : before.afterRepetition(again, by);
                Optional<RecordDelta> change = now.news(delta, by);
                if (change.isPresent()) {
                    news.add(change.get());
                    now = now.after(change.get(), by, number);
                }
                if (change.isPresent() || !again.isEmpty()) {
                    records.put(key, write(cbor, now));
                }
            }
            if (news.isEmpty()) {
                return head;
            }
            Revision revision =
                    new Revision(number, Instant.now(), link.id(), event.id(), List.of(new Fact.RecordsChanged(news)));
            streams.forward(new Record<>(record.key(), write(Json.text(), revision), record.timestamp()));
            return new Head(number, head.applied, head.duplicates);
        }

        private FlatRecord read(byte[] stored) {
            try {
                return cbor.readValue(stored, FlatRecord.class);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static byte[] write(ObjectMapper mapper, Object value) {
            try {
                return mapper.writeValueAsBytes(value);
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
