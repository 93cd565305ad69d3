package dev.tournant.deploy.standins.doordash;

import static dev.tournant.deploy.standins.core.FaultChecks.checkRange;
import static dev.tournant.deploy.standins.core.FaultChecks.checkRatio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Json;

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
    public static final Faults NONE = new Faults(0, 0, 0, 0, 0, 0, 0, false, 0, 0, 0, 0, 0, 0, 0);

    public Faults {
        checkRatio("webhookDropRatio", webhookDropRatio);
        checkRatio("webhookDuplicateRatio", webhookDuplicateRatio);
        checkRatio("webhookUnsignedRatio", webhookUnsignedRatio);
        checkRange("webhookDelayMs", webhookDelayMs);
        checkRatio("unauthorizedRatio", unauthorizedRatio);
        checkRatio("errorRatio", errorRatio);
        checkRatio("rateLimitRatio", rateLimitRatio);
        checkRange("latencyMs", latencyMs);
        checkRange("slowBodyMs", slowBodyMs);
        checkRatio("lostAnswerRatio", lostAnswerRatio);
        checkRatio("resetRatio", resetRatio);
        checkRatio("jobStuckRatio", jobStuckRatio);
        checkRatio("menuPhaseFailRatio", menuPhaseFailRatio);
        checkRatio("hoursPhaseFailRatio", hoursPhaseFailRatio);
    }

    /** These faults with those fields replaced that the JSON object names. */
    Faults with(JsonNode asked) {
        return new Faults(
                asked.path("webhookDropRatio").asDouble(webhookDropRatio),
                asked.path("webhookDuplicateRatio").asDouble(webhookDuplicateRatio),
                asked.path("webhookUnsignedRatio").asDouble(webhookUnsignedRatio),
                asked.path("webhookDelayMs").asLong(webhookDelayMs),
                asked.path("unauthorizedRatio").asDouble(unauthorizedRatio),
                asked.path("errorRatio").asDouble(errorRatio),
                asked.path("rateLimitRatio").asDouble(rateLimitRatio),
                asked.path("rateLimitHeaders").asBoolean(rateLimitHeaders),
                asked.path("latencyMs").asLong(latencyMs),
                asked.path("slowBodyMs").asLong(slowBodyMs),
                asked.path("lostAnswerRatio").asDouble(lostAnswerRatio),
                asked.path("resetRatio").asDouble(resetRatio),
                asked.path("jobStuckRatio").asDouble(jobStuckRatio),
                asked.path("menuPhaseFailRatio").asDouble(menuPhaseFailRatio),
                asked.path("hoursPhaseFailRatio").asDouble(hoursPhaseFailRatio));
    }

    ObjectNode json() {
        return Json.object()
                .put("webhookDropRatio", webhookDropRatio)
                .put("webhookDuplicateRatio", webhookDuplicateRatio)
                .put("webhookUnsignedRatio", webhookUnsignedRatio)
                .put("webhookDelayMs", webhookDelayMs)
                .put("unauthorizedRatio", unauthorizedRatio)
                .put("errorRatio", errorRatio)
                .put("rateLimitRatio", rateLimitRatio)
                .put("rateLimitHeaders", rateLimitHeaders)
                .put("latencyMs", latencyMs)
                .put("slowBodyMs", slowBodyMs)
                .put("lostAnswerRatio", lostAnswerRatio)
                .put("resetRatio", resetRatio)
                .put("jobStuckRatio", jobStuckRatio)
                .put("menuPhaseFailRatio", menuPhaseFailRatio)
                .put("hoursPhaseFailRatio", hoursPhaseFailRatio);
    }
}
