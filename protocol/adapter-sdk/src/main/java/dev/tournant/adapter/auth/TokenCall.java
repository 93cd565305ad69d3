package dev.tournant.adapter.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.FormBody;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A POST that asks for a token.
 *
 * @param path below the partner's base URL
 * @param fields of the body by name, all of them text; at most 32
 * @param headers besides Content-Type and Accept; at most 32
 */
public record TokenCall(String path, Format format, Map<String, Value> fields, Map<String, Value> headers) {
    public static final int FIELDS_MAX = 32;

    /** How the fields are written. */
    public enum Format {
        JSON("application/json"),
        FORM("application/x-www-form-urlencoded");

        private final String contentType;

        Format(String contentType) {
            this.contentType = contentType;
        }
    }

    public TokenCall {
        Settings.path("path", path);
        fields = checked("fields", fields);
        headers = checked("headers", headers);
        headers.keySet().forEach(name -> Settings.headerName("headers", name));
    }

    private static Map<String, Value> checked(String field, Map<String, Value> values) {
        if (values.size() > FIELDS_MAX) {
            throw Settings.wrong(field, "must be at most " + FIELDS_MAX + ", not " + values.size());
        }
        values.keySet().forEach(name -> Settings.text(field, name));
        return Map.copyOf(values);
    }

    /** RFC 6749, 4.4: the client's id and secret in the body, as {@code client-id} and {@code client-secret}. */
    public static TokenCall clientCredentials(String path, Format format) {
        return new TokenCall(path, format, client("client_credentials"), Map.of());
    }

    /** RFC 6749, 4.1.3: for the code that the merchant's browser brought back. */
    public static TokenCall authorizationCode(String path, Format format) {
        return new TokenCall(path, format, client("authorization_code"), Map.of())
                .with("code", Value.Given.CODE)
                .with("redirect_uri", Value.Given.REDIRECT_URI);
    }

    /** RFC 6749, 6. */
    public static TokenCall refreshToken(String path, Format format) {
        return new TokenCall(path, format, client("refresh_token"), Map.of())
                .with("refresh_token", Value.Given.REFRESH_TOKEN);
    }

    private static Map<String, Value> client(String grantType) {
        return Map.of(
                "grant_type", new Value.Text(grantType),
                "client_id", new Value.Secret("client-id"),
                "client_secret", new Value.Secret("client-secret"));
    }

    /** The same with one more field. Scopes are one text with blanks between them. */
    public TokenCall with(String field, Value value) {
        return new TokenCall(path, format, more(fields, field, value), headers);
    }

    public TokenCall withHeader(String name, Value value) {
        return new TokenCall(path, format, fields, more(headers, name, value));
    }

    private static Map<String, Value> more(Map<String, Value> values, String name, Value value) {
        Map<String, Value> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return more;
    }

    boolean asksFor(Value.Given given) {
        return fields.containsValue(given);
    }

    /** Never repeatable: a partner may count tokens, or take a code or a refresh token once only. */
    Request request(Keyring keys, Map<Value.Given, String> given) {
        Map<String, String> all = new LinkedHashMap<>();
        headers.forEach((name, value) -> all.put(name, Settings.headerValue(name, Value.resolve(value, keys, given))));
        all.put("Content-Type", format.contentType);
        all.put("Accept", Format.JSON.contentType);
        return new Request("POST", path, all, body(keys, given), false);
    }

    private String body(Keyring keys, Map<Value.Given, String> given) {
        Map<String, String> texts = new TreeMap<>();
        fields.forEach((name, value) -> texts.put(name, Value.resolve(value, keys, given)));
        if (format == Format.FORM) {
            return FormBody.of(texts);
        }
        ObjectNode json = Documents.empty();
        texts.forEach(json::put);
        return Documents.text(json);
    }
}
