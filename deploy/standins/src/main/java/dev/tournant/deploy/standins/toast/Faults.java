package dev.tournant.deploy.standins.toast;

import static dev.tournant.deploy.standins.core.FaultChecks.checkRange;
import static dev.tournant.deploy.standins.core.FaultChecks.checkRatio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Json;

/**
 * What goes wrong on purpose. Ratios are 0 to 1 of the cases, drawn from the seed.
 *
 * @param webhookDropRatio events that are never sent
 * @param webhookDuplicateRatio events that are sent twice, with one guid
 * @param webhookUnsignedRatio events that are sent without their signature
 * @param webhookDelayMs wait before an event is sent, milliseconds
 * @param unauthorizedRatio requests answered 401 although their token is good
 * @param rateLimitRatio requests answered 429 although no limit is reached
 * @param rateLimitHeaders whether those 429 say when to come again
 * @param unavailableRatio requests answered 503
 * @param errorRatio requests answered 500
 * @param lostAnswerRatio writes that are done but answered 500
 * @param resetRatio answers whose connection breaks in the middle of the body
 * @param latencyMs wait before a request is looked at, milliseconds
 * @param slowBodyMs how long the body of an answer takes, milliseconds
 */
public record Faults(
        double webhookDropRatio,
        double webhookDuplicateRatio,
        double webhookUnsignedRatio,
        long webhookDelayMs,
        double unauthorizedRatio,
        double rateLimitRatio,
        boolean rateLimitHeaders,
        double unavailableRatio,
        double errorRatio,
        double lostAnswerRatio,
        double resetRatio,
        long latencyMs,
        long slowBodyMs) {
    /** Nothing goes wrong. */
    public static final Faults NONE = new Faults(0, 0, 0, 0, 0, 0, true, 0, 0, 0, 0, 0, 0);

    public Faults {
        checkRatio("webhookDropRatio", webhookDropRatio);
        checkRatio("webhookDuplicateRatio", webhookDuplicateRatio);
        checkRatio("webhookUnsignedRatio", webhookUnsignedRatio);
        checkRange("webhookDelayMs", webhookDelayMs);
        checkRatio("unauthorizedRatio", unauthorizedRatio);
        checkRatio("rateLimitRatio", rateLimitRatio);
        checkRatio("unavailableRatio", unavailableRatio);
        checkRatio("errorRatio", errorRatio);
        checkRatio("lostAnswerRatio", lostAnswerRatio);
        checkRatio("resetRatio", resetRatio);
        checkRange("latencyMs", latencyMs);
        checkRange("slowBodyMs", slowBodyMs);
    }

    /** These faults with those fields replaced that the JSON object names. */
    Faults with(JsonNode asked) {
        return new Faults(
                asked.path("webhookDropRatio").asDouble(webhookDropRatio),
                asked.path("webhookDuplicateRatio").asDouble(webhookDuplicateRatio),
                asked.path("webhookUnsignedRatio").asDouble(webhookUnsignedRatio),
                asked.path("webhookDelayMs").asLong(webhookDelayMs),
                asked.path("unauthorizedRatio").asDouble(unauthorizedRatio),
                asked.path("rateLimitRatio").asDouble(rateLimitRatio),
                asked.path("rateLimitHeaders").asBoolean(rateLimitHeaders),
                asked.path("unavailableRatio").asDouble(unavailableRatio),
                asked.path("errorRatio").asDouble(errorRatio),
                asked.path("lostAnswerRatio").asDouble(lostAnswerRatio),
                asked.path("resetRatio").asDouble(resetRatio),
                asked.path("latencyMs").asLong(latencyMs),
                asked.path("slowBodyMs").asLong(slowBodyMs));
    }

    ObjectNode json() {
        return Json.object()
                .put("webhookDropRatio", webhookDropRatio)
                .put("webhookDuplicateRatio", webhookDuplicateRatio)
                .put("webhookUnsignedRatio", webhookUnsignedRatio)
                .put("webhookDelayMs", webhookDelayMs)
                .put("unauthorizedRatio", unauthorizedRatio)
                .put("rateLimitRatio", rateLimitRatio)
                .put("rateLimitHeaders", rateLimitHeaders)
                .put("unavailableRatio", unavailableRatio)
                .put("errorRatio", errorRatio)
                .put("lostAnswerRatio", lostAnswerRatio)
                .put("resetRatio", resetRatio)
                .put("latencyMs", latencyMs)
                .put("slowBodyMs", slowBodyMs);
    }
}
