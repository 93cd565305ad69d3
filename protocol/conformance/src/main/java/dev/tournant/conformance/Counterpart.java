package dev.tournant.conformance;

import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Request;
import java.util.List;

/**
 * The partner's side of a conversation: a stand-in, or an account at the partner that may be written to at will. Who
 * implements it does the input and output. What an operation returns says whether it can be done here; a check that
 * needs one which cannot is not applicable.
 */
public interface Counterpart {
    /** Sends a request that bears no authorisation yet, and waits for the answer. */
    Answer send(Request bare);

    /** Makes the partner hold what it held at first. */
    default boolean reset() {
        return false;
    }

    /** Somebody else changes an object at the partner, so that its version is another one. */
    default boolean editElsewhere(String partnersId) {
        return false;
    }

    /** Answers the next request by refusing it for now, as the partner does when it is asked too often. */
    default boolean refuseNext() {
        return false;
    }

    /** Does what the next request asks for, and answers as if it had not. */
    default boolean loseNextAnswer() {
        return false;
    }

    /** Bodies of the webhooks that were sent since this was asked last. */
    default List<byte[]> webhooks() {
        return List.of();
    }
}
