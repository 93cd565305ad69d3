package dev.tournant.cluster.merchant;

import akka.actor.typed.ActorRef;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Lane;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Remote;
import dev.tournant.messages.Revision;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.RecordKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What merchants of a node use of that node. All answer by message and never block. */
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
    void fetch(MerchantId merchant, Reading reading, ActorRef<Merchant.Internal> replyTo);

    /**
     * One reading of one resource.
     *
     * @param since from where the reading before said to go on; null to read everything
     * @param onward from where a reading of the same generation goes on that broke off, as its last page said; null to begin
     * @param pause between two pages
     */
    record Reading(
            Link link,
            String resource,
            @Nullable String since,
            long generation,
            @Nullable String onward,
            Lane lane,
            Duration pause) {}

    /** Says when to fetch. */
    default ReadPlan plan() {
        return ReadPlan.AT_ONCE;
    }

    /**
     * Tells a partner a difference. Answers {@link Told} for each part that is known, then one {@link PushEnded}; both name
     * the difference by its nonce. One push at a time for a link.
     */
    void push(MerchantId merchant, Difference difference, Lane lane, ActorRef<Merchant.Internal> replyTo);

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
     * @param trouble what kind of failure; of no meaning if there was none
     * @param retryAfter how long the partner wants to be left alone; zero where it did not say
     * @param calls that were made
     * @param pages how many pages this try put into Kafka
     * @param goesOn whether a fetch of the same generation can go on from the page where this one broke off
     * @param begun when its first page was asked for, maybe long before this try; null where nothing was
     */
    record Fetched(
            String link,
            String resource,
            long generation,
            @Nullable String failure,
            ReadPlan.Trouble trouble,
            Duration retryAfter,
            int calls,
            int pages,
            boolean goesOn,
            @Nullable Instant begun)
            implements Merchant.Internal {}

    /**
     * What became of some records of a push.
     *
     * <p>A record is {@link Outcome.Done} when all that was wanted of it is told. Before that it may be told of more than
     * once, as several calls tell its parts; what is told last holds, except that a job that was named as {@link
     * Outcome.Pending} is pending until its own end is told.
     *
     * @param outcomes of records that were wanted or removed, and of others around them; may be empty
     * @param remotes what the partner holds now, as far as it says
     * @param call what was asked, for explaining: {@code POST /v2/catalog/batch-upsert -> 200}, or {@link #PLAN} for what
     *     needed no call. At most about 250 characters, without bodies or headers
     */
    record Told(
            LinkId link, String nonce, Map<RecordKey, Outcome> outcomes, Map<RecordKey, Remote> remotes, String call)
            implements Merchant.Internal {
        public static final String PLAN = "plan";

        public Told {
            outcomes = Map.copyOf(outcomes);
            remotes = Map.copyOf(remotes);
        }

        /** Whether it followed from the plan alone. */
        boolean isPlanned() {
            return call.equals(PLAN);
        }
    }

    /**
     * The end of a push. Of what was wanted or removed and has no outcome by now, nothing is known: it waited for the answer
     * to an earlier call, and is to be planned anew.
     *
     * @param failure why it ended before its last call; null if all calls were made
     * @param retryAfter how long to wait before what has no outcome is handed over again; zero where nobody asked for it
     */
    record PushEnded(LinkId link, String nonce, @Nullable String failure, Duration retryAfter)
            implements Merchant.Internal {}
}
