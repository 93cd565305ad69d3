package dev.tournant.adapter.signature;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.FieldPath;
import dev.tournant.adapter.Hook;
import dev.tournant.model.InvalidValue;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a scheme sees of one webhook. The body is parsed when the first field is asked for, once, and not at all for
 * schemes that name none. {@link InvalidValue} says what is missing, as a reason for our logs.
 */
final class Content {
    private static final int FIELD_CHARS_MAX = 256;

    private final Hook hook;
    private final BodyShape shape;
    private @Nullable ObjectNode document;

    Content(Hook hook, BodyShape shape) {
        this.hook = hook;
        this.shape = shape;
    }

    byte[] bytes(SignedPart part) {
        return part instanceof SignedPart.Body ? hook.body() : text(part).getBytes(StandardCharsets.UTF_8);
    }

    String text(SignedPart part) {
        if (part instanceof SignedPart.Url) {
            return hook.url();
        }
        if (part instanceof SignedPart.Header header) {
            return header(hook, header.name());
        }
        if (part instanceof SignedPart.BodyField field) {
            return field(field.path());
        }
        if (part instanceof SignedPart.Text text) {
            return text.text();
        }
        throw new IllegalArgumentException("has no text: " + part);
    }

    String field(FieldPath path) {
        if (document == null) {
            document = shape.unverified(hook.body());
        }
        String text = path.text(document).orElseThrow(() -> new InvalidValue("the body has no field " + path));
        if (text.length() > FIELD_CHARS_MAX) {
            throw new InvalidValue("the body's field " + path + " is longer than " + FIELD_CHARS_MAX + " characters");
        }
        return text;
    }

    static String header(Hook hook, String lowerCaseName) {
        String text = hook.header(lowerCaseName).orElseThrow(() -> new InvalidValue("no header " + lowerCaseName));
        if (text.length() > WebhookScheme.HEADER_CHARS_MAX) {
            throw new InvalidValue("the header " + lowerCaseName + " is longer than " + WebhookScheme.HEADER_CHARS_MAX
                    + " characters");
        }
        return text;
    }
}
