package dev.tournant.adapter.auth;

import dev.tournant.adapter.Settings;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a token is to be renewed.
 *
 * @param margin how long before it expires, but never before half its life is over: a partner whose tokens suddenly
 *     live shorter than the margin shall not be asked again and again. 1 s to 30 days.
 * @param ageMax the age at which it is renewed in any case, where a partner recommends one; null for none. 1 min to 1
 *     year.
 */
public record Renewal(Duration margin, @Nullable Duration ageMax) {
    /** What a token is good for now. */
    public enum Phase {
        /** To be used. */
        FRESH,
        /** To be used, and to be renewed. */
        DUE,
        /** To be renewed first. */
        EXPIRED
    }

    public Renewal {
        Settings.duration("margin", margin, Duration.ofSeconds(1), Duration.ofDays(30));
        if (ageMax != null) {
            Settings.duration("age-max", ageMax, Duration.ofMinutes(1), Duration.ofDays(366));
        }
    }

    /** From when on the token is {@link Phase#DUE}. */
    public Instant renewAt(Token token) {
        Duration life = Duration.between(token.obtainedAt(), token.expiresAt());
        Duration age = life.minus(margin);
        Duration half = life.dividedBy(2);
        Duration due = age.compareTo(half) < 0 ? half : age;
        return token.obtainedAt().plus(ageMax != null && ageMax.compareTo(due) < 0 ? ageMax : due);
    }

    public Phase phase(Token token, Instant now) {
        if (!now.isBefore(token.expiresAt())) {
            return Phase.EXPIRED;
        }
        return now.isBefore(renewAt(token)) ? Phase.FRESH : Phase.DUE;
    }
}
