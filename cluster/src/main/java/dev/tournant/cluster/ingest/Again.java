package dev.tournant.cluster.ingest;

import dev.tournant.adapter.Adapter;
import dev.tournant.messages.Delivery;
import dev.tournant.messages.Directory;
import dev.tournant.messages.Inbound;
import dev.tournant.messages.MerchantReply.Rehearsal;
import dev.tournant.messages.MerchantReply.Unable;
import dev.tournant.messages.Position;
import dev.tournant.messages.Replays;
import dev.tournant.messages.Topics;
import dev.tournant.model.Instants;
import dev.tournant.model.PartnerName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Raw records of a link, read by today's adapter, or copied to be put in again. Pure. */
final class Again {
    /** Not the id of any topic, so that no merchant takes an offset for one that it has dealt with. */
    private static final String REHEARSAL = "rehearsal";
    /** What is read of bytes weighs about as much; much more would be no message. */
    private static final int GROWTH_MAX = 2;

    private final InboundReader reader;
    private final long weightMax;

    Again(Map<PartnerName, Adapter> adapters, long bytesMax) {
        this.weightMax = GROWTH_MAX * bytesMax;
        this.reader = new InboundReader(adapters, REHEARSAL, weightMax);
    }

    /**
     * What records say.
     *
     * @param read how many of them were read, as what is read is bounded too
     * @param unreadable the first {@value Rehearsal#UNABLE_MAX}
     */
    record Reread(Replays.Extent read, List<Delivery> deliveries, List<Unable> unreadable, int unreadableCount) {}

    Reread read(Directory.Route route, List<ConsumerRecord<String, byte[]>> records, Replays.Extent extent) {
        List<Delivery> deliveries = new ArrayList<>();
        List<Unable> unreadable = new ArrayList<>();
        int bad = 0;
        long weight = 0;
        long bytes = 0;
        for (int i = 0; i < records.size(); i++) {
            ConsumerRecord<String, byte[]> record = records.get(i);
            InboundReader.Result result = result(route, record);
            if (result instanceof InboundReader.Result.Good good) {
                weight += good.weight();
                if (weight > weightMax && !deliveries.isEmpty()) {
                    Instant until = Instant.ofEpochMilli(Math.max(0, record.timestamp()));
                    return new Reread(new Replays.Extent(i, bytes, until, "bytes"), deliveries, unreadable, bad);
                }
                deliveries.add(good.delivery());
            } else {
                InboundReader.Result.Bad why = (InboundReader.Result.Bad) result;
                bad++;
                if (unreadable.size() < Rehearsal.UNABLE_MAX) {
                    Position position = new Position(REHEARSAL, record.partition(), record.offset());
                    unreadable.add(new Unable(position, why.problem(), why.detail()));
                }
            }
            bytes += Math.max(0, record.serializedValueSize());
        }
        return new Reread(extent, deliveries, unreadable, bad);
    }

    private InboundReader.Result result(Directory.Route route, ConsumerRecord<String, byte[]> record) {
        try {
            return reader.readAgain(record, reader.envelope(record), route);
        } catch (Inbound.Malformed e) {
            return new InboundReader.Result.Bad(e.problem(), String.valueOf(e.getMessage()));
        }
    }

    /** The same record for {@code tournant.inbound}; when it reached us first stays true. */
    static ProducerRecord<String, byte[]> copy(ConsumerRecord<String, byte[]> original, String request) {
        List<Header> headers = new ArrayList<>();
        boolean received = false;
        for (Header header : original.headers()) {
            received |= header.key().equals(Inbound.RECEIVED_HEADER);
            if (!Quarantined.HEADERS.contains(header.key())) {
                headers.add(header);
            }
        }
        if (!received) {
            Instant at = Instant.ofEpochMilli(Math.max(0, original.timestamp()));
            headers.add(header(Inbound.RECEIVED_HEADER, Instants.print(at)));
        }
        headers.add(header(Inbound.REPLAY_HEADER, request));
        return new ProducerRecord<>(Topics.INBOUND, null, original.key(), original.value(), headers);
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
