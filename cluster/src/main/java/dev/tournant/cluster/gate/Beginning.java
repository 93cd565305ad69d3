package dev.tournant.cluster.gate;

import dev.tournant.persistence.GateLedger;
import dev.tournant.persistence.GateLedgers.Found;
import dev.tournant.persistence.GateLedgers.Opened;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a holder begins, by what it found.
 *
 * @param complete what was found, if it says all that was used; null where nothing was, or it does not
 */
record Beginning(Start start, @Nullable GateLedger complete) {
    static Beginning of(Opened row, List<Rule> rules, GateSettings settings, Instant wall) {
        GateLedger ledger = row.ledger();
        if (row.found() == Found.NEW || (row.found() == Found.LEFT_KEPT && ledger == null)) {
            return new Beginning(Start.EMPTY, null);
        }
        if (row.found() == Found.LEFT_OPEN || ledger == null) {
            return new Beginning(Start.FULL, null);
        }
        if (!ledger.counts().isEmpty()) {
            // Closed; and whoever opened it since, if anybody, set nothing aside and so used nothing.
            return new Beginning(Start.of(LedgerForms.read(ledger, olderNanos(ledger, rules, wall, settings))), ledger);
        }
        return new Beginning(Start.of(Quota.worst(ledger, rules, wall.toEpochMilli(), settings)), ledger);
    }

    /** Of long windows only: for short ones it is not worth believing two nodes' clocks. */
    private static long olderNanos(GateLedger ledger, List<Rule> rules, Instant wall, GateSettings settings) {
        Duration older = Duration.between(ledger.at(), wall).minus(settings.wallClockError());
        return older.isNegative() || Quota.longWindows(rules, settings).size() < rules.size() ? 0 : older.toNanos();
    }
}
