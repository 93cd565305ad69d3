package dev.tournant.persistence;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a limit pool has used, as its holder left it. Spans and ages count from {@code at}, but no clock has to be believed:
 * to take {@code at} for now only makes the pool more careful.
 *
 * @param at when it was written, by the holder's clock
 * @param counts one for each of the pool's rules; empty while the pool is open
 * @param inFlight calls whose end is owed
 * @param stoppedNanos how long the pool still stands still
 * @param reserved of a long quota: calls that were set aside before they were used, by the start of the slot in which they
 *     were, in milliseconds since 1970; empty for others
 * @param slots how {@code reserved} was kept; null where nothing was set aside, and in what versions wrote that knew no such
 *     field
 * @param lowered of an open pool: for which of its rules less is allowed than declared, as the partner said so or refused
 *     calls; empty where nothing is lowered, and when it is closed, as {@code counts} say it then
 */
public record GateLedger(
        Instant at,
        List<Count> counts,
        List<Flight> inFlight,
        long stoppedNanos,
        SortedMap<Long, Integer> reserved,
        @Nullable Slots slots,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Count> lowered)
        implements Stored {
    public GateLedger {
        counts = List.copyOf(counts);
        inFlight = List.copyOf(inFlight);
        lowered = lowered == null ? List.of() : List.copyOf(lowered);
        reserved = Collections.unmodifiableSortedMap(new TreeMap<>(reserved));
    }

    /** Of an open pool: what was set aside, how long it stands still, and what is lowered. */
    public static GateLedger whileOpen(
            Instant at,
            SortedMap<Long, Integer> reserved,
            @Nullable Slots slots,
            long stoppedNanos,
            List<Count> lowered) {
        return new GateLedger(at, List.of(), List.of(), stoppedNanos, reserved, slots, lowered);
    }

    /**
     * How calls were set aside.
     *
     * @param windowNanos what is reserved reaches back so far at least
     * @param slotMillis how long each slot is
     */
    public record Slots(long windowNanos, long slotMillis) {}

    /**
     * What counts against one rule.
     *
     * @param calls in {@code perNanos}, or at one time
     * @param perNanos null for so many at one time
     * @param burst of a bucket; null for others
     * @param nanosLeft how long it stays closed; of a bucket, how long it takes to drain
     * @param limit as lowered by refusals
     * @param answered of a window: the oldest first
     * @param said a lower limit of which the partner told; null where there is none
     * @param besideOthers what others leave of the limit; null where there are none
     */
    public record Count(
            int calls,
            @Nullable Long perNanos,
            @Nullable Integer burst,
            long nanosLeft,
            int limit,
            List<Answered> answered,
            @Nullable Lowered said,
            @Nullable Lowered besideOthers) {
        public Count {
            answered = List.copyOf(answered);
        }
    }

    /** So many calls at most, for so long. */
    public record Lowered(int limit, long nanosLeft) {}

    /** Calls that were answered so long ago. */
    public record Answered(long ageNanos, int calls) {}

    /** A call, and how long it may still take until the partner has counted it. */
    public record Flight(long id, long nanosLeft, boolean lost) {}
}
