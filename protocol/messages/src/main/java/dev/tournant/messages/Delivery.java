package dev.tournant.messages;

import dev.tournant.model.LinkId;
import dev.tournant.model.PartnerEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record of {@code tournant.inbound}, read by its adapter.
 *
 * @param unreadable what in it could not be read, and why; empty if all could
 */
public record Delivery(
        Position position,
        LinkId link,
        List<PartnerEvent> events,
        @Nullable FeedPage page,
        String unreadable) {
    public Delivery {
        events = List.copyOf(events);
        // Nodes of an older version do not send it.
        unreadable = unreadable == null ? "" : unreadable;
    }

    /** A record of which all could be read. */
    public Delivery(Position position, LinkId link, List<PartnerEvent> events, @Nullable FeedPage page) {
        this(position, link, events, page, "");
    }
}
