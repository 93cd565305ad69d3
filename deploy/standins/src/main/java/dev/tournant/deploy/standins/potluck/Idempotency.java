package dev.tournant.deploy.standins.potluck;

import dev.tournant.deploy.standins.core.Answer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What was answered under each {@code Idempotency-Key} of one location: a repeat of the same request gets the same answer
 * and changes nothing. Only answers of requests that did something are kept. Safe for threads.
 */
final class Idempotency {
    /** Keys kept; beyond it the oldest is forgotten. */
    static final int KEYS_MAX = 2_000;

    static final int KEY_CHARS_MAX = 128;

    private record Kept(String request, Answer answer) {}

    private final Map<String, Kept> kept = new LinkedHashMap<>();

    synchronized Answer once(Optional<String> key, String request, Supplier<Answer> work) {
        if (key.isEmpty()) {
            return work.get();
        }
        if (key.get().length() > KEY_CHARS_MAX) {
            throw PotluckError.bad("Idempotency-Key has more than " + KEY_CHARS_MAX + " characters");
        }
        Kept before = kept.get(key.get());
        if (before != null && !before.request().equals(request)) {
            throw PotluckError.keyReused();
        }
        return before != null ? before.answer() : keep(key.get(), request, work.get());
    }

    private Answer keep(String key, String request, Answer answer) {
        kept.put(key, new Kept(request, answer));
        if (kept.size() > KEYS_MAX) {
            kept.remove(kept.keySet().iterator().next());
        }
        return answer;
    }
}
