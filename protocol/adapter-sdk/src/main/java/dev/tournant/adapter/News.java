package dev.tournant.adapter;

import java.time.Duration;
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

    public static News refusedFor(Duration stop) {
        return new News(true, stop, null, null, null);
    }
}
