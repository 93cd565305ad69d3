package dev.tournant.adapter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.model.InvalidValue;
import java.io.IOException;
import java.util.regex.Pattern;

/** Parses and writes partner documents, within limits: depth {@value #DEPTH_MAX}, 64 digits a number. */
public final class Documents {
    public static final int DEPTH_MAX = 64;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_MAX)
                            .maxNumberLength(64)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** How the parser names a place, as that where what was never closed begins: of no use beyond its line and column. */
    private static final Pattern PLACE = Pattern.compile("\\[Source: [^\\]]*line: (\\d+), column: (\\d+)\\]");

    private Documents() {}

    /** A JSON object; {@link InvalidValue} says what is wrong with anything else, and where. */
    public static ObjectNode object(byte[] utf8) {
        if (parsed(utf8) instanceof ObjectNode object) {
            return object;
        }
        throw new InvalidValue("must be a JSON object");
    }

    /** A JSON list; {@link InvalidValue} says what is wrong with anything else, and where. */
    public static ArrayNode list(byte[] utf8) {
        if (parsed(utf8) instanceof ArrayNode list) {
            return list;
        }
        throw new InvalidValue("must be a JSON list");
    }

    private static JsonNode parsed(byte[] utf8) {
        try {
            return MAPPER.readTree(utf8);
        } catch (JsonProcessingException e) {
            String where =
                    e.getLocation() == null ? "" : " at byte " + e.getLocation().getByteOffset();
            throw new InvalidValue("is no JSON" + where + ": " + why(e));
        } catch (IOException e) {
            throw new InvalidValue("is no UTF-8 text: " + e.getMessage());
        }
    }

    /** What is wrong with a text that is no JSON, for whoever wrote it: places in it by line and column, both from 1. */
    public static String why(JsonProcessingException trouble) {
        return PLACE.matcher(String.valueOf(trouble.getOriginalMessage())).replaceAll("line $1, column $2");
    }

    public static ObjectNode empty() {
        return MAPPER.createObjectNode();
    }

    public static String text(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that was read or built can be written", e);
        }
    }
}
