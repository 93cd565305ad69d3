package dev.tournant.cluster.gate;

import dev.tournant.adapter.Lane;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pool at one moment, for operators.
 *
 * @param inFlight calls that were granted and whose end is not known
 * @param waiting wishes that wait, by lane; all lanes are there
 * @param granted since this holder began
 * @param refused wishes that were refused since this holder began, by lane; all lanes are there
 * @param tooMany answers since this holder began that said "too many"
 * @param lost calls since this holder began whose answer was never known
 * @param strays ends since this holder began of calls that were not in flight: before a new holder knew them, or too
 *     late
 */
public record PoolView(
        String name,
        List<Used> rules,
        int inFlight,
        Map<Lane, Integer> waiting,
        long granted,
        Map<Lane, Long> refused,
        long tooMany,
        long lost,
        long strays) {
    public PoolView {
        rules = List.copyOf(rules);
        waiting = Collections.unmodifiableMap(new EnumMap<>(waiting));
        refused = Collections.unmodifiableMap(new EnumMap<>(refused));
    }

    /**
     * One rule.
     *
     * @param limit as it is now; never above {@link Rule#calls}, and 0 while the pool stands still
     * @param use calls that count now, those in flight included
     * @param lowered why the limit is lower than declared, each reason once; empty while it is not
     */
    public record Used(Rule rule, int limit, int use, List<Lowered> lowered) {
        public Used {
            lowered = List.copyOf(lowered);
        }
    }

    /**
     * One reason why a limit is lower than declared.
     *
     * @param limit that this reason allows; 0 if the pool stands still
     * @param left how long until it rises; null where that depends on what the partner answers
     * @param why one sentence
     */
    public record Lowered(int limit, @Nullable Duration left, String why) {}
}
