package dev.tournant.adapter;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Keeps the limits that partners set. Whatever is sent to a partner needs a pass: one for each sending, repeated ones
 * included.
 */
public interface Gates {
    /**
     * Completes with a pass for exactly one sending, or fails with {@link Refused}.
     *
     * @param within how long it may wait; what cannot go in that time is refused, as soon as that is known
     */
    CompletionStage<Pass> admit(Party party, Request request, Lane lane, Duration within);

    /** Leave to send once. Whoever holds it calls exactly one of its three ends, once; further calls do nothing. */
    interface Pass {
        /**
         * Whether bytes may leave now. False for good once its time is over: a few seconds after it was asked for, by
         * this node's clock.
         */
        boolean isGood();

        /** It was sent, and answered whole. */
        void answered(Answer answer);

        /** It was sent, or may have been, and there is no answer, or not all of it. */
        void lost();

        /** No byte of it has left and none will. In doubt it is {@link #lost}. */
        void unused();
    }

    /** No pass in the time that there was. Nothing was sent. The message is for operators and holds no secret. */
    final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final Duration after;

        /** @param after when it could go at the earliest, from now; not negative */
        public Refused(Duration after, String why) {
            super(why, null, false, false);
            this.after = after.isNegative() ? Duration.ZERO : after;
        }

        /** When it could go at the earliest, counted from the refusal; zero where that is not known. */
        public Duration after() {
            return after;
        }
    }
}
