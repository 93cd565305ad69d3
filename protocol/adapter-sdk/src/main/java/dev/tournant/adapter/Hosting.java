package dev.tournant.adapter;

import dev.tournant.adapter.signature.WebhookScheme;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Link;
import dev.tournant.model.RecordKey;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/** What a partner reads from us whenever it likes, in a form of its own: it pulls where others are pushed. */
public interface Hosting {
    /** How a pull proves that it comes from the partner. Applied to a {@link Hook} without a body. */
    WebhookScheme scheme();

    /**
     * The document that the partner is answered with: JSON, UTF-8. What cannot be told is left out; never throws for what
     * a merchant may hold.
     *
     * @param records all present records of the merchant
     * @param remotes what the partner holds already, as far as it is known
     * @param now when it is asked for
     */
    byte[] page(Link link, Collection<FlatRecord> records, Map<RecordKey, Remote> remotes, Instant now);
}
