package dev.tournant.messages;

import dev.tournant.model.LinkId;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.Weight;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record of {@code tournant.inbound}, read by its adapter.
 *
 * @param unreadable what in it could not be read, and why; empty if all could
 * @param remotes what the partner holds, as far as it says; only of links that are told
 * @param jobs what it says of calls that were answered before they were done
 * @param receivedAt when it reached us; null from nodes of an older version
 * @param replayed whether it was put in again on purpose: its events are weighed though they are known, and it moves no
 *     feed, which has gone on since
 * @param covers resources of which a webhook carries all that a fetch of them would bring
 * @param happenedAt when what a webhook signals happened, by the partner's clock; null where it does not say
 */
public record Delivery(
        Position position,
        LinkId link,
        List<PartnerEvent> events,
        @Nullable FeedPage page,
        String unreadable,
        List<RemoteRecord> remotes,
        List<JobEnded> jobs,
        @Nullable Instant receivedAt,
        boolean replayed,
        List<String> covers,
        @Nullable Instant happenedAt) {
    /** Names and a version. */
    private static final long REMOTE = 120;

    public Delivery {
        events = List.copyOf(events);
        // Nodes of an older version do not send these.
        unreadable = unreadable == null ? "" : unreadable;
        remotes = remotes == null ? List.of() : List.copyOf(remotes);
        jobs = jobs == null ? List.of() : List.copyOf(jobs);
        covers = covers == null ? List.of() : List.copyOf(covers);
    }

    /** A record that comes for the first time, as far as we know. */
    public Delivery(
            Position position,
            LinkId link,
            List<PartnerEvent> events,
            @Nullable FeedPage page,
            String unreadable,
            List<RemoteRecord> remotes,
            List<JobEnded> jobs,
            @Nullable Instant receivedAt) {
        this(position, link, events, page, unreadable, remotes, jobs, receivedAt, false, List.of(), null);
    }

    /** A record of a link that is only read. */
    public Delivery(
            Position position, LinkId link, List<PartnerEvent> events, @Nullable FeedPage page, String unreadable) {
        this(position, link, events, page, unreadable, List.of(), List.of(), null);
    }

    /** A record of which all could be read. */
    public Delivery(Position position, LinkId link, List<PartnerEvent> events, @Nullable FeedPage page) {
        this(position, link, events, page, "");
    }

    /** About how many bytes it takes in a message: what is read of a payload may be much more than its bytes. */
    public long weight() {
        long weight = Weight.of(unreadable);
        for (PartnerEvent event : events) {
            for (RecordDelta delta : event.deltas()) {
                weight += Weight.of(delta);
            }
        }
        for (RemoteRecord remote : remotes) {
            String document = remote.document();
            weight += REMOTE + (document == null ? 0 : Weight.of(document));
        }
        return weight;
    }
}
