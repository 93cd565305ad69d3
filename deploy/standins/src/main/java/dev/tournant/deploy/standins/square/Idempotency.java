package dev.tournant.deploy.standins.square;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Answer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What was answered under each idempotency key of one seller: a repeat of the same request gets the same answer and changes
 * nothing; the key with another request is refused. Only answers of requests that did something are kept.
 */
final class Idempotency {
    /** Keys kept for one seller; beyond it the oldest is forgotten. */
    static final int KEYS_MAX = 2_000;

    static final int KEY_CHARS_MAX = 128;

    private record Kept(String request, Answer answer) {}

    private final Map<String, Kept> kept = new LinkedHashMap<>();

    Answer once(String endpoint, ObjectNode request, Supplier<Answer> work) {
        String key = request.path("idempotency_key").asText();
        return keyError(key)
                .map(SquareError::refused)
                .orElseGet(() -> known(endpoint + key, request.toString()).orElseGet(() -> {
                    Answer answer = work.get();
                    keep(endpoint + key, request.toString(), answer);
                    return answer;
                }));
    }

    private static Optional<SquareError> keyError(String key) {
        if (key.isEmpty()) {
            return Optional.of(SquareError.missing("idempotency_key"));
        }
        return key.length() > KEY_CHARS_MAX
                ? Optional.of(SquareError.bad(
                        "VALUE_TOO_LONG",
                        "Field must not be greater than " + KEY_CHARS_MAX + " in length",
                        "idempotency_key"))
                : Optional.empty();
    }

    private Optional<Answer> known(String key, String request) {
        Kept before = kept.get(key);
        if (before == null) {
            return Optional.empty();
        }
        return Optional.of(
                before.request().equals(request)
                        ? before.answer()
                        : SquareError.refused(SquareError.bad(
                                "IDEMPOTENCY_KEY_REUSED",
                                "Different request parameters used for the same idempotency_key.",
                                "idempotency_key")));
    }

    private void keep(String key, String request, Answer answer) {
        if (answer.isOk()) {
            kept.put(key, new Kept(request, answer));
            if (kept.size() > KEYS_MAX) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
    }
}
