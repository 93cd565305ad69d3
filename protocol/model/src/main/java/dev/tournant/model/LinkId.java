package dev.tournant.model;

/** One connection of one merchant to one account at one partner; unique over all merchants. */
public record LinkId(String value) implements Comparable<LinkId> {
    /** The longest id, in characters. */
    public static final int CHARS_MAX = 64;

    public static final Codec<LinkId> CODEC = Codecs.text(CHARS_MAX, LinkId::new, LinkId::value);

    public LinkId {
        Text.checkId("a link id", value, CHARS_MAX);
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
