package dev.tournant.adapter.auth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a partner gave us to authorise requests with.
 *
 * @param refresh what the next one is obtained with; null where there is none
 */
public record Token(String access, @Nullable String refresh, Instant obtainedAt, Instant expiresAt) {
    @Override
    public String toString() {
        return "Token[…, expiresAt=" + expiresAt + "]";
    }
}
