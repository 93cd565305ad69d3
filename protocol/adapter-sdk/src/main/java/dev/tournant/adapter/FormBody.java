package dev.tournant.adapter;

import dev.tournant.model.InvalidValue;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Bodies of the type {@code application/x-www-form-urlencoded}, in UTF-8. */
public final class FormBody {
    private static final String HEX = "0123456789ABCDEF";

    private FormBody() {}

    /** Fields in the order of their names, so that equal fields make equal bytes. */
    public static String of(Map<String, String> fields) {
        StringBuilder body = new StringBuilder();
        new TreeMap<>(fields).forEach((name, value) -> {
            body.append(body.length() == 0 ? "" : "&");
            encode(name, body);
            body.append('=');
            encode(value, body);
        });
        return body.toString();
    }

    /** A text as one segment of a path, or as a name or value of a query: RFC 3986, 2.1. */
    public static String percent(String text) {
        StringBuilder into = new StringBuilder();
        encode(text, into);
        // Forms alone write a blank as +, and alone leave * as it is.
        return into.toString().replace("+", "%20").replace("*", "%2A");
    }

    private static void encode(String text, StringBuilder into) {
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            int unit = each & 0xFF;
            if (isPlain(unit)) {
                into.append((char) unit);
            } else if (unit == ' ') {
                into.append('+');
            } else {
                into.append('%').append(HEX.charAt(unit >> 4)).append(HEX.charAt(unit & 15));
            }
        }
    }

    private static boolean isPlain(int unit) {
        return (unit >= 'a' && unit <= 'z')
                || (unit >= 'A' && unit <= 'Z')
                || (unit >= '0' && unit <= '9')
                || unit == '-'
                || unit == '_'
                || unit == '.'
                || unit == '*';
    }

    /** The bytes of one field. {@link InvalidValue} if it is there twice, or if an escape is broken. */
    public static Optional<byte[]> field(byte[] body, String name) {
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        byte[] found = null;
        int from = 0;
        while (from <= body.length) {
            int end = next(body, '&', from, body.length);
            int equals = next(body, '=', from, end);
            if (Arrays.equals(decoded(body, from, equals), wanted)) {
                if (found != null) {
                    throw new InvalidValue("has the form field " + name + " more than once");
                }
                found = decoded(body, Math.min(equals + 1, end), end);
            }
            from = end + 1;
        }
        return Optional.ofNullable(found);
    }

    private static int next(byte[] body, char mark, int from, int end) {
        int at = from;
        while (at < end && body[at] != mark) {
            at++;
        }
        return at;
    }

    private static byte[] decoded(byte[] body, int from, int end) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(end - from);
        for (int at = from; at < end; at++) {
            if (body[at] == '%') {
                bytes.write(digit(body, at + 1, end) << 4 | digit(body, at + 2, end));
                at += 2;
            } else {
                bytes.write(body[at] == '+' ? ' ' : body[at]);
            }
        }
        return bytes.toByteArray();
    }

    private static int digit(byte[] body, int at, int end) {
        int digit = at < end ? Character.digit(body[at], 16) : -1;
        if (digit < 0) {
            throw new InvalidValue("has a broken escape at byte " + at);
        }
        return digit;
    }
}
