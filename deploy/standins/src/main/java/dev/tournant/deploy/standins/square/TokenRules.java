package dev.tournant.deploy.standins.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.FaultChecks;
import dev.tournant.deploy.standins.core.RecordJson;
import java.time.Duration;

/**
 * How tokens are given.
 *
 * @param lifeMs how long an access token is good for, milliseconds
 * @param rotates whether a refresh token is good once: then each use gives a new one, and a second use is refused
 * @param quotaRatio requests for a token answered 429, 0 to 1
 */
public record TokenRules(long lifeMs, boolean rotates, double quotaRatio) {
    /** Thirty days, as at Square; rotating, which is harder on clients than most of Square's refresh tokens are. */
    public static final TokenRules DEFAULTS = new TokenRules(Duration.ofDays(30).toMillis(), true, 0);

    public TokenRules {
        if (lifeMs < 1 || lifeMs > Duration.ofDays(365).toMillis()) {
            throw new IllegalArgumentException("lifeMs is from 1 to a year, not " + lifeMs);
        }
        FaultChecks.checkRatio("quotaRatio", quotaRatio);
    }

    /** These rules with those fields replaced that the JSON object names. */
    TokenRules with(JsonNode asked) {
        return RecordJson.with(this, asked, "rule of tokens");
    }

    ObjectNode json() {
        return RecordJson.json(this);
    }
}
