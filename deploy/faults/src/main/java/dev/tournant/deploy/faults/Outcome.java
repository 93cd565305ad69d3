package dev.tournant.deploy.faults;

import java.time.Duration;
import java.util.List;

/**
 * One fault with one seed, and what became of it.
 *
 * @param healed whether all merchants took updates through all nodes afterwards, in time
 * @param silences of each merchant that was where the fault struck; sorted
 */
record Outcome(
        String fault,
        long seed,
        int acked,
        int fed,
        int reads,
        Verdict verdict,
        long discards,
        long unreachable,
        boolean healed,
        List<Duration> silences,
        List<Supervisor.Exit> exits) {
    /** Fewer acknowledged updates show nothing. */
    static final int ACKED_MIN = 500;

    Outcome {
        silences = silences.stream().sorted().toList();
        exits = List.copyOf(exits);
    }

    boolean isGood() {
        return verdict.isGood() && healed && acked >= ACKED_MIN;
    }

    Duration worst() {
        return silences.isEmpty() ? Duration.ZERO : silences.get(silences.size() - 1);
    }

    Duration median() {
        return silences.isEmpty() ? Duration.ZERO : silences.get(silences.size() / 2);
    }
}
