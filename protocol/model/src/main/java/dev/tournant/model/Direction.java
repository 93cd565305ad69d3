package dev.tournant.model;

/** Which way values go between a merchant and a partner. */
public enum Direction {
    /** What the partner says counts; it is told nothing. */
    READ,
    /** The partner is told; what it says of itself counts for nothing. */
    WRITE,
    BOTH;

    /** JSON: {@code "read"}, {@code "write"}, {@code "both"}. */
    public static final Codec<Direction> CODEC = Codecs.oneOf(Direction.class);

    /** Whether the partner's values become the merchant's. */
    public boolean reads() {
        return this != WRITE;
    }

    /** Whether the partner is told the merchant's values. */
    public boolean writes() {
        return this != READ;
    }
}
