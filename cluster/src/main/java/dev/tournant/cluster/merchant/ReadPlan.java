package dev.tournant.cluster.merchant;

import akka.actor.typed.ActorRef;
import com.fasterxml.jackson.annotation.JsonCreator;
import dev.tournant.adapter.Lane;
import dev.tournant.messages.MerchantMessage;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decides when merchants read from their partners. A merchant says what it wants to read and why, is told with {@link
 * Merchant.ReadNow} when to do so, and says what came of it. Any of this may be lost: a merchant says again what it wants.
 */
public interface ReadPlan {
    /** By whom {@link #AT_ONCE} has things read. */
    String NOBODY = "";

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
                    NOBODY, link.id(), resource, why == Why.SIGNAL ? Lane.RECONCILE : Lane.MENU, Duration.ZERO));
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
        ASKED;

        /** By name. One that only newer versions know is read soon, and nothing is concluded: {@link #OURS}. */
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static Why of(String name) {
            return Arrays.stream(values())
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElse(OURS);
        }
    }

    /** Why something could not be read. */
    enum Trouble {
        /** The limits left no room, or this node had too much to do: nothing that the partner did. */
        CROWDED,
        /** It may pass by itself. */
        FAILED,
        /** Not before somebody authorises us anew. */
        UNAUTHORISED;

        /** By name. One that only newer versions know may pass by itself: {@link #FAILED}. */
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static Trouble of(String name) {
            return Arrays.stream(values())
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElse(FAILED);
        }
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
     * How far a first reading is.
     *
     * @param pages that were read and taken in
     * @param since when the first of them was asked for; null before, and where an older version took it in
     * @param pause between two pages; zero where it does not rest
     */
    record FirstRead(int pages, @Nullable Instant since, Duration pause) {}

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

    /**
     * It is being read still.
     *
     * @param first how far it is, where it was never read whole before; null else
     */
    default void reading(MerchantId id, Link link, String resource, @Nullable FirstRead first) {}

    /**
     * A {@link Merchant.ReadNow} came.
     *
     * @param by whose it was
     */
    default void ordered(String by, MerchantId id, Link link, String resource) {}
}
