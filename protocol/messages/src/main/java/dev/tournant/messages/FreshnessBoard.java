package dev.tournant.messages;

import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.MerchantProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * How fresh what we know of partners is, as operators see it. A resource is what one link is asked for at a time: a catalogue, stock.
 * It is fresh while nothing has changed at the partner since it was read; whether that is so is not known, so shares and
 * probabilities here are what the scheduler believes, but for those that were audited.
 *
 * <p>Every stage fails with {@link java.util.concurrent.TimeoutException} if the scheduler of a pool does not answer.
 */
public interface FreshnessBoard {
    /** Empty if nothing is polled in a pool of this name. */
    CompletionStage<Optional<Pool>> pool(String name);

    /** What a pool would come to; empty as in {@link #pool}. */
    CompletionStage<Optional<Outlook>> suppose(String name, Supposition supposition);

    /** All that is read from a merchant's partners. Fails only if the schedulers of all its pools are silent. */
    CompletionStage<Merchant> merchant(MerchantId merchant, MerchantProfile profile);

    /**
     * Reads a merchant's resources as soon as the limits allow, before all that is only due.
     *
     * @param link of this link only; null for all
     * @return how many are read
     */
    CompletionStage<Integer> refresh(MerchantId merchant, MerchantProfile profile, @Nullable LinkId link);

    /**
     * A pool of calls, and the resources that are read with them.
     *
     * @param callsPerSecond that polls may use
     * @param fresh the share of all resources that were read that is believed fresh, by weight; 1 if none was
     * @param bound what no schedule of so many calls can exceed of those that can be polled, if the beliefs are right
     * @param ratio of the share of these that is believed fresh now to the bound, which is about the long run: of few resources it is
     *     above 1 right after a poll
     * @param price by how much {@code fresh}, as a number of resources, would rise with one more call a second
     * @param threshold seconds of freshness that a poll has to be worth to be made
     * @param waiting resources that are worth a poll and wait for their turn
     * @param underWay polls under way
     * @param firstReads those of them that read something for the first time; 0 from nodes of an older version
     * @param audited polls of resources that were drawn by lot
     * @param auditedFresh the share of these in which nothing had changed: an unbiased estimate; null without any
     * @param auditedError its standard error; null likewise
     */
    record Pool(
            String name,
            int resources,
            double callsPerSecond,
            double fresh,
            double bound,
            double ratio,
            double price,
            double threshold,
            int waiting,
            int underWay,
            int firstReads,
            long audited,
            @Nullable Double auditedFresh,
            @Nullable Double auditedError,
            List<Sort> sorts) {
        public Pool {
            sorts = List.copyOf(sorts);
        }
    }

    /**
     * Resources of one name at one partner.
     *
     * @param newcomers waiting for their first read
     * @param failing that cannot be read now
     * @param parked those of them that have failed for long; 0 from nodes of an older version, and so is {@code held}
     * @param held those of them that need somebody to authorise us
     * @param fresh the share that is believed fresh
     * @param ageP50 half of them were read within this time
     * @param ageMax the oldest
     * @param starved resources that were not read for longer than {@code maxAge}
     * @param objective the share that should be fresh
     * @param errorBudgetLeft what is left of the staleness that the objective allows, over about the last thirty days: 1 untouched, 0
     *     used up, negative beyond
     * @param changesPerHour of all together
     * @param recall the share of changes that webhooks tell of
     * @param precision the share of webhooks that tell of a change
     * @param webhooksSilent whether they seem to have broken down
     */
    record Sort(
            String partner,
            String resource,
            int resources,
            int newcomers,
            int failing,
            int parked,
            int held,
            double fresh,
            Duration ageP50,
            Duration ageP90,
            Duration ageP99,
            Duration ageMax,
            Duration maxAge,
            int starved,
            double objective,
            double errorBudgetLeft,
            double changesPerHour,
            double recall,
            double precision,
            boolean webhooksSilent) {}

    /**
     * What is read from a merchant's partners.
     *
     * @param resources of all pools whose schedulers answered, in order of link and resource
     * @param silentPools whose schedulers did not answer: what is read with their calls is left out
     */
    record Merchant(List<Resource> resources, List<String> silentPools) {
        public Merchant {
            resources = List.copyOf(resources);
            silentPools = List.copyOf(silentPools);
        }
    }

    /**
     * One resource of one link.
     *
     * @param pool whose calls it is read with
     * @param phase {@code new}, {@code watched}, {@code failing}, {@code parked} or {@code held}
     * @param seenAt as of when it was last read; null before the first time
     * @param fresh the probability that nothing has changed since
     * @param unseenChanges expected since
     * @param webhooks since
     * @param nextAt when it will be worth a poll, or may be tried again; null if no poll is planned
     * @param webhooksWork the probability that its webhooks work at all
     * @param failures in a row
     * @param firstRead how far the first reading is; null where none was begun, its merchant has not told yet, or it is over
     */
    record Resource(
            LinkId link,
            String resource,
            String pool,
            String phase,
            boolean underWay,
            @Nullable Instant seenAt,
            double fresh,
            double unseenChanges,
            int webhooks,
            @Nullable Instant nextAt,
            double changesPerHour,
            double recall,
            double precision,
            double webhooksWork,
            int failures,
            @Nullable FirstRead firstRead) {}

    /**
     * How far a first reading is. It may have broken off: {@link Resource#underWay} says whether it goes on now.
     *
     * @param pages that were read and taken in
     * @param since when the first of them was asked for; null before
     */
    record FirstRead(int pages, @Nullable Instant since) {}

    /**
     * A pool as it might be.
     *
     * @param callsPerSecond that polls may use; null for as many as now
     * @param resourcesFactor times as many resources of the same sorts
     * @param webhooks whether there are any
     */
    record Supposition(@Nullable Double callsPerSecond, double resourcesFactor, boolean webhooks) {}

    /**
     * What a pool would come to, by what is believed of its resources, in the long run. It counts with worth, min-interval and max-age of each;
     * where calls do not suffice for all maximum ages, all of them are exceeded in proportion. First reads and what fails are left out.
     *
     * @param fresh the share of resources that would be fresh, by weight
     * @param freshMost the same of a schedule that lets the hopeless starve, keeps no interval and no age, and makes every call: what none exceeds
     * @param lag from a change until it is read, the mean over changes
     */
    record Outlook(double callsPerSecond, double fresh, double freshMost, Duration lag, double price) {}
}
