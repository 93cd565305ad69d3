package dev.tournant.adapter.signature;

import dev.tournant.adapter.Keyring;
import dev.tournant.model.InvalidValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** How the text of a secret becomes the bytes of a key. */
public enum KeyForm {
    /** The text itself in UTF-8. */
    TEXT,
    /** With or without padding. */
    BASE64,
    /** The alphabet that is safe in URLs, with or without padding. */
    BASE64URL;

    /** {@link InvalidValue} if the text has not this form or no byte is left; it does not repeat the text. */
    public byte[] decode(String secret) {
        byte[] key;
        try {
            key = switch (this) {
                case TEXT -> secret.getBytes(StandardCharsets.UTF_8);
                case BASE64 -> Base64.getDecoder().decode(secret);
                case BASE64URL -> Base64.getUrlDecoder().decode(secret);
            };
        } catch (IllegalArgumentException e) {
            throw new InvalidValue("is not " + this);
        }
        if (key.length == 0) {
            throw new InvalidValue("is empty");
        }
        return key;
    }

    /** The key that is the current value of a secret; {@link InvalidValue} names the secret if it is none. */
    public byte[] current(Keyring keys, String name) {
        String secret = keys.current(name);
        try {
            return decode(secret);
        } catch (InvalidValue e) {
            throw e.under(name);
        }
    }
}
