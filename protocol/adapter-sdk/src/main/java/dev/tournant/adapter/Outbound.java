package dev.tournant.adapter;

import dev.tournant.model.PartnerName;
import java.util.concurrent.CompletionStage;

/** The only way out to a partner. */
public interface Outbound {
    /**
     * Sends a request to the partner's configured base URL. Completes with the answer whatever its status, or fails
     * with {@link Unreachable} when there is none within the time limit; it never waits longer than that.
     */
    CompletionStage<Answer> send(PartnerName partner, Request request);

    /** No answer: refused, reset, too late, too large, or no room in our own queue. */
    final class Unreachable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Unreachable(String message) {
            super(message, null, false, false);
        }
    }
}
