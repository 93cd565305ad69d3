package dev.tournant.adapter.auth;

import dev.tournant.adapter.FieldPath;
import dev.tournant.adapter.Settings;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where an answer to a token request holds what.
 *
 * @param refreshToken null if there never is one; where it is missing in an answer the old one stays good
 * @param error the partner's word for what is wrong
 * @param passing words for trouble that passes, whatever the status; at most 32
 * @param lasting words for trouble that stays, whatever the status; at most 32. Words that are in neither set are not
 *     repeated anywhere, as nobody knows what an answer echoes.
 */
public record TokenFields(
        FieldPath accessToken,
        @Nullable FieldPath refreshToken,
        Expiry expiry,
        FieldPath error,
        Set<String> passing,
        Set<String> lasting) {
    public static final int WORDS_MAX = 32;
    private static final Set<String> RFC_6749_PASSING = Set.of("temporarily_unavailable", "server_error", "slow_down");
    private static final Set<String> RFC_6749_LASTING = Set.of(
            "invalid_request",
            "invalid_client",
            "invalid_grant",
            "unauthorized_client",
            "unsupported_grant_type",
            "invalid_scope",
            "access_denied");

    public TokenFields {
        passing = Set.copyOf(Settings.list("passing", List.copyOf(passing), 0, WORDS_MAX));
        lasting = Set.copyOf(Settings.list("lasting", List.copyOf(lasting), 0, WORDS_MAX));
        for (String word : passing) {
            if (lasting.contains(word)) {
                throw Settings.wrong("passing", "has the word " + word + ", which is among the lasting ones too");
            }
        }
    }

    /** RFC 6749, 5.1 and 5.2. */
    public static TokenFields standard() {
        return of("access_token", "refresh_token", Expiry.standard());
    }

    /** Other names for the token and its expiry; errors as in RFC 6749. {@code refreshToken} null for none. */
    public static TokenFields of(String accessToken, @Nullable String refreshToken, Expiry expiry) {
        return new TokenFields(
                FieldPath.of(accessToken),
                refreshToken == null ? null : FieldPath.of(refreshToken),
                expiry,
                FieldPath.of("error"),
                RFC_6749_PASSING,
                RFC_6749_LASTING);
    }
}
