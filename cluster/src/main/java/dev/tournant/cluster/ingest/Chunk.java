package dev.tournant.cluster.ingest;

import akka.kafka.ConsumerMessage.CommittableMessage;
import java.util.ArrayList;
import java.util.List;

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

    List<CommittableMessage<String, byte[]>> messages() {
        return messages;
    }
}
