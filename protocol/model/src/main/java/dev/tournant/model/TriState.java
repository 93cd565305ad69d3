package dev.tournant.model;

/** An override that may say yes, no, or nothing at all. */
public enum TriState {
    YES,
    NO,
    UNSET;

    /** JSON: {@code "yes"}, {@code "no"}, {@code "unset"}. */
    public static final Codec<TriState> CODEC = Codecs.oneOf(TriState.class);

    public static TriState of(boolean value) {
        return value ? YES : NO;
    }

    /** What holds when this override stands over {@code inherited}. */
    public boolean over(boolean inherited) {
        return this == UNSET ? inherited : this == YES;
    }
}
