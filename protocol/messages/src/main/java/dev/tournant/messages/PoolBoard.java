package dev.tournant.messages;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The pools of calls that partners' limits make, as operators see them. Looking uses nothing up. */
public interface PoolBoard {
    int NAME_CHARS_MAX = 2_000;

    /** Pools on one page. */
    int LIMIT_MAX = 1_000;

    /**
     * The pools that have been used lately, in order of name, after {@code after} or from the first.
     *
     * @param limit names that the page goes through, 1 to {@value #LIMIT_MAX}
     */
    CompletionStage<Page> pools(@Nullable String after, int limit);

    /**
     * Empty if nobody holds such a pool. Fails with {@link java.util.concurrent.TimeoutException} if that cannot be told,
     * as a node or the pool does not answer.
     */
    CompletionStage<Optional<Pool>> pool(String name);

    /**
     * Some pools, and what kept it from being all of them.
     *
     * @param pools in order of name
     * @param silentPools names of those that belong here and did not answer in time
     * @param silentNodes nodes that did not tell in time what they hold, as host:port
     * @param next where the next page begins: after this name; null if there is none
     */
    record Page(
            List<Pool> pools,
            List<String> silentPools,
            List<String> silentNodes,
            @Nullable String next) {
        public Page {
            pools = List.copyOf(pools);
            silentPools = List.copyOf(silentPools);
            silentNodes = List.copyOf(silentNodes);
        }
    }

    /**
     * A pool at one moment.
     *
     * @param name unique, at most {@value #NAME_CHARS_MAX} characters; names the partner, the limit, and whose calls it counts
     * @param partner the name of the partner
     * @param limitName the limit's name in the partner's adapter
     * @param rule {@code window} (so many in any span of {@code per}), {@code bucket} (as many, and {@code burst} at
     *     once) or {@code concurrent} (so many at one time)
     * @param limit calls, as the adapter declares it
     * @param per null for a limit on calls at one time
     * @param burst null but for a bucket
     * @param use calls that count against the limit now, those in flight included
     * @param inFlight calls that may go out or have gone out, and whose end is not known
     * @param waiting calls that wait, by lane, the most urgent first
     * @param refused calls that were refused since this holder took the pool over
     * @param lowered null while the limit is as declared
     * @param holder the node that holds the pool, as host:port; null if nobody does now
     */
    record Pool(
            String name,
            String partner,
            String limitName,
            String rule,
            int limit,
            @Nullable Duration per,
            @Nullable Integer burst,
            int use,
            int inFlight,
            Map<String, Integer> waiting,
            long refused,
            @Nullable Lowered lowered,
            @Nullable String holder) {
        public Pool {
            waiting = Collections.unmodifiableMap(new LinkedHashMap<>(waiting));
        }
    }

    /**
     * A limit that is lower than declared for a while.
     *
     * @param limit calls, for now; 0 for none
     * @param until when it begins to rise again; null where that is not known
     * @param why one sentence: {@code the partner answered 429}
     */
    record Lowered(int limit, @Nullable Instant until, String why) {}
}
