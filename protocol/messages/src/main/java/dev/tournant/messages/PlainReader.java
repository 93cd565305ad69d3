package dev.tournant.messages;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a member that may hold any JSON as plain JDK data, on any mapper. */
final class PlainReader extends JsonDeserializer<Object> {
    @Override
    public @Nullable Object deserialize(JsonParser in, DeserializationContext context) throws IOException {
        return Plain.read(in);
    }
}
