package dev.tournant.deploy.faults;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One fault with one seed, and what became of it.
 *
 * @param healed whether the nodes were one cluster, and all merchants took updates through all nodes, afterwards and in time
 * @param silences of each merchant that was where the fault struck; sorted
 * @param answersWithin how long the longest of them may be; null where that is not judged
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
        @Nullable Duration answersWithin,
        List<Supervisor.Exit> exits) {
    /** Fewer acknowledged updates show nothing. */
    static final int ACKED_MIN = 500;

    Outcome {
        silences = silences.stream().sorted().toList();
        exits = List.copyOf(exits);
    }

    boolean isGood() {
        return verdict.isGood() && healed && acked >= ACKED_MIN && isInTime();
    }

    /** Whether no merchant was silent for longer than is promised; true also where that is not judged. */
    boolean isInTime() {
        return answersWithin == null || worst().compareTo(answersWithin) <= 0;
    }

    Duration worst() {
        return silences.isEmpty() ? Duration.ZERO : silences.get(silences.size() - 1);
    }

    Duration median() {
        return silences.isEmpty() ? Duration.ZERO : silences.get(silences.size() / 2);
    }
}
