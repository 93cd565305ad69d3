package dev.tournant.cluster.poll;

import dev.tournant.cluster.merchant.ReadPlan.Why;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why resources are to be read, by their numbers in the schedule, and how many webhooks were heard of for each. Merchants say
 * the same again and again; as they say how many webhooks there were in all, each counts once.
 */
final class Announcements {
    /** So many webhooks at once teach no less than more would. */
    static final int NEWS_MAX = 1_000;

    private static final long UNKNOWN = -1;

    private final Map<Integer, Why> why = new HashMap<>();
    /** By number, or {@link #UNKNOWN}: of a large pool almost all are known. */
    private long[] heard = {};

    /** For this reason as well; the weightiest one counts. */
    void because(int id, Why reason) {
        why.merge(id, reason, (before, now) -> now.compareTo(before) > 0 ? now : before);
    }

    /** Null if nobody announced it. */
    @Nullable
    Why why(int id) {
        return why.get(id);
    }

    /**
     * How many webhooks are new; at most {@link #NEWS_MAX}. Where nobody remembers how many there were before, one.
     *
     * @param counted how many there were in all, by the merchant's count; 0 also where it does not count
     */
    int news(int id, Why reason, long counted) {
        if (counted == 0) {
            return 0;
        }
        long before = heard(id);
        remember(id, counted);
        if (before == UNKNOWN) {
            return reason == Why.SIGNAL ? 1 : 0;
        }
        // A merchant that counts from the beginning again says nothing of how many there were.
        return (int) Math.max(0, Math.min(NEWS_MAX, counted - before));
    }

    /** It was read. */
    void read(int id) {
        why.remove(id);
    }

    void forget(int id) {
        why.remove(id);
        remember(id, UNKNOWN);
    }

    /** As {@link #remember} takes it. */
    long heard(int id) {
        return id < heard.length ? heard[id] : UNKNOWN;
    }

    void remember(int id, long counted) {
        if (id >= heard.length) {
            if (counted == UNKNOWN) {
                return;
            }
            int room = heard.length;
            heard = Arrays.copyOf(heard, id + (id >> 3) + 16);
            Arrays.fill(heard, room, heard.length, UNKNOWN);
        }
        heard[id] = counted;
    }
}
