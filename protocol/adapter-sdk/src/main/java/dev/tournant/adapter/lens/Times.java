package dev.tournant.adapter.lens;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.model.Codecs;
import dev.tournant.model.Instants;
import dev.tournant.model.InvalidValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Points in time, and times of day. */
public final class Times {
    /** The year 9999; before 1970 as far back. */
    private static final long SECONDS_MAX = 253_402_300_799L;

    private Times() {}

    /** RFC 3339 with any offset; written in UTC. */
    public static final Lens<Instant> RFC_3339 = Lenses.text(Codecs.INSTANT::read, Instants::print);

    /** Milliseconds since 1970. */
    public static final Lens<Instant> EPOCH_MILLIS = Lenses.map(
            Lenses.LONG,
            millis -> bounded(millis, 1_000),
            instant -> exact(instant, ChronoUnit.MILLIS).toEpochMilli());

    /** Seconds since 1970. */
    public static final Lens<Instant> EPOCH_SECONDS = Lenses.map(
            Lenses.LONG,
            seconds -> bounded(seconds, 1),
            instant -> exact(instant, ChronoUnit.SECONDS).getEpochSecond());

    /** {@code 09:30}, {@code 09:30:00} or {@code 24:00}, which is midnight; written with seconds if so asked. */
    public static Lens<LocalTime> clock(boolean seconds) {
        DateTimeFormatter form = DateTimeFormatter.ofPattern(seconds ? "HH:mm:ss" : "HH:mm", Locale.ROOT);
        return Lenses.text(Times::time, time -> {
            if (time.getNano() != 0 || (!seconds && time.getSecond() != 0)) {
                throw new InvalidValue(time + " is more exact than this partner can be told");
            }
            return form.format(time);
        });
    }

    /** An hour and a minute as two numbers of one object. */
    public static Lens<LocalTime> hourAndMinute(String hour, String minute) {
        Lens<Long> hours = Lenses.at(Lenses.LONG, hour);
        Lens<Long> minutes = Lenses.orElse(Lenses.at(Lenses.LONG, minute), 0L);
        return new Lens<>() {
            @Override
            public @Nullable LocalTime get(JsonNode node) {
                Long h = hours.get(node);
                Long m = minutes.get(node);
                if (h == null || m == null) {
                    return null;
                }
                if (h < 0 || h > 24 || m < 0 || m > 59 || (h == 24 && m != 0)) {
                    throw new InvalidValue(hour + " " + h + ", " + minute + " " + m + " is no time of day");
                }
                return LocalTime.of((int) (h % 24), m.intValue());
            }

            @Override
            public JsonNode put(JsonNode node, @Nullable LocalTime time) {
                if (time == null) {
                    return minutes.put(hours.put(node, null), 0L);
                }
                if (time.equals(get(node))) {
                    return node;
                }
                if (time.getSecond() != 0 || time.getNano() != 0) {
                    throw new InvalidValue(time + " is more exact than this partner can be told");
                }
                return minutes.put(hours.put(node, (long) time.getHour()), (long) time.getMinute());
            }
        };
    }

    /**
     * Another form of text, by a pattern of {@link DateTimeFormatter}: {@code yyyy-MM-dd'T'HH:mm:ss.SSSXX}. Without an
     * offset in the pattern the time is taken for UTC.
     */
    public static Lens<Instant> pattern(String pattern) {
        DateTimeFormatter form =
                DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
        return Lenses.text(
                text -> {
                    try {
                        return form.parse(text, Instant::from);
                    } catch (DateTimeException e) {
                        throw new InvalidValue("\"" + text + "\" is no time of the form " + pattern);
                    }
                },
                instant -> {
                    String text = form.format(instant);
                    if (!form.parse(text, Instant::from).equals(instant)) {
                        throw new InvalidValue(instant + " is more exact than this partner can be told");
                    }
                    return text;
                });
    }

    private static LocalTime time(String text) {
        return text.equals("24:00") || text.equals("24:00:00") ? LocalTime.MIDNIGHT : Codecs.TIME.read(text);
    }

    private static Instant bounded(long units, long perSecond) {
        long seconds = Math.floorDiv(units, perSecond);
        if (seconds < -SECONDS_MAX || seconds > SECONDS_MAX) {
            throw new InvalidValue(units + " is no time of our calendar; check its unit");
        }
        return Instant.ofEpochSecond(seconds, Math.floorMod(units, perSecond) * (1_000_000_000L / perSecond));
    }

    private static Instant exact(Instant instant, ChronoUnit unit) {
        if (!instant.truncatedTo(unit).equals(instant)) {
            throw new InvalidValue(instant + " is more exact than this partner can be told");
        }
        return instant;
    }
}
