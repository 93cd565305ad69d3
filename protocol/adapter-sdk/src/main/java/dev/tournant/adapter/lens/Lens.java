package dev.tournant.adapter.lens;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A view of one value in a partner's document, which can be read and written.
 *
 * <p>Laws: {@code put(d, get(d))} says the same as {@code d} (GetPut); {@code get(put(d, v))} is {@code v} (PutGet).
 * What the lens does not look at is the same before and after. {@code MissingNode} stands for "not there".
 */
public interface Lens<T> {
    /** The value; null where the document has none. {@code InvalidValue} names the path of what cannot be read. */
    @Nullable
    T get(JsonNode document);

    /** The document with this value in it; null takes the value away. The given document is not changed. */
    JsonNode put(JsonNode document, @Nullable T value);
}
