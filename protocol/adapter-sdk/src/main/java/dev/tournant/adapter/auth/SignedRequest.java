package dev.tournant.adapter.auth;

import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Settings;
import dev.tournant.adapter.signature.HmacAlgorithm;
import dev.tournant.adapter.signature.KeyForm;
import dev.tournant.adapter.signature.SignatureForm;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every request is signed by an HMAC over parts of it.
 *
 * @param header in which the signature stands
 * @param before what stands before the signature in that header; none to 8 parts
 * @param key name of the secret to sign with
 * @param parts what is signed, with nothing between the parts; 1 to 32
 * @param dateHeader which tells the partner the signed date; null if no date is signed
 */
public record SignedRequest(
        String header,
        List<RequestPart> before,
        SignatureForm form,
        HmacAlgorithm algorithm,
        String key,
        KeyForm keyForm,
        List<RequestPart> parts,
        @Nullable String dateHeader)
        implements AuthScheme {
    /** RFC 1123 with two digits for the day, which the JDK's own formatter does not write. */
    private static final DateTimeFormatter RFC_1123 = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    public SignedRequest {
        Settings.headerName("header", header);
        Settings.secretName("key", key);
        before = Settings.list("before", before, 0, 8);
        parts = Settings.list("parts", parts, 1, 32);
        if (parts.contains(new RequestPart.Date()) != (dateHeader != null)) {
            throw Settings.wrong("date-header", "must be there exactly if the date is one of the parts");
        }
        if (dateHeader != null) {
            Settings.headerName("date-header", dateHeader);
        }
    }

    @Override
    public Request authorise(Request request, Keyring keys, @Nullable Token token, Instant now) {
        String date = RFC_1123.format(now);
        byte[] mac = algorithm.mac(keyForm.current(keys, key), bytes(join(parts, request, keys, date)));
        String value = join(before, request, keys, date) + form.encode(mac);
        Request signed = request.with(header, Settings.headerValue(header, value));
        return dateHeader == null ? signed : signed.with(dateHeader, date);
    }

    private static String join(List<RequestPart> parts, Request request, Keyring keys, String date) {
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(text(part, request, keys, date)));
        return text.toString();
    }

    private static String text(RequestPart part, Request request, Keyring keys, String date) {
        if (part instanceof RequestPart.Verb) {
            return request.method().toUpperCase(Locale.ROOT);
        }
        if (part instanceof RequestPart.PathAndQuery) {
            return request.path();
        }
        if (part instanceof RequestPart.ContentType) {
            return contentType(request);
        }
        if (part instanceof RequestPart.BodySha256 hash) {
            return hash.form().encode(sha256(request.json() == null ? "" : request.json()));
        }
        if (part instanceof RequestPart.Date) {
            return date;
        }
        if (part instanceof RequestPart.Secret secret) {
            return keys.current(secret.name());
        }
        if (part instanceof RequestPart.Text text) {
            return text.text();
        }
        throw new IllegalArgumentException("has no text: " + part);
    }

    private static String contentType(Request request) {
        return request.headers().entrySet().stream()
                .filter(each -> each.getKey().equalsIgnoreCase("content-type"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(request.json() == null ? "" : "application/json");
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
