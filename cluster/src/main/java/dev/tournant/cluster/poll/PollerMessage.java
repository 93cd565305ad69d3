package dev.tournant.cluster.poll;

import akka.actor.typed.ActorRef;
import dev.tournant.cluster.merchant.ReadPlan.FirstRead;
import dev.tournant.cluster.merchant.ReadPlan.Importance;
import dev.tournant.cluster.merchant.ReadPlan.Trouble;
import dev.tournant.cluster.merchant.ReadPlan.Why;
import dev.tournant.messages.FreshnessBoard;
import dev.tournant.messages.WireMessage;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.PartnerName;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the poller of a pool is told. All of it may be repeated, and come late or not at all. */
public interface PollerMessage {
    /** What one link is asked for at a time. */
    record Feed(LinkId link, PartnerName partner, String resource) {}

    /**
     * All that a merchant has in this pool; empty if it has nothing there any more.
     *
     * @param callsPerSecond what the pool's limits allow; infinite without any
     * @param zone the merchant's local time minus UTC, in seconds; 0 from nodes of an older version
     */
    record Has(MerchantId merchant, List<Feed> feeds, double callsPerSecond, int zone)
            implements PollerMessage, WireMessage {
        public Has {
            feeds = List.copyOf(feeds);
        }
    }

    /**
     * A merchant wants to read something, and does so when it is told to.
     *
     * @param zone as of {@link Has}
     * @param webhooks that said that it may have changed, all that were ever counted; 0 from nodes of an older version
     */
    record Wanted(MerchantId merchant, Feed feed, double callsPerSecond, Why why, Instant at, int zone, long webhooks)
            implements PollerMessage, WireMessage {}

    /**
     * It was read whole.
     *
     * @param asOf as of when what was read is true
     * @param changed whether it was not as it was known
     * @param calls that it took; 0 where that is not known
     */
    record Read(MerchantId merchant, Feed feed, Instant asOf, boolean changed, int calls, Importance importance)
            implements PollerMessage, WireMessage {}

    /** A webhook carried all of it, as of that time. */
    record Covered(MerchantId merchant, Feed feed, Instant asOf) implements PollerMessage, WireMessage {}

    /** It could not be read. */
    record Broke(
            MerchantId merchant,
            Feed feed,
            Trouble trouble,
            @Nullable Instant retryAt) implements PollerMessage, WireMessage {}

    /** There is no such thing to read. */
    record Gone(MerchantId merchant, LinkId link, String resource) implements PollerMessage, WireMessage {}

    /**
     * It is being read still.
     *
     * @param first how far it is, where it was never read whole before; null else, and from nodes of an older version
     */
    record Reading(MerchantId merchant, Feed feed, @Nullable FirstRead first) implements PollerMessage, WireMessage {}

    /** An operator asks for these to be read; answered with {@link Refreshed}. */
    record Refresh(MerchantId merchant, @Nullable LinkId link, ActorRef<Refreshed> replyTo)
            implements PollerMessage, WireMessage {}

    record Refreshed(int resources) implements WireMessage {}

    /** How do you stand? */
    record Look(ActorRef<Seen> replyTo) implements PollerMessage, WireMessage {}

    /** How the pool stands; null where nothing is polled. */
    record Seen(FreshnessBoard.@Nullable Pool pool) implements WireMessage {}

    /** How does it stand with a merchant? */
    record LookAt(MerchantId merchant, Set<LinkId> links, ActorRef<SeenOf> replyTo)
            implements PollerMessage, WireMessage {}

    record SeenOf(List<FreshnessBoard.Resource> resources) implements WireMessage {
        public SeenOf {
            resources = List.copyOf(resources);
        }
    }

    /** What would you come to? */
    record Suppose(FreshnessBoard.Supposition supposition, ActorRef<Supposed> replyTo)
            implements PollerMessage, WireMessage {}

    /** What it would come to; null where nothing is polled. */
    record Supposed(FreshnessBoard.@Nullable Outlook outlook) implements WireMessage {}

    /** What never leaves the node. */
    interface Internal extends PollerMessage {}
}
