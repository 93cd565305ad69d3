package dev.tournant.http.client.token;

import com.typesafe.config.Config;
import dev.tournant.messages.TokenStore;
import dev.tournant.model.PartnerName;
import java.time.Duration;

/**
 * How one partner's tokens are obtained; the keys are described in {@code tournant-client.conf}.
 *
 * @param callMax how long a call to the partner takes at most, its wait at the gates included; the lease must outlast it, or two nodes could ask at once
 * @param waitMax how long a request waits for a token
 * @param lease how long nobody else renews a token after one node has begun to
 * @param pollMin the first pause of a node that waits for another; doubles up to {@code pollMax}
 * @param storingMax how long storing a token is tried
 * @param apartMin between two requests for a token; doubles up to {@code apartMax} while they fail
 * @param perHourMax requests for a token in any hour
 * @param distrustAgeMin a token younger than that is not renewed because the partner said 401
 * @param refusedPause after the partner has refused for good
 * @param recheck how long a node that got no token waits before it looks again
 */
public record TokenConfig(
        PartnerName partner,
        Duration callMax,
        Duration waitMax,
        Duration lease,
        Duration pollMin,
        Duration pollMax,
        Duration storingMax,
        Duration apartMin,
        Duration apartMax,
        int perHourMax,
        Duration distrustAgeMin,
        Duration refusedPause,
        Duration recheck) {
    private static final Duration LEASE_MAX = Duration.ofHours(1);

    public TokenConfig {
        positive(partner, "wait-max", waitMax);
        require(
                lease.compareTo(Duration.ofSeconds(1)) >= 0 && lease.compareTo(LEASE_MAX) <= 0,
                partner,
                "lease",
                "must be 1 s to 1 h");
        require(
                lease.compareTo(callMax) > 0,
                partner,
                "lease",
                "must be longer than a call, timeout and gate-wait-max together: " + callMax.toMillis() + " ms");
        positive(partner, "poll-min", pollMin);
        require(pollMax.compareTo(pollMin) >= 0, partner, "poll-max", "must not be below poll-min");
        positive(partner, "storing-max", storingMax);
        positive(partner, "apart-min", apartMin);
        require(apartMax.compareTo(apartMin) >= 0, partner, "apart-max", "must not be below apart-min");
        require(
                perHourMax >= 1 && perHourMax <= TokenStore.ASKED_MAX,
                partner,
                "per-hour-max",
                "must be 1 to " + TokenStore.ASKED_MAX);
        positive(partner, "distrust-age-min", distrustAgeMin);
        positive(partner, "refused-pause", refusedPause);
        positive(partner, "recheck", recheck);
    }

    /** Reads a partner's block {@code tokens}. */
    public static TokenConfig read(PartnerName partner, Config block, Duration callMax) {
        return new TokenConfig(
                partner,
                callMax,
                block.getDuration("wait-max"),
                block.getDuration("lease"),
                block.getDuration("poll-min"),
                block.getDuration("poll-max"),
                block.getDuration("storing-max"),
                block.getDuration("apart-min"),
                block.getDuration("apart-max"),
                block.getInt("per-hour-max"),
                block.getDuration("distrust-age-min"),
                block.getDuration("refused-pause"),
                block.getDuration("recheck"));
    }

    private static void positive(PartnerName partner, String key, Duration value) {
        require(value.compareTo(Duration.ZERO) > 0, partner, key, "must be above 0");
    }

    private static void require(boolean holds, PartnerName partner, String key, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "tournant.client.partners." + partner + ".tokens." + key + ": " + otherwise);
        }
    }
}
