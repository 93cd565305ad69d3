package dev.tournant.cluster.ingest;

import akka.kafka.ConsumerMessage;
import akka.kafka.ConsumerMessage.Committable;
import akka.kafka.ConsumerMessage.CommittableMessage;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records of one partition that waited together, in order. */
final class Chunk {
    private final List<CommittableMessage<String, byte[]>> messages = new ArrayList<>();

    static Chunk of(CommittableMessage<String, byte[]> first) {
        return new Chunk().add(first);
    }

    Chunk add(CommittableMessage<String, byte[]> message) {
        messages.add(message);
        return this;
    }

    List<ConsumerRecord<String, byte[]>> records() {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>(messages.size());
        messages.forEach(message -> records.add(message.record()));
        return records;
    }

    /** What is committed once all of them are dealt with. */
    Committable offsets() {
        List<Committable> offsets = new ArrayList<>(messages.size());
        messages.forEach(message -> offsets.add(message.committableOffset()));
        return ConsumerMessage.createCommittableOffsetBatch(offsets);
    }
}
