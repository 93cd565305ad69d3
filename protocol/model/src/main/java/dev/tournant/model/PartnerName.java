package dev.tournant.model;

import org.jspecify.annotations.Nullable;

/** The name of a partner, as its adapter declares it: {@code square}. */
public record PartnerName(String value) implements Comparable<PartnerName> {
    /** The longest id, in characters. */
    public static final int CHARS_MAX = 32;

    public static final Codec<PartnerName> CODEC = Codecs.text(CHARS_MAX, PartnerName::new, PartnerName::value);

    public PartnerName {
        Text.checkId("a partner name", value, CHARS_MAX);
    }

    // By hand: ids are compared for every message, and what the compiler makes for records is slow in a young JVM.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PartnerName that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
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
