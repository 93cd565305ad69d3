package dev.tournant.model;

import org.jspecify.annotations.Nullable;

/** Names a record among those of its kind at one merchant. */
public record RecordId(String value) implements Comparable<RecordId> {
    /** The longest id, in characters. */
    public static final int CHARS_MAX = 192;

    public static final Codec<RecordId> CODEC = Codecs.RECORD_ID;

    public RecordId {
        Text.checkId("a record id", value, CHARS_MAX);
    }

    // By hand: ids are compared for every message, and what the compiler makes for records is slow in a young JVM.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RecordId that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
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
