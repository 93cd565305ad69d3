package dev.tournant.messages;

import java.util.concurrent.CompletionStage;

/** Takes raw payloads in: what it has confirmed is durable and will be dealt with. */
public interface Inbox {
    /**
     * Completes once the payload is stored. Fails with {@link Full} when too many are under way, and with whatever
     * the store failed with otherwise; the sender has to repeat it then.
     */
    CompletionStage<Void> append(Inbound payload);

    /** The same for a part of a webhook whose account no link leads to: it ends in quarantine, and is not lost. */
    CompletionStage<Void> append(Unclaimed payload);

    /** There is no room now. */
    final class Full extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Full(String message) {
            super(message, null, false, false);
        }
    }
}
