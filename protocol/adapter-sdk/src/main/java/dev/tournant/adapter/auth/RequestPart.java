package dev.tournant.adapter.auth;

import dev.tournant.adapter.Settings;
import dev.tournant.adapter.signature.SignatureForm;

/** A piece of what is signed of a request, or of the header that holds the signature. */
public sealed interface RequestPart {
    /** {@code GET}, in upper case. */
    record Verb() implements RequestPart {}

    /** As the request has it, so the partner's base URL must have no path of its own. */
    record PathAndQuery() implements RequestPart {}

    /** The request's Content-Type; {@code application/json} where it has a body but no such header; else empty. */
    record ContentType() implements RequestPart {}

    /** SHA-256 of the body in UTF-8; of no bytes where there is no body. */
    record BodySha256(SignatureForm form) implements RequestPart {}

    /** When the request is signed, as in the date header: {@code Sun, 01 Feb 2026 09:05:00 GMT}. */
    record Date() implements RequestPart {}

    /** A secret by its name, such as the client's id. */
    record Secret(String name) implements RequestPart {
        public Secret {
            Settings.secretName("secret", name);
        }
    }

    /** A separator or another text that is always the same. */
    record Text(String text) implements RequestPart {
        public Text {
            Settings.text("text", text);
        }
    }
}
