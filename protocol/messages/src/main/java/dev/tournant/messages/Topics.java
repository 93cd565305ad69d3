package dev.tournant.messages;

/** The Kafka topics and what stands in them; their settings are in {@code deploy/local}'s README. */
public final class Topics {
    /** Raw partner payloads: key merchant id, value the partner's bytes, headers of {@link Inbound}. */
    public static final String INBOUND = "tournant.inbound";
    /** Committed changes: key merchant id, value a {@link Revision} as JSON; at least once, in order of revision. */
    public static final String CHANGES = "tournant.changes";
    /** Compacted: key merchant id, value a {@link DirectoryEntry} as JSON. */
    public static final String MERCHANTS = "tournant.merchants";
    /** What could not be read or applied: original key, value and headers, with the reason in more headers. */
    public static final String QUARANTINE = "tournant.quarantine";

    private Topics() {}
}
