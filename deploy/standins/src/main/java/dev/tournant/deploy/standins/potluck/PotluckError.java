package dev.tournant.deploy.standins.potluck;

import dev.tournant.deploy.standins.core.Answer;
import dev.tournant.deploy.standins.core.Json;
import java.util.Map;

/** A refusal as Potluck words it; thrown where the work cannot go on. */
final class PotluckError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient Map<String, String> headers;

    private PotluckError(int status, String code, String message, Map<String, String> headers) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.headers = headers;
    }

    private PotluckError(int status, String code, String message) {
        this(status, code, message, Map.of());
    }

    static PotluckError bad(String message) {
        return new PotluckError(400, "bad_request", message);
    }

    static PotluckError unauthorised(String message) {
        return new PotluckError(401, "unauthorised", message);
    }

    static PotluckError expired() {
        return new PotluckError(401, "token_expired", "The access token has expired; ask for another");
    }

    static PotluckError notFound(String what) {
        return new PotluckError(404, "not_found", "There is no " + what);
    }

    static PotluckError stale(long revision) {
        return new PotluckError(412, "stale", "The object is at revision " + revision + "; read it again");
    }

    static PotluckError invalid(String field, String message) {
        return new PotluckError(422, "invalid", field + ": " + message);
    }

    static PotluckError keyReused() {
        return new PotluckError(422, "key_reused", "This Idempotency-Key came with another request");
    }

    static PotluckError tooMany(long waitSeconds) {
        return new PotluckError(
                429, "too_many_requests", "Slow down", Map.of("Retry-After", Long.toString(waitSeconds)));
    }

    static PotluckError busy() {
        return new PotluckError(503, "busy", "Potluck is busy; try again");
    }

    static PotluckError lostAnswer() {
        return new PotluckError(504, "timeout", "The request took too long");
    }

    Answer answer() {
        var json = Json.object();
        json.putObject("error").put("code", code).put("message", getMessage());
        return Answer.of(status, json).withHeaders(headers);
    }
}
