package dev.tournant.http.client;

import dev.tournant.adapter.Answer;

/** What became of an attempt. */
sealed interface Ending {
    record Answered(Answer answer) implements Ending {}

    /**
     * It was sent, or may have been, and there is no whole answer.
     *
     * @param passing false if it would end so again
     */
    record Lost(String why, boolean passing) implements Ending {}

    /** No byte of it has left. */
    record Unused(String why, Cause cause) implements Ending {}

    /** Why an attempt was not sent. */
    enum Cause {
        /** Its pass was over before there was a connection. */
        STALE,
        /** There was no connection to be had. */
        UNCONNECTED,
        /** Its time was over. */
        LATE,
        /** The client is closed. */
        CLOSED
    }
}
