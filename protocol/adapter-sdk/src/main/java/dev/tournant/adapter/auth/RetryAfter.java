package dev.tournant.adapter.auth;

import dev.tournant.adapter.Answer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** The header Retry-After of RFC 9110: seconds or a date. */
final class RetryAfter {
    /** A partner that wishes for more is asked once a day. */
    private static final Duration MOST = Duration.ofDays(1);

    private RetryAfter() {}

    /** Zero where the header is missing, past or malformed. */
    static Duration of(Answer answer, Instant now) {
        Duration wish = answer.header("retry-after")
                .map(text -> parse(text.strip(), now))
                .orElse(Duration.ZERO);
        return wish.isNegative() ? Duration.ZERO : wish.compareTo(MOST) > 0 ? MOST : wish;
    }

    private static Duration parse(String text, Instant now) {
        try {
            return text.matches("[0-9]{1,18}")
                    ? Duration.ofSeconds(Long.parseLong(text))
                    : Duration.between(
                            now,
                            ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }
}
