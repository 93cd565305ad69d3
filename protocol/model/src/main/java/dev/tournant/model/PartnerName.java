package dev.tournant.model;

/** The name of a partner, as its adapter declares it: {@code square}. */
public record PartnerName(String value) implements Comparable<PartnerName> {
    /** The longest id, in characters. */
    public static final int CHARS_MAX = 32;

    public static final Codec<PartnerName> CODEC = Codecs.text(CHARS_MAX, PartnerName::new, PartnerName::value);

    public PartnerName {
        Text.checkId("a partner name", value, CHARS_MAX);
    }

    @Override
    public int compareTo(PartnerName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
