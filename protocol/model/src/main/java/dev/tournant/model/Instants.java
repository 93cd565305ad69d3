package dev.tournant.model;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * Reads and writes RFC 3339 instants as {@link Instant#parse} and {@link Instant#toString} do; what nearly all look
 * like, {@code 2026-01-31T12:00:00.123Z}, without the general machinery, which costs microseconds for every stamp.
 */
public final class Instants {
    private static final int WHOLE_SECONDS = "2026-01-31T12:00:00Z".length();
    private static final int NANO_DIGITS = 9;
    private static final long SECONDS_A_DAY = 86_400;
    private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    /** Most instants are of the day that the one before was of. Immutable, so a race costs nothing but time. */
    private static volatile Day lastDay = new Day(Long.MIN_VALUE, new byte[0]);

    private Instants() {}

    /** Throws {@link DateTimeException} for text that is no instant. */
    public static Instant parse(String text) {
        int length = text.length();
        boolean common = length >= WHOLE_SECONDS
                && text.charAt(length - 1) == 'Z'
                && text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(10) == 'T'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':';
        int year = common ? digits(text, 0, 4) : -1;
        int month = common ? digits(text, 5, 7) : -1;
        int day = common ? digits(text, 8, 10) : -1;
        int hour = common ? digits(text, 11, 13) : -1;
        int minute = common ? digits(text, 14, 16) : -1;
        int second = common ? digits(text, 17, 19) : -1;
        int nano = common ? nano(text, length) : -1;
        boolean plain =
                (year | month | day | hour | minute | second | nano) >= 0 && hour < 24 && minute < 60 && second < 60;
        if (!plain) {
            return Instant.parse(text);
        }
        long days = LocalDate.of(year, month, day).toEpochDay();
        return Instant.ofEpochSecond(days * SECONDS_A_DAY + hour * 3_600L + minute * 60L + second, nano);
    }

    /** The number that these characters are; -1 if they are none. */
    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private static int nano(String text, int length) {
        if (length == WHOLE_SECONDS) {
            return 0;
        }
        int count = length - WHOLE_SECONDS - 1;
        if (text.charAt(WHOLE_SECONDS - 1) != '.' || count < 1 || count > NANO_DIGITS) {
            return -1;
        }
        int number = digits(text, WHOLE_SECONDS, length - 1);
        for (int i = count; i < NANO_DIGITS; i++) {
            number *= 10;
        }
        return number;
    }

    /** Whole seconds, or with 3, 6 or 9 decimals, as many as are needed. */
    public static String print(Instant instant) {
        long seconds = instant.getEpochSecond();
        if (seconds < FIRST || seconds > LAST) {
            return instant.toString();
        }
        Day day = day(Math.floorDiv(seconds, SECONDS_A_DAY));
        int ofDay = (int) Math.floorMod(seconds, SECONDS_A_DAY);
        int nano = instant.getNano();
        int decimals = nano == 0 ? 0 : nano % 1_000_000 == 0 ? 3 : nano % 1_000 == 0 ? 6 : NANO_DIGITS;
        byte[] text = Arrays.copyOf(day.text, WHOLE_SECONDS + (decimals == 0 ? 0 : 1 + decimals));
        digits(text, 11, 2, ofDay / 3_600);
        text[13] = ':';
        digits(text, 14, 2, ofDay / 60 % 60);
        text[16] = ':';
        digits(text, 17, 2, ofDay % 60);
        if (decimals > 0) {
            text[19] = '.';
            digits(text, 20, decimals, decimals == 3 ? nano / 1_000_000 : decimals == 6 ? nano / 1_000 : nano);
        }
        text[text.length - 1] = 'Z';
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /** A day and its beginning in text: {@code 2026-01-31T}. */
    @SuppressWarnings("ArrayRecordComponent") // never compared nor changed
    private record Day(long epochDay, byte[] text) {}

    private static Day day(long epochDay) {
        Day known = lastDay;
        if (known.epochDay != epochDay) {
            LocalDate date = LocalDate.ofEpochDay(epochDay);
            byte[] text = new byte[11];
            digits(text, 0, 4, date.getYear());
            text[4] = '-';
            digits(text, 5, 2, date.getMonthValue());
            text[7] = '-';
            digits(text, 8, 2, date.getDayOfMonth());
            text[10] = 'T';
            known = new Day(epochDay, text);
            lastDay = known;
        }
        return known;
    }

    /** With leading zeros. */
    private static void digits(byte[] text, int from, int count, int number) {
        int rest = number;
        for (int i = from + count - 1; i >= from; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
