package dev.tournant.cluster.poll;

import dev.tournant.adapter.Fetch;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where fetches of this node broke off after their first page, so that the next try goes on from there. Of what is not
 * here the next try begins anew: after a restart, when the partner's cursor is no longer good, or when there is no room.
 */
final class Halts {
    /** Each is about as large as a request; a partner that is down for all its merchants leaves as many. */
    static final int HALTS_MAX = 4_096;

    private record Feed(MerchantId merchant, LinkId link, String resource) {
        static Feed of(MerchantId merchant, Fetch fetch) {
            return new Feed(merchant, fetch.link().id(), fetch.resource());
        }
    }

    /**
     * A fetch that broke off.
     *
     * @param place what to ask next
     * @param goodUntil until when that can be asked, exclusive
     */
    record Halt(FetchRun.Task task, FetchRun.Place place, Instant goodUntil) {}

    private final Map<Feed, Halt> halts = new HashMap<>();

    /** Whether there was room, and the place is still good. */
    synchronized boolean keep(Halt halt, Instant now) {
        Feed feed = Feed.of(halt.task().merchant(), halt.task().fetch());
        halts.remove(feed);
        if (!now.isBefore(halt.goodUntil())) {
            return false;
        }
        if (halts.size() >= HALTS_MAX) {
            halts.values().removeIf(each -> !now.isBefore(each.goodUntil()));
        }
        if (halts.size() >= HALTS_MAX) {
            return false;
        }
        halts.put(feed, halt);
        return true;
    }

    /** Whether {@link #take} would find something. */
    synchronized boolean holds(MerchantId merchant, Fetch fetch, long generation, Instant now) {
        return isGood(halts.get(Feed.of(merchant, fetch)), fetch, generation, now);
    }

    private static boolean isGood(@Nullable Halt halt, Fetch fetch, long generation, Instant now) {
        return halt != null
                && halt.task().fetch().equals(fetch)
                && halt.task().generation() == generation
                && now.isBefore(halt.goodUntil());
    }

    /** Takes out where this very fetch broke off, if it can go on from there; forgets any other of its feed. */
    synchronized Optional<Halt> take(MerchantId merchant, Fetch fetch, long generation, Instant now) {
        Halt halt = halts.remove(Feed.of(merchant, fetch));
        return isGood(halt, fetch, generation, now) ? Optional.ofNullable(halt) : Optional.empty();
    }

    synchronized int size() {
        return halts.size();
    }
}
