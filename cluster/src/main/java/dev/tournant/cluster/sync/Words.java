package dev.tournant.cluster.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tournant.messages.Json;
import dev.tournant.model.LinkId;
import dev.tournant.model.Provenance;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values and counts in words for people. */
final class Words {
    private Words() {}

    /** A value in JSON: {@code 2.00 USD}, {@code Tea}, {@code nothing}. */
    static String of(@Nullable Object json) {
        if (json == null) {
            return "nothing";
        }
        if (json instanceof String text) {
            return text;
        }
        if (json instanceof Map<?, ?> map
                && map.size() == 2
                && map.containsKey("amount")
                && map.containsKey("currency")) {
            return map.get("amount") + " " + map.get("currency");
        }
        try {
            return Json.text().writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plain JSON data can be written", e);
        }
    }

    /** {@code 1 record}, {@code 2 records}. */
    static String records(int count) {
        return count == 1 ? "1 record" : count + " records";
    }

    /** {@code 1 value}, {@code 2 values}. */
    static String values(int count) {
        return count == 1 ? "1 value" : count + " values";
    }

    /** {@code once}, {@code 2 times}. */
    static String times(int count) {
        return count == 1 ? "once" : count + " times";
    }

    /** Who said something, when, and in what: {@code sq-1 at 2026-01-31T12:00:00Z in event e7}. */
    static String who(LinkId link, Instant at, String event) {
        boolean isOperator = link.equals(Provenance.API);
        String in = event.isEmpty() ? "" : (isOperator ? " in request " : " in event ") + event;
        return (isOperator ? "an operator" : link.value()) + " at " + at + in;
    }
}
