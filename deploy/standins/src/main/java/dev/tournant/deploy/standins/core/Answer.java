package dev.tournant.deploy.standins.core;

import com.fasterxml.jackson.databind.JsonNode;

/** What a request is answered with: the HTTP status and the body. */
public record Answer(int status, JsonNode body) {

    public static Answer ok(JsonNode body) {
        return new Answer(200, body);
    }

    public boolean isOk() {
        return status == 200;
    }
}
