package dev.tournant.deploy.standins.core;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** What a request is answered with: the HTTP status, headers beyond the usual ones, and the body. */
public record Answer(int status, Map<String, String> headers, JsonNode body) {
    public Answer {
        headers = Map.copyOf(headers);
    }

    public static Answer of(int status, JsonNode body) {
        return new Answer(status, Map.of(), body);
    }

    public static Answer ok(JsonNode body) {
        return of(200, body);
    }

    /** These headers in place of those it had. */
    public Answer withHeaders(Map<String, String> others) {
        return new Answer(status, others, body);
    }

    public boolean isOk() {
        return status / 100 == 2;
    }
}
