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
        if (ledger == null) {
            return new Beginning(Start.FULL, null);
        }
        long passed = passedNanos(ledger, wall, settings);
        long stopped = LedgerForms.left(ledger.stoppedNanos(), passed);
        if (row.found() == Found.LEFT_OPEN) {
            // What no count is known of is full.
            return new Beginning(
                    Start.of(new Ledger(List.of(), List.of(), stopped, LedgerForms.lowered(ledger, passed))), null);
        }
        if (!ledger.counts().isEmpty()) {
            // Closed; and whoever opened it since, if anybody, set nothing aside and so used nothing.
            // For short windows it is not worth believing two nodes' clocks.
            boolean allLong = Quota.longWindows(rules, settings).size() == rules.size();
            return new Beginning(Start.of(LedgerForms.read(ledger, allLong ? passed : 0, passed)), ledger);
        }
        Ledger worst = Quota.worst(ledger, rules, wall.toEpochMilli(), stopped, settings);
        return new Beginning(
                Start.of(new Ledger(worst.counts(), List.of(), stopped, LedgerForms.lowered(ledger, passed))), ledger);
    }

    private static long passedNanos(GateLedger ledger, Instant wall, GateSettings settings) {
        Duration passed = Duration.between(ledger.at(), wall).minus(settings.wallClockError());
        return passed.isNegative() ? 0 : passed.toNanos();
    }
}
