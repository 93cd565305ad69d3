package dev.tournant.cluster.ingest;

import akka.kafka.ConsumerMessage.Committable;
import akka.kafka.ConsumerMessage.CommittableMessage;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records of one partition that waited together, in order. */
final class Chunk {
    private final List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    private Committable last;

    private Chunk(CommittableMessage<String, byte[]> first) {
        this.last = first.committableOffset();
        records.add(first.record());
    }

    static Chunk of(CommittableMessage<String, byte[]> first) {
        return new Chunk(first);
    }

    Chunk add(CommittableMessage<String, byte[]> message) {
        records.add(message.record());
        last = message.committableOffset();
        return this;
    }

    List<ConsumerRecord<String, byte[]>> records() {
        return records;
    }

    /** What is committed once all of them are dealt with: the last offset, which stands for all before it. */
    Committable offset() {
        return last;
    }
}
