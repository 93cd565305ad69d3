package dev.tournant.deploy.standins.square;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What a request is answered with: the HTTP status and the body. */
record Answer(int status, JsonNode body) {

    static Answer ok(JsonNode body) {
        return new Answer(200, body);
    }

    static Answer refused(SquareError error) {
        return refused(List.of(error));
    }

    /** The status follows the first error, as at Square. */
    static Answer refused(List<SquareError> errors) {
        return new Answer(errors.get(0).status(), SquareError.body(errors));
    }

    boolean isOk() {
        return status == 200;
    }
}
