package dev.tournant.cluster.ingest;

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
 */
final class Quarantined {
    static final String PROBLEM_HEADER = "tournant-problem";
    static final String DETAIL_HEADER = "tournant-detail";
    /** {@code TOPIC-ID/PARTITION@OFFSET} of the original. */
    static final String FROM_HEADER = "tournant-from";
    /** {@code whole}, or {@code parts} where the rest of the record was applied. */
    static final String SCOPE_HEADER = "tournant-scope";

    static final Set<String> HEADERS = Set.of(PROBLEM_HEADER, DETAIL_HEADER, FROM_HEADER, SCOPE_HEADER);

    private Quarantined() {}

    static ProducerRecord<String, byte[]> of(
            ConsumerRecord<String, byte[]> original, String topicId, Problem problem, String detail, boolean whole) {
        List<Header> headers = new ArrayList<>();
        original.headers().forEach(headers::add);
        headers.add(header(PROBLEM_HEADER, problem.code()));
        headers.add(header(DETAIL_HEADER, detail));
        headers.add(header(FROM_HEADER, topicId + "/" + original.partition() + "@" + original.offset()));
        headers.add(header(SCOPE_HEADER, whole ? "whole" : "parts"));
        return new ProducerRecord<>(Topics.QUARANTINE, null, original.key(), original.value(), headers);
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
