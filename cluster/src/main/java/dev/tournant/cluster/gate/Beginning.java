package dev.tournant.cluster.gate;

import dev.tournant.persistence.GateLedger;
import dev.tournant.persistence.GateLedgers.Found;
import dev.tournant.persistence.GateLedgers.Opened;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a holder begins, by what it found.
 *
 * @param quota where all windows are long; null for others
 */
record Beginning(Start start, @Nullable Quota quota) {
    static Beginning of(Opened row, List<Rule> rules, GateSettings settings, Instant wall) {
        GateLedger ledger = row.ledger();
        Quota quota = quota(rules, settings, ledger);
        if (row.found() == Found.NEW) {
            return new Beginning(Start.EMPTY, quota);
        }
        if (row.found() == Found.CLOSED && ledger != null) {
            long older = quota == null ? 0 : olderNanos(ledger, wall, settings);
            return new Beginning(Start.of(LedgerForms.read(ledger, older)), quota);
        }
        return quota == null
                ? new Beginning(Start.FULL, null)
                : new Beginning(Start.of(quota.worst(rules, wall.toEpochMilli(), settings)), quota);
    }

    private static @Nullable Quota quota(List<Rule> rules, GateSettings settings, @Nullable GateLedger ledger) {
        Duration longest = Duration.ZERO;
        for (Rule rule : rules) {
            if (!(rule instanceof Rule.Window window) || window.per().compareTo(settings.quotaFrom()) < 0) {
                return null;
            }
            longest = window.per().compareTo(longest) > 0 ? window.per() : longest;
        }
        int calls = rules.stream().mapToInt(Rule::calls).min().orElse(1);
        return new Quota(longest, calls, settings, ledger == null ? Collections.emptySortedMap() : ledger.reserved());
    }

    /** Of long windows only: for short ones it is not worth believing two nodes' clocks. */
    private static long olderNanos(GateLedger ledger, Instant wall, GateSettings settings) {
        Duration older = Duration.between(ledger.at(), wall).minus(settings.wallClockError());
        return older.isNegative() ? 0 : older.toNanos();
    }
}
