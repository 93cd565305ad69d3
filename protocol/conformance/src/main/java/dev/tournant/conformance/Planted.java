package dev.tournant.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A document into which members were planted that nobody knows.
 *
 * @param tokens what was planted, by its place
 */
record Planted(JsonNode document, Map<Place, String> tokens) {
    static final String MEMBER = "x_kit_unknown";

    /** In about every second object, at least in one. */
    static Planted in(JsonNode original, Random random) {
        JsonNode document = original.deepCopy();
        Map<Place, String> tokens = new LinkedHashMap<>();
        for (Place place : Place.all(original)) {
            boolean chosen = tokens.isEmpty() || random.nextBoolean();
            if (chosen && place.of(document) instanceof ObjectNode object && !Place.isTable(object)) {
                String token = "kit-token-" + tokens.size() + ".";
                object.putObject(MEMBER).put("kept", token);
                tokens.put(place.in(MEMBER), token);
            }
        }
        return new Planted(document, tokens);
    }

    /** Where stands what is not in another document, wherever it may have moved there. */
    List<Place> missingIn(JsonNode other) {
        String text = other.toString();
        return tokens.entrySet().stream()
                .filter(each -> !text.contains(each.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
