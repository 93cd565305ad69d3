package dev.tournant.cluster.poll;

import dev.tournant.cluster.schedule.OutageGuard;
import dev.tournant.model.PartnerName;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Whether the webhooks of a partner have broken down, by what all pollers of this node hear of them: where each merchant has a pool of
 * its own one hears too little to tell. Thread-safe; nothing of it is kept beyond the node.
 */
final class PartnerWebhooks {
    private final LongSupplier nanos;
    private final Map<PartnerName, OutageGuard> guards = new HashMap<>();

    /** @param nanos of a clock that only goes forward */
    PartnerWebhooks(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** One came, in any pool. */
    synchronized void heard(PartnerName partner) {
        guards.computeIfAbsent(partner, key -> new OutageGuard()).heard(now());
    }

    /** For how many seconds they have been down; NaN if they seem to work, or nobody knows. */
    synchronized double silentSeconds(PartnerName partner) {
        OutageGuard guard = guards.get(partner);
        return guard != null && guard.isSilent(now()) ? now() - guard.began() : Double.NaN;
    }

    private double now() {
        return nanos.getAsLong() / 1e9;
    }
}
