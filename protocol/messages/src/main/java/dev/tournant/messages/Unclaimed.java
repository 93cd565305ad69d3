package dev.tournant.messages;

import dev.tournant.model.Instants;
import dev.tournant.model.PartnerName;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A genuine payload for an account that no link leads to: a record of {@code tournant.inbound} without a key. Replays go by
 * merchant and link, so none finds it; a link that is added is read from the beginning.
 *
 * @param account as the payload names it, cut at {@value #ACCOUNT_CHARS_MAX} characters; empty where it names none
 * @param trace follows the payload through the system
 */
@SuppressWarnings("ArrayRecordComponent") // up to megabytes: handed on as they are, never compared
public record Unclaimed(PartnerName partner, String account, Instant receivedAt, String trace, byte[] body) {
    public static final int ACCOUNT_CHARS_MAX = 200;

    public Unclaimed {
        account = account.length() <= ACCOUNT_CHARS_MAX ? account : account.substring(0, ACCOUNT_CHARS_MAX);
    }

    /** Everything but the value. */
    public Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(Inbound.FORMAT_HEADER, Integer.toString(Inbound.FORMAT));
        headers.put(Inbound.PARTNER_HEADER, partner.value());
        headers.put(Inbound.ACCOUNT_HEADER, account);
        headers.put(Inbound.SOURCE_HEADER, Inbound.Source.WEBHOOK.name());
        headers.put(Inbound.RECEIVED_HEADER, Instants.print(receivedAt));
        headers.put(Inbound.TRACE_HEADER, trace);
        return headers;
    }
}
