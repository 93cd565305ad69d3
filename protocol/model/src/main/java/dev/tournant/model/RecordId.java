package dev.tournant.model;

/** Names a record among those of its kind at one merchant. */
public record RecordId(String value) implements Comparable<RecordId> {
    /** The longest id, in characters. */
    public static final int CHARS_MAX = 192;

    public static final Codec<RecordId> CODEC = Codecs.RECORD_ID;

    public RecordId {
        Text.checkId("a record id", value, CHARS_MAX);
    }

    @Override
    public int compareTo(RecordId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
