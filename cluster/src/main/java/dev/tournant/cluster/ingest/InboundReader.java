package dev.tournant.cluster.ingest;

import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.Writing;
import dev.tournant.cluster.sync.Remembered;
import dev.tournant.messages.Delivery;
import dev.tournant.messages.Directory;
import dev.tournant.messages.Inbound;
import dev.tournant.messages.Position;
import dev.tournant.messages.Problem;
import dev.tournant.messages.RemoteRecord;
import dev.tournant.model.Link;
import dev.tournant.model.MerchantId;
import dev.tournant.model.PartnerName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Turns Kafka records into deliveries, by the adapters. Pure. */
final class InboundReader {
    private final Map<PartnerName, Adapter> adapters;
    private final String topicId;
    private final long weightMax;

    /**
     * @param weightMax about how many bytes what is read of one record may take in a message
     */
    InboundReader(Map<PartnerName, Adapter> adapters, String topicId, long weightMax) {
        this.adapters = Map.copyOf(adapters);
        this.topicId = topicId;
        this.weightMax = weightMax;
    }

    /** What a record turned out to be. */
    sealed interface Result {
        /**
         * It can be applied, all or in part.
         *
         * @param weight about how many bytes the delivery takes in a message
         */
        record Good(MerchantId merchant, Delivery delivery, long weight) implements Result {}

        /** It cannot, and why. */
        record Bad(Problem problem, String detail) implements Result {}
    }

    /** The envelope; throws where the record has none that makes sense. */
    Inbound envelope(ConsumerRecord<String, byte[]> record) throws Inbound.Malformed {
        Map<String, String> headers = new HashMap<>();
        for (Header header : record.headers()) {
            if (header.value() != null) {
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        Inbound inbound = Inbound.read(
                record.key(), headers, record.value(), Instant.ofEpochMilli(Math.max(0, record.timestamp())));
        return inbound;
    }

    boolean knows(PartnerName partner) {
        return adapters.containsKey(partner);
    }

    /** @param route where the link leads; null if the merchant has no such link */
    Result read(ConsumerRecord<String, byte[]> record, Inbound inbound, Directory.@Nullable Route route) {
        return read(record, inbound, route, isReplay(record));
    }

    /** Whether a record was put in again on purpose. */
    static boolean isReplay(ConsumerRecord<String, byte[]> record) {
        return record.headers().lastHeader(Inbound.REPLAY_HEADER) != null;
    }

    /**
     * The same of a record that is read again. What it says of what the partner holds, and of jobs, was heard when it came
     * first and has been overtaken.
     */
    Result readAgain(ConsumerRecord<String, byte[]> record, Inbound inbound, Directory.Route route) {
        return read(record, inbound, route, true);
    }

    private Result read(
            ConsumerRecord<String, byte[]> record, Inbound inbound, Directory.@Nullable Route route, boolean replayed) {
        Adapter adapter = adapters.get(inbound.partner());
        if (adapter == null) {
            return new Result.Bad(
                    Problem.UNKNOWN_PARTNER, "there is no adapter for \"" + inbound.partner() + "\" on this node");
        }
        if (route == null) {
            return new Result.Bad(
                    Problem.UNKNOWN_LINK, "merchant " + inbound.merchant() + " has no link \"" + inbound.link() + "\"");
        }
        Link link = route.link();
        if (!link.partner().equals(inbound.partner())) {
            return new Result.Bad(
                    Problem.UNKNOWN_LINK,
                    "link " + link.id() + " is one of " + link.partner() + ", not of " + inbound.partner());
        }
        Reading reading;
        List<RemoteRecord> remotes;
        try {
            Payload payload = new Payload(
                    link,
                    route.currency(),
                    inbound.page() == null ? null : inbound.page().resource(),
                    inbound.receivedAt(),
                    inbound.body());
            reading = adapter.read(payload);
            remotes = replayed ? List.of() : remotes(adapter, payload);
        } catch (RuntimeException e) {
            // Adapters report what they cannot read; one that throws has a defect, which must not stop the stream.
            return new Result.Bad(Problem.DEFECT, e.getClass().getSimpleName() + ": " + e.getMessage());
        }
        String unreadable = unreadable(reading);
        if (reading.events().isEmpty() && reading.jobs().isEmpty() && !unreadable.isEmpty()) {
            return new Result.Bad(Problem.UNREADABLE, unreadable);
        }
        Position position = new Position(topicId, record.partition(), record.offset());
        Delivery delivery = new Delivery(
                position,
                inbound.link(),
                reading.events(),
                inbound.page(),
                unreadable,
                remotes,
                replayed
                        ? List.of()
                        : reading.jobs().stream().map(Remembered::of).toList(),
                inbound.receivedAt(),
                replayed,
                reading.covers(),
                reading.at());
        long weight = delivery.weight();
        // Akka would drop a message that is too large, and the record would be sent for ever.
        return weight <= weightMax
                ? new Result.Good(inbound.merchant(), delivery, weight)
                : new Result.Bad(
                        Problem.TOO_LARGE,
                        "what is read of it takes about " + weight + " bytes; the most is " + weightMax
                                + ": have the partner send smaller pages");
    }

    /** What the partner holds has to be known of links that are told, and of no others. */
    private static List<RemoteRecord> remotes(Adapter adapter, Payload payload) {
        Writing writing =
                payload.link().direction().writes() ? adapter.writing().orElse(null) : null;
        if (writing == null) {
            return List.of();
        }
        List<RemoteRecord> remotes = new ArrayList<>();
        writing.seen(payload).forEach((key, remote) -> remotes.add(Remembered.of(key, remote)));
        return remotes;
    }

    private static String unreadable(Reading reading) {
        StringBuilder all = new StringBuilder();
        for (Reading.Unreadable part : reading.unreadable()) {
            if (all.length() > 2_000) {
                return all.append("; and more").toString();
            }
            all.append(all.length() == 0 ? "" : "; ").append(part);
        }
        return all.toString();
    }
}
