package dev.tournant.http.client.token;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.auth.Token;
import dev.tournant.messages.Json;
import dev.tournant.messages.TokenStore;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tokens as they are stored: JSON with {@code access}, {@code refresh} where there is one, {@code obtained-at} and
 * {@code expires-at}. Fields may be added; none may be renamed.
 */
final class TokenForm {
    private TokenForm() {}

    static String write(Token token) {
        ObjectNode json = Json.text().createObjectNode();
        json.put("access", token.access());
        if (token.refresh() != null) {
            json.put("refresh", token.refresh());
        }
        json.put("obtained-at", token.obtainedAt().toString());
        json.put("expires-at", token.expiresAt().toString());
        return json.toString();
    }

    /** Null where an entry has no token. What cannot be read is a defect, and its text is not repeated. */
    static @Nullable Held read(TokenStore.Entry entry) {
        String text = entry.token();
        if (text == null) {
            return null;
        }
        try {
            JsonNode json = Json.text().readTree(text);
            JsonNode refresh = json.path("refresh");
            return new Held(
                    entry.generation(),
                    new Token(
                            json.required("access").asText(),
                            refresh.textValue(),
                            Instant.parse(json.required("obtained-at").asText()),
                            Instant.parse(json.required("expires-at").asText())));
        } catch (JsonProcessingException | DateTimeException | IllegalArgumentException e) {
            throw new IllegalStateException("a stored token has a form that this version does not know: "
                    + e.getClass().getSimpleName());
        }
    }
}
