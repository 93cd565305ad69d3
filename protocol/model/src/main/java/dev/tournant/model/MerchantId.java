package dev.tournant.model;

import org.jspecify.annotations.Nullable;

/** One store. Also the key of its Kafka records and the id of its actor. */
public record MerchantId(String value) implements Comparable<MerchantId> {
    /** The longest id, in characters. */
    public static final int CHARS_MAX = 64;

    public static final Codec<MerchantId> CODEC = Codecs.text(CHARS_MAX, MerchantId::new, MerchantId::value);

    public MerchantId {
        Text.checkId("a merchant id", value, CHARS_MAX);
    }

    // By hand: ids are compared for every message, and what the compiler makes for records is slow in a young JVM.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MerchantId that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public int compareTo(MerchantId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
