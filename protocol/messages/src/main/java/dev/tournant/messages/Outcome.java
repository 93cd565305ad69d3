package dev.tournant.messages;

import org.jspecify.annotations.Nullable;

/**
 * What became of one delivery.
 *
 * @param problem why it, or if it was applied some part of it, was quarantined; null otherwise
 */
public record Outcome(Kind kind, @Nullable Problem problem, String detail) {
    public static final Outcome APPLIED = new Outcome(Kind.APPLIED, null, "");
    public static final Outcome DUPLICATE = new Outcome(Kind.DUPLICATE, null, "");
    public static final Outcome REDELIVERED = new Outcome(Kind.REDELIVERED, null, "");

    /** Each record of the inbound topic ends as exactly one of the first three. */
    public enum Kind {
        /** Its effect, if it had any, is committed. */
        APPLIED,
        /** All its events were known under their partner's ids. */
        DUPLICATE,
        /** It cannot be applied; the reason is known and the record is kept apart. */
        QUARANTINED,
        /** This very record was dealt with before; not counted again. */
        REDELIVERED
    }

    /** Applied, but for parts that are kept apart. */
    public static Outcome partly(Problem problem, String detail) {
        return new Outcome(Kind.APPLIED, problem, detail);
    }

    public static Outcome quarantined(Problem problem, String detail) {
        return new Outcome(Kind.QUARANTINED, problem, detail);
    }
}
