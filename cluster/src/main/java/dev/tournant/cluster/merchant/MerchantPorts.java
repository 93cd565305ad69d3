package dev.tournant.cluster.merchant;

import akka.actor.typed.ActorRef;
import dev.tournant.messages.Revision;
import dev.tournant.model.Link;
import dev.tournant.model.MerchantId;
import dev.tournant.model.MerchantProfile;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What merchants of a node use of that node. Both answer by message and never block. */
public interface MerchantPorts {
    /**
     * Publishes revisions of a merchant, in order; answers {@link Published} when all of them are in Kafka.
     *
     * @param profile the newest profile if one of the revisions changed it; null otherwise
     */
    void publish(
            MerchantId merchant,
            List<Revision> revisions,
            @Nullable MerchantProfile profile,
            ActorRef<Merchant.Internal> replyTo);

    /** Fetches a resource and puts its pages into {@code tournant.inbound}; answers {@link Fetched}. */
    void fetch(
            MerchantId merchant,
            Link link,
            String resource,
            @Nullable String since,
            long generation,
            ActorRef<Merchant.Internal> replyTo);

    /**
     * The end of a publication.
     *
     * @param failure why it was not published; null if it was
     */
    record Published(long through, @Nullable String failure) implements Merchant.Internal {}

    /**
     * The end of a fetch.
     *
     * @param failure why the fetch broke off; null if all pages are in Kafka
     * @param retryAfter how long the partner wants to be left alone; zero where it did not say
     */
    record Fetched(
            String link,
            String resource,
            long generation,
            @Nullable String failure,
            Duration retryAfter) implements Merchant.Internal {}
}
