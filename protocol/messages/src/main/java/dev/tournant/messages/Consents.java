package dev.tournant.messages;

import dev.tournant.model.PartnerName;
import java.net.URI;
import java.util.concurrent.CompletionStage;

/** How a merchant lets us act in its name at a partner, for credentials that the node's configuration names. */
public interface Consents {
    /**
     * The partner's page on which the merchant consents; it sends the browser to {@code redirectUri} with a code and
     * {@code state}. Throws {@link Refused}.
     */
    URI page(PartnerName partner, String credentials, String redirectUri, String state);

    /**
     * Gives the code for a token, which is stored before this completes. A code can be given once. Fails with {@link
     * Refused}.
     *
     * @param code never logged or repeated
     */
    CompletionStage<Void> exchange(PartnerName partner, String credentials, String code, String redirectUri);

    /** No, and why. */
    final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final Problem problem;

        public Refused(Problem problem, String detail) {
            super(detail, null, false, false);
            this.problem = problem;
        }

        public Problem problem() {
            return problem;
        }

        public String detail() {
            return String.valueOf(getMessage());
        }
    }
}
