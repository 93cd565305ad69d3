package dev.tournant.model;

import org.jspecify.annotations.Nullable;

/** One connection of one merchant to one account at one partner; unique over all merchants. */
public record LinkId(String value) implements Comparable<LinkId> {
    /** The longest id, in characters. */
    public static final int CHARS_MAX = 64;

    public static final Codec<LinkId> CODEC = Codecs.text(CHARS_MAX, LinkId::new, LinkId::value);

    public LinkId {
        Text.checkId("a link id", value, CHARS_MAX);
    }

    // By hand: ids are compared for every message, and what the compiler makes for records is slow in a young JVM.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LinkId that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public int compareTo(LinkId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
