package dev.tournant.cluster.merchant;

import akka.actor.typed.ActorRef;
import dev.tournant.adapter.Lane;
import dev.tournant.messages.MerchantMessage;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Decides when merchants read from their partners. A merchant says what it wants to read and why, is told with {@link
 * Merchant.ReadNow} when to do so, and says what came of it. Any of this may be lost: a merchant says again what it wants.
 */
public interface ReadPlan {
    /** Whoever wants to read does so at once. */
    ReadPlan AT_ONCE = new ReadPlan() {
        @Override
        public void wanted(
                MerchantId id,
                Link link,
                String resource,
                Why why,
                long webhooks,
                Instant at,
                ZoneId zone,
                ActorRef<MerchantMessage> merchant) {
            merchant.tell(new Merchant.ReadNow(
                    "", link.id(), resource, why == Why.SIGNAL ? Lane.RECONCILE : Lane.MENU, Duration.ZERO));
        }
    };

    /** Why something is to be read. */
    enum Why {
        /** A webhook of its partner said that it may have changed. */
        SIGNAL,
        /** Something that we did may have changed it, or has to be compared with it before it goes on. */
        OURS,
        /** It was never read. */
        FIRST,
        /** Somebody waits for it. */
        ASKED
    }

    /** Why something could not be read. */
    enum Trouble {
        /** The limits left no room, or this node had too much to do: nothing that the partner did. */
        CROWDED,
        /** It may pass by itself. */
        FAILED,
        /** Not before somebody authorises us anew. */
        UNAUTHORISED
    }

    /**
     * How much it counts that something is fresh.
     *
     * @param weight of now; above 0
     * @param until when it changes; null if not soon
     * @param then the weight from then on
     */
    record Importance(double weight, @Nullable Instant until, double then) {
        public static final Importance USUAL = new Importance(1, null, 1);

        public Importance {
            if (!(weight > 0 && then > 0)) {
                throw new IllegalArgumentException("weights must be above 0, not " + weight + " and " + then);
            }
        }
    }

    /**
     * A merchant wants to read something.
     *
     * @param webhooks how many it has counted in all that said that this may have changed, for whatever reason it is wanted
     *     now; what is said again bears the same number
     * @param at when what the last of the webhooks told of happened, at the latest; now without any
     * @param zone of the merchant
     * @param merchant who is to be told, where that is not known by its id
     */
    void wanted(
            MerchantId id,
            Link link,
            String resource,
            Why why,
            long webhooks,
            Instant at,
            ZoneId zone,
            ActorRef<MerchantMessage> merchant);

    /**
     * It was read whole.
     *
     * @param asOf as of when what was read is true
     * @param changed whether it was not as it was known
     * @param calls that it took; 0 where that is not known
     */
    default void read(
            MerchantId id,
            Link link,
            String resource,
            Instant asOf,
            boolean changed,
            int calls,
            Importance importance) {}

    /** A webhook carried all of it, as of that time: as good as a read, and no call. */
    default void covered(MerchantId id, Link link, String resource, Instant asOf) {}

    /**
     * It could not be read.
     *
     * @param retryAt before when to try again is pointless; null where nobody said
     */
    default void broke(MerchantId id, Link link, String resource, Trouble trouble, @Nullable Instant retryAt) {}

    /**
     * There is no such thing to read.
     *
     * @param by of the {@link Merchant.ReadNow} that asked for it
     */
    default void gone(String by, MerchantId id, LinkId link, String resource) {}

    /** It is being read still. */
    default void reading(MerchantId id, Link link, String resource) {}
}
