package dev.tournant.messages;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * What became of the records of {@code tournant.inbound} that reached one merchant; each record is counted once,
 * however often it was delivered.
 */
public record Tally(long applied, long duplicate, long quarantined) {
    public static final Tally ZERO = new Tally(0, 0, 0);

    @JsonIgnore
    public long total() {
        return applied + duplicate + quarantined;
    }

    public Tally plus(Tally other) {
        return new Tally(applied + other.applied, duplicate + other.duplicate, quarantined + other.quarantined);
    }

    public Tally plus(Outcome.Kind kind) {
        return switch (kind) {
            case APPLIED -> new Tally(applied + 1, duplicate, quarantined);
            case DUPLICATE -> new Tally(applied, duplicate + 1, quarantined);
            case QUARANTINED -> new Tally(applied, duplicate, quarantined + 1);
            case REDELIVERED -> this;
        };
    }
}
