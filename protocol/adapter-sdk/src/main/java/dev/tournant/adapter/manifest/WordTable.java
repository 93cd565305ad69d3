package dev.tournant.adapter.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.lens.Lens;
import dev.tournant.model.InvalidValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Words of a partner (texts, flags or numbers) for values of ours. Of several words for one value the first is written.
 *
 * @param words plain data of the partner's, and of ours
 * @param other what unknown words mean, which stay as they are while it is written over them; null to refuse them
 * @param passes whether what is no word is taken as it is
 */
record WordTable(Map<Object, Object> words, @Nullable Object other, boolean passes) implements Lens<Object> {
    WordTable {
        words = new LinkedHashMap<>(words);
    }

    @Override
    public @Nullable Object get(JsonNode node) {
        Object word = Plains.of(node);
        if (word == null) {
            return null;
        }
        Object value = words.get(word);
        if (value != null) {
            return value;
        }
        if (passes) {
            return word;
        }
        if (other == null) {
            throw new InvalidValue(shown(word) + " is unknown; known are " + known());
        }
        return other;
    }

    private static String shown(Object word) {
        String text = String.valueOf(word);
        return "\"" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "\"";
    }

    private String known() {
        return words.keySet().stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    @Override
    public JsonNode put(JsonNode node, @Nullable Object value) {
        if (Objects.equals(readOrNull(node), value)) {
            return node;
        }
        if (value == null) {
            return Plains.node(null);
        }
        for (Map.Entry<Object, Object> each : words.entrySet()) {
            if (each.getValue().equals(value)) {
                return Plains.node(each.getKey());
            }
        }
        if (passes) {
            return Plains.node(value);
        }
        throw new InvalidValue(value + " has no word at this partner");
    }

    private @Nullable Object readOrNull(JsonNode node) {
        try {
            return get(node);
        } catch (InvalidValue e) {
            return null;
        }
    }
}
