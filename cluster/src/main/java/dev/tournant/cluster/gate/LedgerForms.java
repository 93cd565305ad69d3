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
                ledger.counts().stream().map(LedgerForms::stored).toList(),
                ledger.inFlight().stream()
                        .map(each -> new GateLedger.Flight(each.id(), each.nanosLeft(), each.lost()))
                        .toList(),
                ledger.stoppedNanos(),
                quota == null ? Collections.emptySortedMap() : quota.spent(at.toEpochMilli()),
                quota == null ? null : quota.slots());
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
                        .toList());
    }

    /** @param olderNanos how much time has gone by since it was written, at the least */
    static Ledger read(GateLedger stored, long olderNanos) {
        return new Ledger(
                stored.counts().stream().map(each -> read(each, olderNanos)).toList(),
                stored.inFlight().stream()
                        .map(each -> new Ledger.Flight(each.id(), left(each.nanosLeft(), olderNanos), each.lost()))
                        .toList(),
                left(stored.stoppedNanos(), olderNanos));
    }

    private static Ledger.Count read(GateLedger.Count stored, long olderNanos) {
        List<Ledger.Answered> answered = stored.answered().stream()
                .map(each -> new Ledger.Answered(each.ageNanos() + olderNanos, each.calls()))
                .toList();
        return new Ledger.Count(
                new Terms(stored.calls(), stored.perNanos(), stored.burst()).rule(),
                left(stored.nanosLeft(), olderNanos),
                stored.limit(),
                answered);
    }

    private static long left(long nanos, long olderNanos) {
        return Math.max(0, nanos - olderNanos);
    }
}
