package dev.tournant.messages;

import dev.tournant.model.LinkId;
import dev.tournant.model.PartnerEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One record of {@code tournant.inbound}, read by its adapter. */
public record Delivery(
        Position position,
        LinkId link,
        List<PartnerEvent> events,
        @Nullable FeedPage page) {
    public Delivery {
        events = List.copyOf(events);
    }
}
