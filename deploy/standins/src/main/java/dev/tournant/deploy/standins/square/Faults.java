package dev.tournant.deploy.standins.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.FaultJson;

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
    public static final Faults NONE = FaultJson.none(Faults.class);

    /** These faults with those replaced that the JSON object names; {@link IllegalArgumentException} names what is wrong. */
    public Faults with(JsonNode asked) {
        return FaultJson.with(this, asked);
    }

    ObjectNode json() {
        return FaultJson.json(this);
    }
}
