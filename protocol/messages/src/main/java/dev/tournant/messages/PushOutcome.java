package dev.tournant.messages;

import java.time.Duration;

/**
 * What became of something that a partner was asked to do.
 *
 * @param name the job of {@link Kind#PENDING}, the resource of {@link Kind#READ_AGAIN}, the code of {@link
 *     Kind#GIVEN_UP}; else empty
 * @param why for people; empty for what is done
 * @param afterMillis how long the partner wants to be left alone; 0 where it does not say
 */
public record PushOutcome(Kind kind, String name, String why, long afterMillis) {
    public static final PushOutcome DONE = new PushOutcome(Kind.DONE, "", "", 0);

    /** What can become of it. */
    public enum Kind {
        DONE,
        /** Trouble that passes by itself. */
        LATER,
        /** What the partner holds has to be read again first. */
        READ_AGAIN,
        /** The partner will not have it. */
        GIVEN_UP,
        NEEDS_AUTHORISATION,
        /** The partner works on it. */
        PENDING,
        /** It waits for something else; the partner was not asked. */
        PUT_OFF
    }

    public static PushOutcome later(Duration after, String why) {
        return new PushOutcome(Kind.LATER, "", why, after.toMillis());
    }

    public static PushOutcome readAgain(String resource, String why) {
        return new PushOutcome(Kind.READ_AGAIN, resource, why, 0);
    }

    public static PushOutcome givenUp(String code, String why) {
        return new PushOutcome(Kind.GIVEN_UP, code, why, 0);
    }

    public static PushOutcome needsAuthorisation(String why) {
        return new PushOutcome(Kind.NEEDS_AUTHORISATION, "", why, 0);
    }

    public static PushOutcome putOff(String why) {
        return new PushOutcome(Kind.PUT_OFF, "", why, 0);
    }

    public static PushOutcome pending(String job) {
        return new PushOutcome(Kind.PENDING, job, "", 0);
    }
}
