package dev.tournant.adapter;

import dev.tournant.model.Link;
import java.time.Instant;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * Bytes from a partner.
 *
 * @param currency the only one in which the merchant has prices: that of amounts that bear none
 * @param resource what was fetched; null for a webhook
 * @param receivedAt when they reached us; the time of statements that bear none of their own
 */
@SuppressWarnings("ArrayRecordComponent") // up to megabytes: handed on as they are, never compared
public record Payload(
        Link link, Currency currency, @Nullable String resource, Instant receivedAt, byte[] body) {}
