package dev.tournant.deploy.standins.toast;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.FaultJson;
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
