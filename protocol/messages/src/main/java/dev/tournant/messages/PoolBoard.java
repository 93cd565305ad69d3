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

    /**
     * The pools that have been used lately, in order of name, after {@code after} or from the first; at most {@code
     * limit}.
     */
    CompletionStage<List<Pool>> pools(@Nullable String after, int limit);

    /** Empty if there is no such pool. */
    CompletionStage<Optional<Pool>> pool(String name);

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
