package dev.tournant.adapter.auth;

import java.time.Duration;

/** What an answer to a token request means. */
public sealed interface TokenReply {
    /** Keep the whole token: its refresh token may be a new one, and the old one may be void from now on. */
    record Granted(Token token) implements TokenReply {}

    /** Trouble that passes. {@code after} is the partner's wish; zero where it has none. */
    record TryLater(Duration after, String why) implements TokenReply {}

    /**
     * Trouble that stays until somebody changes the credentials, or the merchant authorises us again.
     *
     * @param code the partner's word for it if the scheme lists it, {@code invalid_grant}, or else {@code http-403}
     */
    record Refused(String code, String why) implements TokenReply {}
}
