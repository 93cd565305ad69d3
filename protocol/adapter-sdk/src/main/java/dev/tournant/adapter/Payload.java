package dev.tournant.adapter;

import dev.tournant.model.Link;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Bytes from a partner.
 *
 * @param resource what was fetched; null for a webhook
 * @param receivedAt when they reached us; the time of statements that bear none of their own
 */
@SuppressWarnings("ArrayRecordComponent") // up to megabytes: handed on as they are, never compared
public record Payload(Link link, @Nullable String resource, Instant receivedAt, byte[] body) {}
