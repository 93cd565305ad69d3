package dev.tournant.adapter.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.FieldPath;
import dev.tournant.adapter.Settings;
import dev.tournant.adapter.TimeForm;
import dev.tournant.model.InvalidValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Until when a token is good.
 *
 * @param field of the answer
 * @param form if the field holds a point in time; null if it holds the token's lifetime in whole seconds
 * @param otherwise the lifetime of a token whose answer has no such field; 1 s to 10 years
 */
public record Expiry(FieldPath field, @Nullable TimeForm form, Duration otherwise) {
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofDays(3_653);
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,10}");

    public Expiry {
        Settings.duration("otherwise", otherwise, LEAST, MOST);
    }

    /** {@code expires_in} of RFC 6749; an hour where it is missing. */
    public static Expiry standard() {
        return new Expiry(FieldPath.of("expires_in"), null, Duration.ofHours(1));
    }

    /** Ten years from now at most; {@link InvalidValue} if the field cannot be read or the token is no good any more. */
    Instant of(JsonNode answer, Instant now) {
        Optional<String> text = field.text(answer);
        if (text.isEmpty()) {
            return now.plus(otherwise);
        }
        Instant end = form == null ? now.plusSeconds(seconds(text.get())) : time(form, text.get());
        if (!end.isAfter(now)) {
            throw Settings.wrong(field.toString(), "says that the token has expired");
        }
        Instant latest = now.plus(MOST);
        return end.isAfter(latest) ? latest : end;
    }

    private long seconds(String text) {
        if (!SECONDS.matcher(text).matches()) {
            throw Settings.wrong(field.toString(), "must be whole seconds");
        }
        return Long.parseLong(text);
    }

    private Instant time(TimeForm as, String text) {
        try {
            return as.parse(text);
        } catch (InvalidValue e) {
            throw e.under(field.toString());
        }
    }
}
