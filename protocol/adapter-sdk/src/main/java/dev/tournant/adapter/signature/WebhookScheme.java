package dev.tournant.adapter.signature;

import dev.tournant.adapter.Hook;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Verification;
import dev.tournant.model.InvalidValue;
import java.time.Instant;

/** How one partner lets us know that a webhook is its own. Immutable; any thread may use it. */
public sealed interface WebhookScheme permits HmacScheme, StaticToken, AllOf {
    /** A header that is longer than this is refused unread. */
    int HEADER_CHARS_MAX = 1_024;

    /**
     * Whether the webhook is genuine: one of the accepted keys fits, and its time, if the scheme has one, is near
     * {@code now}. Never throws for what a sender may send, nor for keys that are missing or malformed.
     */
    Verification verify(Hook hook, Keyring keys, Instant now);

    /** Where a body holds its JSON: the same for who verifies it and for who reads it. */
    BodyShape body();

    /**
     * What the partner would send: the webhook with the headers that {@link #verify} wants, made with the current key.
     * The body is never changed. {@link InvalidValue} if a key, or a header or field to be signed, is missing.
     */
    Hook sign(Hook unsigned, Keyring keys, Instant now);
}
