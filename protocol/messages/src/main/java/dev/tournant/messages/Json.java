package dev.tournant.messages;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** The one JSON form of Tournant, in text and in any other format of Jackson. */
public final class Json {
    /** How deeply documents may be nested. */
    public static final int DEPTH_MAX = 64;

    private static final ObjectMapper TEXT = mapper(new JsonFactory());

    private Json() {}

    /** The mapper for JSON text; shared, do not configure it. */
    public static ObjectMapper text() {
        return TEXT;
    }

    /** The same form in the format of {@code factory}, for example CBOR. */
    public static ObjectMapper mapper(JsonFactory factory) {
        factory.setStreamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build());
        return JsonMapper.builder(factory)
                .addModule(new ModelModule())
                // In a map a null is said on purpose: it clears a field.
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .build();
    }
}
