package dev.tournant.adapter.signature;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.FormBody;
import dev.tournant.adapter.Settings;
import dev.tournant.model.InvalidValue;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a body holds its JSON object.
 *
 * @param formField the field of a form-encoded body that holds it; null if the body is the JSON
 */
public record BodyShape(@Nullable String formField) {
    /** A body that is longer is not read before it is verified, and {@link Documents#DEPTH_MAX} limits its depth. */
    public static final int UNVERIFIED_BYTES_MAX = 1 << 20;

    public static final BodyShape JSON = new BodyShape(null);

    public BodyShape {
        if (formField != null) {
            Settings.text("form-field", formField);
        }
    }

    public static BodyShape form(String field) {
        return new BodyShape(field);
    }

    /** The bytes of the JSON, for whoever reads a verified body. {@link InvalidValue} if the form has none. */
    public byte[] json(byte[] body) {
        if (formField == null) {
            return body;
        }
        return FormBody.field(body, formField).orElseThrow(() -> new InvalidValue("has no form field " + formField));
    }

    /** A body that holds this JSON, in UTF-8: {@link #json} gives it back. */
    public byte[] holding(String json) {
        String body = formField == null ? json : FormBody.of(Map.of(formField, json));
        return body.getBytes(StandardCharsets.UTF_8);
    }

    /** The reason says nothing of what stands in the body: it may be a key. */
    ObjectNode unverified(byte[] body) {
        if (body.length > UNVERIFIED_BYTES_MAX) {
            throw new InvalidValue(
                    "the body has " + body.length + " bytes; read unverified are " + UNVERIFIED_BYTES_MAX + " at most");
        }
        try {
            return Documents.object(json(body));
        } catch (InvalidValue e) {
            throw new InvalidValue(
                    formField == null
                            ? "the body is no JSON object"
                            : "the body holds no form field with a JSON object");
        }
    }
}
