package dev.tournant.deploy.standins.doordash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.FaultJson;

/**
 * What goes wrong on purpose. Ratios are 0 to 1 of the cases, drawn from the seed.
 *
 * @param webhookDropRatio webhooks that are never sent
 * @param webhookDuplicateRatio webhooks that are sent twice
 * @param webhookUnsignedRatio webhooks that are sent without the bearer token
 * @param webhookDelayMs wait before a webhook is sent, milliseconds
 * @param unauthorizedRatio API requests answered 401 although their token is right
 * @param errorRatio API requests answered 500, nothing done
 * @param rateLimitRatio API requests answered 429, nothing done
 * @param rateLimitHeaders whether 429s carry Retry-After and X-RateLimit headers
 * @param latencyMs wait before an API request is looked at, milliseconds
 * @param slowBodyMs how long the body of an API answer takes to arrive, milliseconds
 * @param lostAnswerRatio writes that are done but answered 504
 * @param resetRatio API requests that are done, and whose connection breaks in the middle of the answer's body
 * @param jobStuckRatio menu jobs that stay pending until the processing window ends, and then fail
 * @param menuPhaseFailRatio menu jobs that fail in their first phase: nothing exists
 * @param hoursPhaseFailRatio menu jobs that fail in their second phase: the menu exists, its hours do not
 */
public record Faults(
        double webhookDropRatio,
        double webhookDuplicateRatio,
        double webhookUnsignedRatio,
        long webhookDelayMs,
        double unauthorizedRatio,
        double errorRatio,
        double rateLimitRatio,
        boolean rateLimitHeaders,
        long latencyMs,
        long slowBodyMs,
        double lostAnswerRatio,
        double resetRatio,
        double jobStuckRatio,
        double menuPhaseFailRatio,
        double hoursPhaseFailRatio) {
    /** Nothing goes wrong. */
    public static final Faults NONE = FaultJson.none(Faults.class);

    /** These faults with those replaced that the JSON object names; {@link IllegalArgumentException} names what is wrong. */
    public Faults with(JsonNode asked) {
        return FaultJson.with(this, asked);
    }

    ObjectNode json() {
        return FaultJson.json(this);
    }
}
