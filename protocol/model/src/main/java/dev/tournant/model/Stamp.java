package dev.tournant.model;

import java.time.DateTimeException;
import java.time.Instant;

/**
 * A reading of a hybrid logical clock: wall time in milliseconds, and a counter that orders what happened within one
 * millisecond or while the wall clock stood behind what had already been seen (Kulkarni et al., "Logical Physical
 * Clocks", 2014). As text: {@code 2026-01-31T12:00:00.123Z/4}.
 */
public record Stamp(long epochMillis, int counter) implements Comparable<Stamp> {
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");
    private static final long MILLIS_MAX = LATEST.toEpochMilli();

    public static final Stamp ZERO = new Stamp(0, 0);

    public Stamp {
        if (epochMillis < 0 || epochMillis > MILLIS_MAX || counter < 0) {
            throw new InvalidValue("a stamp counts from 1970 to 9999; got " + epochMillis + "/" + counter);
        }
    }

    public static Stamp at(Instant instant) {
        return new Stamp(Math.max(0, millis(instant)), 0);
    }

    /** The next reading of a clock that last read {@code this}, when the wall shows {@code wall}. */
    public Stamp next(Instant wall) {
        long now = millis(wall);
        if (now > epochMillis) {
            return new Stamp(now, 0);
        }
        // A stamp from outside may bear any count; the next millisecond is later than all of them.
        return counter == Integer.MAX_VALUE ? new Stamp(epochMillis + 1, 0) : new Stamp(epochMillis, counter + 1);
    }

    private static long millis(Instant instant) {
        if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
            throw new InvalidValue(instant + " is no time of our calendar; send one from year 1 to year 9999");
        }
        return instant.toEpochMilli();
    }

    public Instant instant() {
        return Instant.ofEpochMilli(epochMillis);
    }

    public static Stamp parse(String text) {
        int slash = text.lastIndexOf('/');
        try {
            return slash < 0
                    ? at(Instants.parse(text))
                    : new Stamp(
                            millis(Instants.parse(text.substring(0, slash))),
                            Integer.parseInt(text.substring(slash + 1)));
        } catch (DateTimeException | NumberFormatException e) {
            throw new InvalidValue("\"" + text
                    + "\" is no stamp; write an RFC 3339 instant, then / and a count: 2026-01-31T12:00:00Z/0");
        }
    }

    @Override
    public int compareTo(Stamp other) {
        int byTime = Long.compare(epochMillis, other.epochMillis);
        return byTime != 0 ? byTime : Integer.compare(counter, other.counter);
    }

    @Override
    public String toString() {
        return Instants.print(instant()) + "/" + counter;
    }
}
