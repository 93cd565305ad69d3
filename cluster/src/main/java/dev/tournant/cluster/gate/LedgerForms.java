package dev.tournant.cluster.gate;

import dev.tournant.persistence.GateLedger;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A pool's ledger and its stored form. */
final class LedgerForms {
    private LedgerForms() {}

    static GateLedger stored(Ledger ledger, Instant at, @Nullable Quota quota) {
        return new GateLedger(
                at,
                stored(ledger.counts()),
                ledger.inFlight().stream()
                        .map(each -> new GateLedger.Flight(each.id(), each.nanosLeft(), each.lost()))
                        .toList(),
                ledger.stoppedNanos(),
                quota == null ? Collections.emptySortedMap() : quota.spent(at.toEpochMilli()),
                quota == null ? null : quota.slots(),
                List.of());
    }

    /** By what these are lowered. */
    static List<GateLedger.Count> stored(List<Ledger.Count> counts) {
        return counts.stream().map(LedgerForms::stored).toList();
    }

    private static GateLedger.Count stored(Ledger.Count count) {
        Terms terms = Terms.of(count.rule());
        return new GateLedger.Count(
                terms.calls(),
                terms.perNanos(),
                terms.burst(),
                count.nanosLeft(),
                count.limit(),
                count.answered().stream()
                        .map(each -> new GateLedger.Answered(each.ageNanos(), each.calls()))
                        .toList(),
                stored(count.told().said()),
                stored(count.told().besideOthers()));
    }

    private static GateLedger.@Nullable Lowered stored(Ledger.@Nullable Lowered lowered) {
        return lowered == null ? null : new GateLedger.Lowered(lowered.limit(), lowered.nanosLeft());
    }

    /**
     * What was stored, as of later.
     *
     * @param olderNanos how much time has gone by since it was written, at the least, by clocks that calls may rest on
     * @param toldNanos the same for what the partner wished
     */
    static Ledger read(GateLedger stored, long olderNanos, long toldNanos) {
        return new Ledger(
                stored.counts().stream()
                        .map(each -> read(each, olderNanos, toldNanos))
                        .toList(),
                stored.inFlight().stream()
                        .map(each -> new Ledger.Flight(each.id(), left(each.nanosLeft(), olderNanos), each.lost()))
                        .toList(),
                left(stored.stoppedNanos(), toldNanos));
    }

    /** By what a pool was lowered when this was written, whatever else it says; of what a holder left open. */
    static List<Ledger.Count> lowered(GateLedger stored, long toldNanos) {
        List<GateLedger.Count> counts = stored.lowered().isEmpty() ? stored.counts() : stored.lowered();
        return counts.stream().map(each -> read(each, 0, toldNanos)).toList();
    }

    private static Ledger.Count read(GateLedger.Count stored, long olderNanos, long toldNanos) {
        List<Ledger.Answered> answered = stored.answered().stream()
                .map(each -> new Ledger.Answered(each.ageNanos() + olderNanos, each.calls()))
                .toList();
        return new Ledger.Count(
                new Terms(stored.calls(), stored.perNanos(), stored.burst()).rule(),
                left(stored.nanosLeft(), olderNanos),
                stored.limit(),
                answered,
                new Ledger.Told(read(stored.said(), toldNanos), read(stored.besideOthers(), toldNanos)));
    }

    private static Ledger.@Nullable Lowered read(GateLedger.@Nullable Lowered stored, long toldNanos) {
        return stored == null ? null : new Ledger.Lowered(stored.limit(), left(stored.nanosLeft(), toldNanos));
    }

    static long left(long nanos, long olderNanos) {
        return Math.max(0, nanos - olderNanos);
    }
}
