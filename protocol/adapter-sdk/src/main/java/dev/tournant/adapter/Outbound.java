package dev.tournant.adapter;

import dev.tournant.model.Link;
import java.util.concurrent.CompletionStage;

/** The only way out to a partner. */
public interface Outbound {
    /**
     * Sends a request to the base URL that is configured for the link's partner, authorised by the partner's scheme with
     * the link's credentials, of several with those that a gate lets through first, once one does. Completes with the answer whatever its status, or fails with
     * {@link Unreachable} when there is none within the time limit, or with {@link Gates.Refused} when a limit of the
     * partner leaves no room for it; it never waits longer than that.
     */
    CompletionStage<Answer> send(Link link, Request request, Lane lane);

    /** No answer: refused, reset, too late, too large, no way to authorise it, or no room in our own queue. */
    final class Unreachable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final boolean unsent;

        /** The request may have arrived all the same. */
        public Unreachable(String message) {
            this(message, false);
        }

        private Unreachable(String message, boolean unsent) {
            super(message, null, false, false);
            this.unsent = unsent;
        }

        /** No byte of the request has left, and none will. */
        public static Unreachable unsent(String message) {
            return new Unreachable(message, true);
        }

        /** Whether it is certain that no byte of the request has left, so that making it again does not repeat it. */
        public boolean isUnsent() {
            return unsent;
        }
    }
}
