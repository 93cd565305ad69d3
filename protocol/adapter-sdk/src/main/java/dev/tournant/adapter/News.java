package dev.tournant.adapter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an answer tells about one limit.
 *
 * @param refused whether the call was too many for this limit, as far as can be told
 * @param stop how long the partner wants no more calls; zero where it does not say. Up to {@link Wait#MOST}
 * @param limit how many calls the partner allows now; null where it does not say
 * @param remaining how many calls are left until {@code reset}; null where it does not say
 * @param reset when the partner counts anew, from now; null where it does not say. Up to {@link Wait#MOST}
 */
public record News(
        boolean refused,
        Duration stop,
        @Nullable Integer limit,
        @Nullable Integer remaining,
        @Nullable Duration reset) {
    /** An answer that tells nothing about the limit. */
    public static final News NONE = new News(false, Duration.ZERO, null, null, null);

    /** Too many, and no word of when it may go on. */
    public static final News REFUSED = new News(true, Duration.ZERO, null, null, null);

    /**
     * What an answer tells about each limit that its call counted for, in their order.
     *
     * <p>A partner that refuses a call does not always say for which of its limits. All of them are taken to be meant but
     * those that the answer clears: by naming another, or by saying that they have calls left. If it clears all, none is
     * meant by itself and all are taken to be.
     */
    public static List<News> of(List<Limit> limits, Refusals refusals, Answer answer) {
        List<News> told =
                limits.stream().map(limit -> limit.told().news(answer)).toList();
        if (!refusals.isTooMany(answer)) {
            return told;
        }
        Duration stop = refusals.stop(answer);
        List<Boolean> cleared = new ArrayList<>(limits.size());
        for (int i = 0; i < limits.size(); i++) {
            cleared.add(limits.get(i).told().namesAnother(answer) || told.get(i).hasLeft());
        }
        boolean all = !cleared.contains(false);
        List<News> news = new ArrayList<>(limits.size());
        for (int i = 0; i < limits.size(); i++) {
            news.add(all || !cleared.get(i) ? told.get(i).refused(stop) : told.get(i));
        }
        return news;
    }

    private boolean hasLeft() {
        return remaining != null && remaining > 0;
    }

    private News refused(Duration wish) {
        return new News(true, wish, limit, remaining, reset);
    }

    public static News refusedFor(Duration stop) {
        return new News(true, stop, null, null, null);
    }
}
