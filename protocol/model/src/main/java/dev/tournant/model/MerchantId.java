package dev.tournant.model;

/** One store. Also the key of its Kafka records and the id of its actor. */
public record MerchantId(String value) implements Comparable<MerchantId> {
    /** The longest id, in characters. */
    public static final int CHARS_MAX = 64;

    public static final Codec<MerchantId> CODEC = Codecs.text(CHARS_MAX, MerchantId::new, MerchantId::value);

    public MerchantId {
        Text.checkId("a merchant id", value, CHARS_MAX);
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
