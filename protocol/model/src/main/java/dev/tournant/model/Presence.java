package dev.tournant.model;

/** Whether a record is there, and if not, how it went. */
public enum Presence {
    PRESENT,
    /** A partner said that it was deleted. */
    TOMBSTONE,
    /** A complete snapshot did not hold it. */
    ABSENT,
    /** Somebody deleted it through our own API. */
    REMOVED;

    public static final Codec<Presence> CODEC = Codecs.oneOf(Presence.class);
}
