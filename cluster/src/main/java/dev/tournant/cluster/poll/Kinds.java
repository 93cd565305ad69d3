package dev.tournant.cluster.poll;

import dev.tournant.cluster.poll.PollerMessage.Feed;
import dev.tournant.cluster.schedule.ResourceClass;
import dev.tournant.cluster.schedule.Traits;
import dev.tournant.model.PartnerName;
import java.util.function.Predicate;

/**
 * What holds for resources by what they are, as it is set today.
 *
 * @param subscribed which partners send webhooks
 */
record Kinds(PollSettings settings, Predicate<PartnerName> subscribed) {
    PollSettings.OfKind of(Feed feed) {
        return settings.of(feed.partner().value(), feed.resource());
    }

    /** The class of a feed whose local time minus UTC is {@code zone} seconds, and what it counts. */
    Traits traits(Feed feed, int zone) {
        return new Traits(sort(feed.partner().value(), feed.resource()), of(feed).weight(), 1, 1, zone);
    }

    /** A class that was learnt of, whatever was set then. */
    ResourceClass today(ResourceClass before) {
        return sort(before.partner(), before.kind());
    }

    private ResourceClass sort(String partner, String resource) {
        PollSettings.OfKind kind = settings.of(partner, resource);
        return new ResourceClass(
                partner,
                resource,
                subscribed.test(new PartnerName(partner)),
                PollSettings.seconds(kind.minInterval()),
                PollSettings.seconds(kind.maxAge()),
                kind.objective());
    }
}
