package dev.tournant.adapter;

import dev.tournant.adapter.signature.WebhookScheme;
import dev.tournant.model.Link;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a partner's webhooks are taken. A partner sends them to a URL for one link, which names the merchant, or to one URL
 * for all of an application, where the body names the accounts.
 */
public interface Webhooks {
    /** How a webhook proves that it comes from the partner. Applied to the raw bytes, before anything in them is read. */
    WebhookScheme scheme();

    /**
     * Whom a genuine webhook is about, where one URL serves many merchants. Each part is routed by its account and read
     * by itself. Empty where this partner's webhooks are sent by link only; {@link dev.tournant.model.InvalidValue} for a
     * body that names neither account nor location.
     */
    default List<Part> parts(byte[] body) {
        return List.of();
    }

    /**
     * The code in a request that is no webhook: with it a partner asks, before it sends any, whether the URL is ours, and a
     * person has to tell it the code. It proves nothing of who sent it. Empty for anything else, and where this partner asks
     * nothing.
     */
    default Optional<String> handshake(byte[] body) {
        return Optional.empty();
    }

    /**
     * A part of a webhook for all merchants of one account.
     *
     * @param account the partner's name of the account, as links hold it; null where the webhook names the location
     *     alone, which no two accounts share; empty for what names nobody, beside parts that do
     * @param location only links to this location; null for all of the account. One of the two is there
     * @param body what to read: all of the webhook, or what of it is about this account
     */
    @SuppressWarnings("ArrayRecordComponent") // up to megabytes: handed on as they are, never compared
    record Part(@Nullable String account, @Nullable String location, byte[] body) {
        public Part {
            if (account == null && location == null) {
                throw new IllegalArgumentException("a part names an account, a location or both");
            }
        }

        /** Whether it is for this link, as the directory routes it: by the account, the location, or both. */
        public boolean isFor(Link link) {
            return (account == null || account.equals(link.account()))
                    && (location == null || location.equals(link.location()));
        }
    }
}
