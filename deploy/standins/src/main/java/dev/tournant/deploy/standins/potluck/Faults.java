package dev.tournant.deploy.standins.potluck;

import static dev.tournant.deploy.standins.core.FaultChecks.checkRange;
import static dev.tournant.deploy.standins.core.FaultChecks.checkRatio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Json;

/**
 * What goes wrong on purpose. Ratios are 0 to 1 of the cases, drawn from the seed.
 *
 * @param webhookDropRatio events that are never sent
 * @param webhookDuplicateRatio events that are sent twice, with one event id
 * @param webhookUnsignedRatio events whose signature is made with another key
 * @param webhookDelayMs wait before an event is sent, milliseconds
 * @param errorRatio API requests answered 503
 * @param rateLimitRatio API requests answered 429
 * @param lostAnswerRatio writes that are done but answered 504
 * @param latencyMs wait before an API request is looked at, milliseconds
 * @param unauthorizedRatio API requests answered 401 although their token is good
 * @param rateLimitHeaders whether 429s carry Retry-After
 * @param expiredCursorRatio requests for a next page that are answered as if their cursor had expired
 * @param resetRatio API requests that are done, and whose connection breaks in the middle of the answer's body
 * @param slowBodyMs how long the body of an API answer takes to arrive, milliseconds
 */
public record Faults(
        double webhookDropRatio,
        double webhookDuplicateRatio,
        double webhookUnsignedRatio,
        long webhookDelayMs,
        double errorRatio,
        double rateLimitRatio,
        double lostAnswerRatio,
        long latencyMs,
        double unauthorizedRatio,
        boolean rateLimitHeaders,
        double expiredCursorRatio,
        double resetRatio,
        long slowBodyMs) {
    /** Nothing goes wrong. */
    public static final Faults NONE = new Faults(0, 0, 0, 0, 0, 0, 0, 0, 0, true, 0, 0, 0);

    public Faults {
        checkRatio("webhookDropRatio", webhookDropRatio);
        checkRatio("webhookDuplicateRatio", webhookDuplicateRatio);
        checkRatio("webhookUnsignedRatio", webhookUnsignedRatio);
        checkRange("webhookDelayMs", webhookDelayMs);
        checkRatio("errorRatio", errorRatio);
        checkRatio("rateLimitRatio", rateLimitRatio);
        checkRatio("lostAnswerRatio", lostAnswerRatio);
        checkRange("latencyMs", latencyMs);
        checkRatio("unauthorizedRatio", unauthorizedRatio);
        checkRatio("expiredCursorRatio", expiredCursorRatio);
        checkRatio("resetRatio", resetRatio);
        checkRange("slowBodyMs", slowBodyMs);
    }

    /** These faults with those fields replaced that the JSON object names. */
    Faults with(JsonNode asked) {
        return new Faults(
                asked.path("webhookDropRatio").asDouble(webhookDropRatio),
                asked.path("webhookDuplicateRatio").asDouble(webhookDuplicateRatio),
                asked.path("webhookUnsignedRatio").asDouble(webhookUnsignedRatio),
                asked.path("webhookDelayMs").asLong(webhookDelayMs),
                asked.path("errorRatio").asDouble(errorRatio),
                asked.path("rateLimitRatio").asDouble(rateLimitRatio),
                asked.path("lostAnswerRatio").asDouble(lostAnswerRatio),
                asked.path("latencyMs").asLong(latencyMs),
                asked.path("unauthorizedRatio").asDouble(unauthorizedRatio),
                asked.path("rateLimitHeaders").asBoolean(rateLimitHeaders),
                asked.path("expiredCursorRatio").asDouble(expiredCursorRatio),
                asked.path("resetRatio").asDouble(resetRatio),
                asked.path("slowBodyMs").asLong(slowBodyMs));
    }

    ObjectNode json() {
        return Json.object()
                .put("webhookDropRatio", webhookDropRatio)
                .put("webhookDuplicateRatio", webhookDuplicateRatio)
                .put("webhookUnsignedRatio", webhookUnsignedRatio)
                .put("webhookDelayMs", webhookDelayMs)
                .put("errorRatio", errorRatio)
                .put("rateLimitRatio", rateLimitRatio)
                .put("lostAnswerRatio", lostAnswerRatio)
                .put("latencyMs", latencyMs)
                .put("unauthorizedRatio", unauthorizedRatio)
                .put("rateLimitHeaders", rateLimitHeaders)
                .put("expiredCursorRatio", expiredCursorRatio)
                .put("resetRatio", resetRatio)
                .put("slowBodyMs", slowBodyMs);
    }
}
