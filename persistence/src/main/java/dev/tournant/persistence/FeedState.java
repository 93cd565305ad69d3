package dev.tournant.persistence;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.tournant.model.LinkId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far one resource of one link was read, and whether it must be read again.
 *
 * @param cursor from where the next fetch goes on; null before the first one ended
 * @param wanted counts the reasons to fetch: every signal, and every poll that was due
 * @param done the value of {@code wanted} when the last complete fetch began
 * @param doneAt when the last complete fetch was applied; null before
 * @param trouble why the last fetch broke; null if it did not
 * @param removed whether its link is gone
 */
public record FeedState(
        LinkId link,
        String resource,
        @Nullable String cursor,
        long wanted,
        long done,
        @Nullable Instant doneAt,
        @Nullable String trouble,
        boolean removed) {
    public static FeedState first(LinkId link, String resource) {
        return new FeedState(link, resource, null, 1, 0, null, null, false);
    }

    @JsonIgnore
    public boolean isDue() {
        return wanted > done;
    }

    public FeedState want() {
        return new FeedState(link, resource, cursor, wanted + 1, done, doneAt, trouble, removed);
    }

    /** Read all of it again. */
    public FeedState fromStart() {
        return new FeedState(link, resource, null, wanted + 1, done, doneAt, trouble, removed);
    }

    public FeedState done(long generation, @Nullable String until, Instant at) {
        return new FeedState(
                link,
                resource,
                until == null ? cursor : until,
                Math.max(wanted, generation),
                generation,
                at,
                null,
                removed);
    }

    public FeedState broke(String why) {
        return new FeedState(link, resource, cursor, wanted, done, doneAt, why, removed);
    }

    public FeedState remove() {
        return new FeedState(link, resource, cursor, wanted, done, doneAt, trouble, true);
    }
}
