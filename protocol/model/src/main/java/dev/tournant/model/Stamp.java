package dev.tournant.model;

import java.time.Instant;

/**
 * A reading of a hybrid logical clock: wall time in milliseconds, and a counter that orders what happened within one
 * millisecond or while the wall clock stood behind what had already been seen (Kulkarni et al., "Logical Physical
 * Clocks", 2014). As text: {@code 2026-01-31T12:00:00.123Z/4}.
 */
public record Stamp(long epochMillis, int counter) implements Comparable<Stamp> {
    public static final Stamp ZERO = new Stamp(0, 0);

    public Stamp {
        if (epochMillis < 0 || counter < 0) {
            throw new InvalidValue("a stamp counts up from 1970; got " + epochMillis + "/" + counter);
        }
    }

    public static Stamp at(Instant instant) {
        return new Stamp(Math.max(0, instant.toEpochMilli()), 0);
    }

    /** The next reading of a clock that last read {@code this}, when the wall shows {@code wall}. */
    public Stamp next(Instant wall) {
        long now = wall.toEpochMilli();
        return now > epochMillis ? new Stamp(now, 0) : new Stamp(epochMillis, Math.addExact(counter, 1));
    }

    public Instant instant() {
        return Instant.ofEpochMilli(epochMillis);
    }

    public static Stamp parse(String text) {
        int slash = text.lastIndexOf('/');
        try {
            return slash < 0
                    ? at(Instant.parse(text))
                    : new Stamp(
                            Instant.parse(text.substring(0, slash)).toEpochMilli(),
                            Integer.parseInt(text.substring(slash + 1)));
        } catch (java.time.DateTimeException | NumberFormatException e) {
            throw new InvalidValue(
                    "\"" + text + "\" is no stamp; write an RFC 3339 instant, then / and a count: 2026-01-31T12:00:00Z/0");
        }
    }

    @Override
    public int compareTo(Stamp other) {
        int byTime = Long.compare(epochMillis, other.epochMillis);
        return byTime != 0 ? byTime : Integer.compare(counter, other.counter);
    }

    @Override
    public String toString() {
        return instant() + "/" + counter;
    }
}
