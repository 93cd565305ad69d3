package dev.tournant.adapter;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a partner says how long to wait.
 *
 * @param header in lower case
 */
public record Wait(String header, Form form) {
    /** {@code Retry-After} of RFC 9110: seconds or a date. */
    public static final Wait RETRY_AFTER = new Wait("retry-after", Form.SECONDS_OR_DATE);

    /** A partner that wishes for more is asked once a day. */
    public static final Duration MOST = Duration.ofDays(1);

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,30}(\\.[0-9]{1,9})?");
    /** Far more than can be meant, and still a Duration. */
    private static final BigDecimal MILLIS_MAX = BigDecimal.valueOf(1L << 60);

    /** How the header's value is to be read. */
    public enum Form {
        /** {@code 30}, or {@code Sun, 01 Feb 2026 09:05:00 GMT}. */
        SECONDS_OR_DATE(3, false),
        MILLIS(0, false),
        /** Seconds since 1970. */
        EPOCH_SECONDS(3, true),
        EPOCH_MILLIS(0, true);

        private final int digits;
        private final boolean isPointInTime;

        Form(int digits, boolean isPointInTime) {
            this.digits = digits;
            this.isPointInTime = isPointInTime;
        }
    }

    public Wait {
        Settings.headerName("header", header);
        header = header.toLowerCase(Locale.ROOT);
    }

    /** The longest of what an answer says, up to {@link #MOST}; zero where it says nothing, or nothing that can be read. */
    public static Duration longest(List<Wait> waits, Answer answer) {
        Duration longest = Duration.ZERO;
        for (Wait wait : waits) {
            Duration each = wait.of(answer);
            longest = each.compareTo(longest) > 0 ? each : longest;
        }
        return longest;
    }

    /** What an answer says, up to {@link #MOST}; zero where it says nothing, or nothing that can be read. */
    Duration of(Answer answer) {
        Duration wish =
                answer.header(header).map(text -> parse(text.strip(), answer)).orElse(Duration.ZERO);
        return wish.isNegative() ? Duration.ZERO : wish.compareTo(MOST) > 0 ? MOST : wish;
    }

    private Duration parse(String text, Answer answer) {
        try {
            if (NUMBER.matcher(text).matches()) {
                Duration number = Duration.ofMillis(millis(new BigDecimal(text)));
                return form.isPointInTime ? number.minusMillis(now(answer).toEpochMilli()) : number;
            }
            return form == Form.SECONDS_OR_DATE ? Duration.between(now(answer), date(text)) : Duration.ZERO;
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }

    private long millis(BigDecimal number) {
        return number.movePointRight(form.digits)
                .setScale(0, RoundingMode.CEILING)
                .min(MILLIS_MAX)
                .longValueExact();
    }

    /** A point in time is the partner's, so it is compared with the partner's clock where the answer tells it. */
    private static Instant now(Answer answer) {
        try {
            @Nullable String date = answer.header("date").orElse(null);
            return date == null ? answer.at() : date(date);
        } catch (DateTimeException e) {
            return answer.at();
        }
    }

    private static Instant date(String text) {
        return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    }
}
