package dev.tournant.adapter;

import dev.tournant.model.InvalidValue;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How a partner writes a point in time, in the years 1 to 9999. */
public enum TimeForm {
    EPOCH_SECONDS(1),
    EPOCH_MILLIS(1_000),
    /** {@code 2026-01-31T12:00:00.123Z}; offsets may be {@code +01:00} or {@code +0100}. */
    RFC3339(0),
    /** 100 ns since the beginning of the year 1, UTC. */
    DOTNET_TICKS(10_000_000);

    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,19}");
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
    private static final int TEXT_CHARS_MAX = 40;
    private static final DateTimeFormatter WITH_OFFSET = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX]")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT)
            .withChronology(IsoChronology.INSTANCE);

    private final int unitsASecond;

    TimeForm(int unitsASecond) {
        this.unitsASecond = unitsASecond;
    }

    /** {@link InvalidValue} for text of another form; it does not repeat the text. */
    public Instant parse(String text) {
        Instant instant = text.length() > TEXT_CHARS_MAX ? null : this == RFC3339 ? date(text) : number(text);
        if (instant == null || instant.isBefore(FIRST) || instant.isAfter(LAST)) {
            throw new InvalidValue("must be a time of the form " + name().toLowerCase(Locale.ROOT));
        }
        return instant;
    }

    private static @Nullable Instant date(String text) {
        try {
            return OffsetDateTime.parse(text, WITH_OFFSET).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private @Nullable Instant number(String text) {
        if (!WHOLE_NUMBER.matcher(text).matches()) {
            return null;
        }
        BigInteger[] parts = new BigInteger(text).divideAndRemainder(BigInteger.valueOf(unitsASecond));
        long nanos = parts[1].longValueExact() * (1_000_000_000L / unitsASecond);
        long seconds = parts[0].longValue();
        boolean known = parts[0].bitLength() < 40;
        return known ? Instant.ofEpochSecond(seconds + origin(), nanos) : null;
    }

    private long origin() {
        return this == DOTNET_TICKS ? FIRST.getEpochSecond() : 0;
    }

    /** As precise as the form is; what is finer is cut off. */
    public String print(Instant instant) {
        if (this == RFC3339) {
            return instant.toString();
        }
        BigInteger seconds = BigInteger.valueOf(instant.getEpochSecond() - origin());
        long units = instant.getNano() / (1_000_000_000L / unitsASecond);
        return seconds.multiply(BigInteger.valueOf(unitsASecond))
                .add(BigInteger.valueOf(units))
                .toString();
    }
}
