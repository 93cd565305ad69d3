package dev.tournant.cluster.gate;

import dev.tournant.persistence.GateLedger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The durable side of a pool whose window is so long that nobody wants to wait for it after a crash. Calls are set aside in
 * the pool's row, a block at a time, before any of them goes out; the row says in which slot of wall-clock time. A holder
 * that ends without a word costs the next one what was left of its block.
 *
 * <p>What is counted here is never less than what went out in a slot: {@code used <= reserved}, and {@code reserved} stands in
 * the row. Slots only go forward, even if the clock does not. Not thread-safe.
 */
final class Quota {
    private static final Duration SLOT_MIN = Duration.ofMinutes(1);

    private final GateLedger.Slots slots;
    private final long slotMillis;
    private final long keptMillis;
    private final int block;
    /** As it stands in the row. */
    private SortedMap<Long, Integer> reserved;

    private final SortedMap<Long, Integer> used = new TreeMap<>();
    private @Nullable SortedMap<Long, Integer> writing;
    private long slot;

    /**
     * @param longest window of the pool
     * @param calls of its smallest long limit
     * @param found in the row, kept in slots as {@link #slots} says
     */
    Quota(Duration longest, int calls, GateSettings settings, SortedMap<Long, Integer> found) {
        this.slotMillis = Math.max(
                SLOT_MIN.toMillis(), longest.dividedBy(settings.quotaSlots()).toMillis());
        this.slots = new GateLedger.Slots(longest.toNanos(), slotMillis);
        this.keptMillis = longest.plus(settings.grantLife())
                        .plus(settings.wallClockError().multipliedBy(2))
                        .toMillis()
                + slotMillis;
        this.block = Math.max(1, calls / settings.quotaBlocks());
        this.reserved = new TreeMap<>(found);
        // Whoever set these aside may have used them all.
        used.putAll(found);
        this.slot = found.isEmpty() ? Long.MIN_VALUE : found.lastKey();
    }

    /**
     * That of a pool which begins, or goes on by other rules. What was set aside in other slots, or not at all, counts as if
     * all that the pool counts now were used in this slot.
     *
     * @param complete what is known to have been set aside; null if nothing is
     * @param used by the fullest of the long windows
     * @return null if no window is long
     */
    static @Nullable Quota of(
            List<Rule> rules, GateSettings settings, @Nullable GateLedger complete, int used, long wallMillis) {
        List<Rule.Window> windows = longWindows(rules, settings);
        if (windows.isEmpty()) {
            return null;
        }
        Duration longest =
                windows.stream().map(Rule.Window::per).max(Duration::compareTo).orElseThrow();
        int calls = windows.stream().mapToInt(Rule::calls).min().orElseThrow();
        Quota quota = new Quota(longest, calls, settings, Collections.emptySortedMap());
        if (complete != null && quota.slots.equals(complete.slots())) {
            return new Quota(longest, calls, settings, complete.reserved());
        }
        return used == 0
                ? quota
                : new Quota(longest, calls, settings, new TreeMap<>(Map.of(quota.slotAt(wallMillis), used)));
    }

    /** Those whose calls are set aside. */
    static List<Rule.Window> longWindows(List<Rule> rules, GateSettings settings) {
        return rules.stream()
                .filter(rule ->
                        rule instanceof Rule.Window window && window.per().compareTo(settings.quotaFrom()) >= 0)
                .map(Rule.Window.class::cast)
                .toList();
    }

    /** What stands in the row says how it was kept. */
    GateLedger.Slots slots() {
        return slots;
    }

    /** Whether it sets aside as the other does, so that it need not take its place. */
    boolean isLike(Quota other) {
        return slots.equals(other.slots) && block == other.block;
    }

    /** Takes one of the calls that are set aside; false if there is none. */
    boolean take(long wallMillis) {
        long now = slotAt(wallMillis);
        if (left(now) <= 0) {
            return false;
        }
        used.merge(now, 1, Integer::sum);
        return true;
    }

    private int left(long at) {
        return reserved.getOrDefault(at, 0) - used.getOrDefault(at, 0);
    }

    /** Whether another block should be written now; half a block ahead, so that nobody waits for the store. */
    boolean isLow(long wallMillis) {
        return writing == null && 2 * left(slotAt(wallMillis)) < Math.max(2, block);
    }

    /** What the row should say before the next block is used. It is not used before {@link #written}. */
    SortedMap<Long, Integer> next(long wallMillis) {
        long now = slotAt(wallMillis);
        SortedMap<Long, Integer> next = spent(wallMillis);
        next.put(now, Math.max(reserved.getOrDefault(now, 0), used.getOrDefault(now, 0) + block));
        writing = next;
        return Collections.unmodifiableSortedMap(next);
    }

    /** The row says so now; or it is not known whether it does, and nothing may be used for it. */
    void written(boolean known) {
        if (known && writing != null) {
            reserved = writing;
            used.keySet().retainAll(reserved.keySet());
        }
        writing = null;
    }

    /** What has been used, without what was set aside in vain. */
    SortedMap<Long, Integer> spent(long wallMillis) {
        SortedMap<Long, Integer> spent = new TreeMap<>(used);
        spent.keySet().removeIf(start -> start + keptMillis < wallMillis);
        return spent;
    }

    private long slotAt(long wallMillis) {
        slot = Math.max(slot, wallMillis - Math.floorMod(wallMillis, slotMillis));
        return slot;
    }

    /**
     * What a pool has used at most, from what its former holder had set aside. Calls of slots that are long over count from
     * the end of their slot; the others may still be on their way, and count from when they must have arrived. It says
     * nothing of short windows, and of those that reach back further than what was set aside.
     *
     * @param complete with {@link GateLedger#slots}, else it says nothing at all
     */
    static Ledger worst(
            GateLedger complete, List<Rule> rules, long wallMillis, long stoppedNanos, GateSettings settings) {
        GateLedger.Slots slots = complete.slots();
        if (slots == null) {
            return new Ledger(List.of(), List.of(), stoppedNanos);
        }
        List<Ledger.Answered> answered = new ArrayList<>();
        long lateMillis = settings.grantLife().plus(settings.wallClockError()).toMillis();
        complete.reserved().forEach((slot, calls) -> {
            long ageMillis = wallMillis - (slot + slots.slotMillis() + lateMillis);
            long ageNanos = Math.max(
                    Duration.ofMillis(ageMillis).toNanos(),
                    -settings.grantLife().toNanos());
            answered.add(new Ledger.Answered(ageNanos, calls));
        });
        List<Ledger.Count> counts = longWindows(rules, settings).stream()
                .filter(window -> window.per().toNanos() <= slots.windowNanos())
                .map(window -> new Ledger.Count(window, 0, window.calls(), answered))
                .toList();
        return new Ledger(counts, List.of(), stoppedNanos);
    }
}
