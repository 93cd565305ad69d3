package dev.tournant.messages;

import org.jspecify.annotations.Nullable;

/**
 * Says of a delivery that it is a page that we fetched.
 *
 * @param resource what was asked: {@code catalog}
 * @param generation the number of the fetch; a merchant counts them up
 * @param last whether the fetch is complete with this page
 * @param until on the last page, from where the next fetch has to go on; null where the partner has no such thing
 */
public record FeedPage(
        String resource,
        long generation,
        boolean last,
        @Nullable String until) {}
