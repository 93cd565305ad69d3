package dev.tournant.messages;

/**
 * Where a record stands in Kafka. The topic is named by its id, not its name: a topic that was deleted and made anew
 * counts its offsets from 0 again, and must not be taken for the old one.
 */
public record Position(String topicId, int partition, long offset) {
    /** Names the sequence that {@link #offset} counts in. */
    public String sequence() {
        return topicId + "/" + partition;
    }

    @Override
    public String toString() {
        return sequence() + "@" + offset;
    }
}
