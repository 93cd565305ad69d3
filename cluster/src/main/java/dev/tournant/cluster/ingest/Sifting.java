package dev.tournant.cluster.ingest;

import dev.tournant.messages.Inbound;
import dev.tournant.messages.Replays;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Takes from a partition what came from one link of one merchant, within bounds. What a replay put there is left out: the
 * original is there too, or too old to be asked for. Pure; used once, by one thread at a time.
 */
final class Sifting {
    private final String merchant;
    private final String link;
    private final int recordsMax;
    private final long bytesMax;
    private final long end;

    private final List<ConsumerRecord<String, byte[]>> kept = new ArrayList<>();
    private long bytes;
    private long next;
    private @Nullable Instant until;
    private @Nullable String full;

    /**
     * From a stretch of a partition.
     *
     * @param start the first offset
     * @param end the offset behind the last
     */
    Sifting(MerchantId merchant, LinkId link, ReplaySettings settings, long start, long end) {
        this.merchant = merchant.value();
        this.link = link.value();
        this.recordsMax = settings.recordsMax();
        this.bytesMax = settings.bytesMax();
        this.next = start;
        this.end = end;
    }

    /** Takes the next record, if it is one of these; whether there is any use in another. */
    boolean take(ConsumerRecord<String, byte[]> record) {
        if (record.offset() >= end) {
            next = end;
            return false;
        }
        until = Instant.ofEpochMilli(Math.max(0, record.timestamp()));
        if (isMeant(record)) {
            long size = Math.max(0, record.serializedValueSize());
            if (kept.size() >= recordsMax) {
                full = "records";
                return false;
            }
            if (!kept.isEmpty() && bytes + size > bytesMax) {
                full = "bytes";
                return false;
            }
            kept.add(record);
            bytes += size;
        }
        next = record.offset() + 1;
        return next < end;
    }

    private boolean isMeant(ConsumerRecord<String, byte[]> record) {
        Header from = record.headers().lastHeader(Inbound.LINK_HEADER);
        return merchant.equals(record.key())
                && record.value() != null
                && from != null
                && from.value() != null
                && link.equals(new String(from.value(), StandardCharsets.UTF_8))
                && !InboundReader.isReplay(record);
    }

    List<ConsumerRecord<String, byte[]>> kept() {
        return kept;
    }

    /** Of all that was taken; where nothing was full and the end was not reached, time was. */
    Replays.Extent extent() {
        String cut = full != null ? full : next < end ? "time" : null;
        return new Replays.Extent(kept.size(), bytes, until, cut);
    }
}
