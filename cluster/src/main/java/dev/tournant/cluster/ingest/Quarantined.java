package dev.tournant.cluster.ingest;

import dev.tournant.messages.Inbound;
import dev.tournant.messages.Problem;
import dev.tournant.messages.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * A record that could not be read or applied, or parts of one, as it goes to {@code tournant.quarantine}: the original
 * key, value and headers, and why. {@value #FROM_HEADER} names the original; a crash may put one there twice.
 *
 * <p>An original that has no room there is named instead: its record has no value, {@value #BYTES_HEADER} says how many bytes
 * are missing, and the original is in {@code tournant.inbound} for as long as that topic keeps it.
 */
final class Quarantined {
    static final String PROBLEM_HEADER = "tournant-problem";
    static final String DETAIL_HEADER = "tournant-detail";
    /** {@code TOPIC-ID/PARTITION@OFFSET} of the original. */
    static final String FROM_HEADER = "tournant-from";
    /** {@code whole}, or {@code parts} where the rest of the record was applied. */
    static final String SCOPE_HEADER = "tournant-scope";

    /** The size of the original's value, where the value is left out. */
    static final String BYTES_HEADER = "tournant-bytes";

    static final Set<String> HEADERS = Set.of(PROBLEM_HEADER, DETAIL_HEADER, FROM_HEADER, SCOPE_HEADER, BYTES_HEADER);

    /** What is told of an original whose bytes are left out. Anything of it may be too long, so each has a bound. */
    private static final List<String> TOLD = List.of(
            Inbound.PARTNER_HEADER,
            Inbound.LINK_HEADER,
            Inbound.ACCOUNT_HEADER,
            Inbound.SOURCE_HEADER,
            Inbound.RECEIVED_HEADER,
            Inbound.TRACE_HEADER,
            Inbound.RESOURCE_HEADER);

    private static final int TOLD_BYTES_MAX = 1_024;
    private static final int DETAIL_CHARS_MAX = 4_096;

    private Quarantined() {}

    static ProducerRecord<String, byte[]> of(
            ConsumerRecord<String, byte[]> original, String topicId, Problem problem, String detail, boolean whole) {
        List<Header> headers = new ArrayList<>();
        original.headers().forEach(headers::add);
        why(headers, original, topicId, problem, detail, whole);
        return new ProducerRecord<>(Topics.QUARANTINE, null, original.key(), original.value(), headers);
    }

    /** The same without the original's bytes; at most some 20 KB, whatever the original is. */
    static ProducerRecord<String, byte[]> named(
            ConsumerRecord<String, byte[]> original, String topicId, Problem problem, String detail, boolean whole) {
        List<Header> headers = new ArrayList<>();
        for (String name : TOLD) {
            Header header = original.headers().lastHeader(name);
            if (header != null && header.value() != null && header.value().length <= TOLD_BYTES_MAX) {
                headers.add(header);
            }
        }
        int bytes = Math.max(0, original.serializedValueSize());
        String left = "too large for " + Topics.QUARANTINE + ": the " + bytes + " bytes stand in " + original.topic()
                + ", partition " + original.partition() + ", offset " + original.offset() + ". " + detail;
        String cut = left.length() <= DETAIL_CHARS_MAX ? left : left.substring(0, DETAIL_CHARS_MAX);
        why(headers, original, topicId, problem, cut, whole);
        headers.add(header(BYTES_HEADER, Integer.toString(bytes)));
        String key = original.key();
        boolean isShort = key != null && key.length() <= TOLD_BYTES_MAX;
        return new ProducerRecord<>(Topics.QUARANTINE, null, isShort ? key : null, null, headers);
    }

    private static void why(
            List<Header> headers,
            ConsumerRecord<String, byte[]> original,
            String topicId,
            Problem problem,
            String detail,
            boolean whole) {
        headers.add(header(PROBLEM_HEADER, problem.code()));
        headers.add(header(DETAIL_HEADER, detail));
        headers.add(header(FROM_HEADER, topicId + "/" + original.partition() + "@" + original.offset()));
        headers.add(header(SCOPE_HEADER, whole ? "whole" : "parts"));
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
