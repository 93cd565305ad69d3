package dev.tournant.adapter;

import dev.tournant.model.InvalidValue;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** Checks of values that come from a configuration. Each throws {@link InvalidValue} that names the field. */
public final class Settings {
    public static final int TEXT_CHARS_MAX = 1_000;

    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
    private static final Pattern HEADER_VALUE = Pattern.compile("[ -~]{0,16384}");
    private static final Pattern SECRET_NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");
    private static final Pattern PATH = Pattern.compile("/[!-~]{0,999}");

    private Settings() {}

    /** 1 to {@value #TEXT_CHARS_MAX} characters. */
    public static String text(String field, String value) {
        if (value.isEmpty() || value.length() > TEXT_CHARS_MAX) {
            throw wrong(field, "must have 1 to " + TEXT_CHARS_MAX + " characters, not " + value.length());
        }
        return value;
    }

    /** A token of RFC 9110: letters, digits and a few marks, no blanks and no colon. */
    public static String headerName(String field, String value) {
        return form(field, value, HEADER_NAME, "must be the name of a header, such as X-Signature");
    }

    /** Printable ASCII: anything else could end the header and begin another. The error does not repeat the value. */
    public static String headerValue(String field, String value) {
        if (!HEADER_VALUE.matcher(value).matches()) {
            throw wrong(field, "must be printable ASCII, at most 16384 characters, to stand in a header");
        }
        return value;
    }

    /** The name under which a {@link Keyring} holds a secret; not the secret. */
    public static String secretName(String field, String value) {
        return form(field, value, SECRET_NAME, "must be the name of a secret, such as client-secret");
    }

    /** A path below the partner's base URL. */
    public static String path(String field, String value) {
        return form(field, value, PATH, "must be a path that begins with /, such as /oauth/token");
    }

    /** The value is not repeated: somebody may have written a secret where its name belongs. */
    private static String form(String field, String value, Pattern form, String rule) {
        if (!form.matcher(value).matches()) {
            throw wrong(field, rule);
        }
        return value;
    }

    /** Both bounds are allowed. */
    public static Duration duration(String field, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw wrong(field, "must be from " + least + " to " + most + ", not " + value);
        }
        return value;
    }

    /** An immutable copy of a list that has {@code least} to {@code most} elements. */
    public static <T> List<T> list(String field, List<T> values, int least, int most) {
        if (values.size() < least || values.size() > most) {
            throw wrong(field, "must have " + least + " to " + most + " elements, not " + values.size());
        }
        return List.copyOf(values);
    }

    public static InvalidValue wrong(String field, String detail) {
        return new InvalidValue(detail).under(field);
    }
}
