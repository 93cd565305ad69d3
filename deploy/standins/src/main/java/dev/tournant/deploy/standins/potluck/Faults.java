package dev.tournant.deploy.standins.potluck;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.FaultJson;
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
    public static final Faults NONE =
            FaultJson.with(FaultJson.none(Faults.class), Json.object().put("rateLimitHeaders", true));

    /** These faults with those replaced that the JSON object names; {@link IllegalArgumentException} names what is wrong. */
    public Faults with(JsonNode asked) {
        return FaultJson.with(this, asked);
    }

    ObjectNode json() {
        return FaultJson.json(this);
    }
}
