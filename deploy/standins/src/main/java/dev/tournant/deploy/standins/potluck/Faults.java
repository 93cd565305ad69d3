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
 */
public record Faults(
        double webhookDropRatio,
        double webhookDuplicateRatio,
        double webhookUnsignedRatio,
        long webhookDelayMs,
        double errorRatio,
        double rateLimitRatio,
        double lostAnswerRatio,
        long latencyMs) {
    /** Nothing goes wrong. */
    public static final Faults NONE = new Faults(0, 0, 0, 0, 0, 0, 0, 0);

    public Faults {
        checkRatio("webhookDropRatio", webhookDropRatio);
        checkRatio("webhookDuplicateRatio", webhookDuplicateRatio);
        checkRatio("webhookUnsignedRatio", webhookUnsignedRatio);
        checkRange("webhookDelayMs", webhookDelayMs);
        checkRatio("errorRatio", errorRatio);
        checkRatio("rateLimitRatio", rateLimitRatio);
        checkRatio("lostAnswerRatio", lostAnswerRatio);
        checkRange("latencyMs", latencyMs);
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
                asked.path("latencyMs").asLong(latencyMs));
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
                .put("latencyMs", latencyMs);
    }
}
