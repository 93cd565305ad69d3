package dev.tournant.deploy.standins.square;

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
 * @param webhookDelayMs wait before an event is sent, milliseconds
 * @param errorRatio API requests answered 500
 * @param rateLimitRatio API requests answered 429
 * @param latencyMs wait before an API request is looked at, milliseconds
 * @param lostAnswerRatio writes that are done but answered 504
 * @param writeMs how long a catalog write holds the seller's lock; another in that time is answered 429
 * @param requestsPerSecondMax API requests a seller may make in any second, the rest is answered 429; 0 is no limit
 * @param nameCharsMax names of items that are written are cut after so many characters, without a word; 0 is no limit
 * @param webhookUnsignedRatio events that are sent without their signature
 * @param unauthorizedRatio API requests answered 401 although their token is good
 * @param rateLimitHeaders whether 429s carry Retry-After
 * @param expiredCursorRatio requests for a next page that are answered as if their cursor had expired
 * @param resetRatio API requests that are done, and whose connection breaks in the middle of the answer's body
 * @param slowBodyMs how long the body of an API answer takes to arrive, milliseconds
 */
public record Faults(
        double webhookDropRatio,
        double webhookDuplicateRatio,
        long webhookDelayMs,
        double errorRatio,
        double rateLimitRatio,
        long latencyMs,
        double lostAnswerRatio,
        long writeMs,
        int requestsPerSecondMax,
        int nameCharsMax,
        double webhookUnsignedRatio,
        double unauthorizedRatio,
        boolean rateLimitHeaders,
        double expiredCursorRatio,
        double resetRatio,
        long slowBodyMs) {
    /** Nothing goes wrong. */
    public static final Faults NONE = new Faults(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, false, 0, 0, 0);

    public Faults {
        checkRatio("webhookDropRatio", webhookDropRatio);
        checkRatio("webhookDuplicateRatio", webhookDuplicateRatio);
        checkRatio("errorRatio", errorRatio);
        checkRatio("rateLimitRatio", rateLimitRatio);
        checkRatio("lostAnswerRatio", lostAnswerRatio);
        checkRange("webhookDelayMs", webhookDelayMs);
        checkRange("latencyMs", latencyMs);
        checkRange("writeMs", writeMs);
        checkRange("requestsPerSecondMax", requestsPerSecondMax);
        checkRange("nameCharsMax", nameCharsMax);
        checkRatio("webhookUnsignedRatio", webhookUnsignedRatio);
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
                asked.path("webhookDelayMs").asLong(webhookDelayMs),
                asked.path("errorRatio").asDouble(errorRatio),
                asked.path("rateLimitRatio").asDouble(rateLimitRatio),
                asked.path("latencyMs").asLong(latencyMs),
                asked.path("lostAnswerRatio").asDouble(lostAnswerRatio),
                asked.path("writeMs").asLong(writeMs),
                asked.path("requestsPerSecondMax").asInt(requestsPerSecondMax),
                asked.path("nameCharsMax").asInt(nameCharsMax),
                asked.path("webhookUnsignedRatio").asDouble(webhookUnsignedRatio),
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
                .put("webhookDelayMs", webhookDelayMs)
                .put("errorRatio", errorRatio)
                .put("rateLimitRatio", rateLimitRatio)
                .put("latencyMs", latencyMs)
                .put("lostAnswerRatio", lostAnswerRatio)
                .put("writeMs", writeMs)
                .put("requestsPerSecondMax", requestsPerSecondMax)
                .put("nameCharsMax", nameCharsMax)
                .put("webhookUnsignedRatio", webhookUnsignedRatio)
                .put("unauthorizedRatio", unauthorizedRatio)
                .put("rateLimitHeaders", rateLimitHeaders)
                .put("expiredCursorRatio", expiredCursorRatio)
                .put("resetRatio", resetRatio)
                .put("slowBodyMs", slowBodyMs);
    }
}
