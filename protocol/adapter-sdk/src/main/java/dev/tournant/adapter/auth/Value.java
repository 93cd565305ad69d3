package dev.tournant.adapter.auth;

import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Settings;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;

/** Where a field of a token request, or a claim, has its value from. */
public sealed interface Value {
    /** Always the same. */
    record Text(String text) implements Value {
        public Text {
            Settings.text("text", text);
        }
    }

    /** A secret by its name. */
    record Secret(String name) implements Value {
        public Secret {
            Settings.secretName("secret", name);
        }
    }

    /** {@code Basic base64(id:secret)} of RFC 7617, for a header. */
    record Basic(String idName, String secretName) implements Value {
        public Basic {
            Settings.secretName("id", idName);
            Settings.secretName("secret", secretName);
        }
    }

    /** What only the moment knows. */
    enum Given implements Value {
        /** The authorization code that the merchant's browser brought back. */
        CODE,
        /** To where the browser was sent back; partners compare it. */
        REDIRECT_URI,
        /** The refresh token that came with the token before. */
        REFRESH_TOKEN
    }

    /** {@link dev.tournant.model.InvalidValue} names what is missing. */
    static String resolve(Value value, Keyring keys, Map<Given, String> given) {
        if (value instanceof Text text) {
            return text.text();
        }
        if (value instanceof Secret secret) {
            return keys.current(secret.name());
        }
        if (value instanceof Basic basic) {
            String pair = keys.current(basic.idName()) + ":" + keys.current(basic.secretName());
            return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        }
        String text = value instanceof Given key ? given.get(key) : null;
        if (text == null) {
            throw Settings.wrong(value.toString().toLowerCase(Locale.ROOT), "is not there for this request");
        }
        return text;
    }
}
