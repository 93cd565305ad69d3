package dev.tournant.cluster.poll;

import dev.tournant.cluster.merchant.ReadPlan.FirstRead;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a pool: what polls under way have of them, and what there is for more. First reads are paced, make their calls on
 * their own within the newcomers' share, and take no poll's place, as they rest most of their time; the rest of the calls is for
 * polls, each of which pays for what it took.
 */
final class Calls {
    private final PollSettings settings;
    private final Purse purse;
    private final UnderWay underWay;
    private final FirstReads firstReads = new FirstReads();

    Calls(PollSettings settings, UnderWay underWay, double now) {
        this.settings = settings;
        this.underWay = underWay;
        this.purse = new Purse(settings.unlimitedCallsPerSecond(), PollSettings.seconds(settings.burst()), now);
    }

    double perSecond() {
        return purse.callsPerSecond();
    }

    /** From now on. */
    void earned(double callsPerSecond, double now) {
        purse.earns(callsPerSecond, now);
    }

    /** What the pool's limits allow; infinite without any. */
    void allowed(double limit, double now) {
        earned(Double.isInfinite(limit) ? settings.unlimitedCallsPerSecond() : limit * settings.share(), now);
    }

    /** Whether a poll may begin now. */
    boolean isLeft(double now) {
        purse.leaves(Math.min(firstReads.callsPerSecond(), newcomers()), now);
        return hasRoom() && purse.has(now);
    }

    /** When a poll may begin at the latest; infinite if not before another has ended. */
    double nextAt(double now) {
        return hasRoom() ? purse.hasAt(now) : Double.POSITIVE_INFINITY;
    }

    private boolean hasRoom() {
        return underWay.size() - firstReads.size() < settings.underWayMax();
    }

    /** Calls a second that all first reads together may make. */
    private double newcomers() {
        return purse.callsPerSecond() * settings.schedule().shares().newcomers();
    }

    /** Whether a first read may begin, where a poll may. */
    boolean isLeftForNewcomers() {
        return firstReads.hasRoom(newcomers());
    }

    /** A poll begins, once whoever is to make it was told. Returns how long it has to rest between two pages. */
    Duration begin(int id, boolean isFirst, double now) {
        underWay.begin(id, now);
        purse.pay(1, now);
        return isFirst ? Duration.ofNanos((long) (1e9 / firstReads.begin(id, newcomers(), now))) : Duration.ZERO;
    }

    /**
     * A poll goes on, which may have been begun by whoever held the pool before.
     *
     * @param isFirst whether it is a first read
     * @param first how far that is; null where that is not known
     */
    void goesOn(int id, boolean isFirst, @Nullable FirstRead first, double now) {
        underWay.goesOn(id, now);
        if (isFirst && !firstReads.has(id)) {
            firstReads.goesOn(id, newcomers(), first, now);
        }
    }

    /** How many first reads are under way. */
    int firstReads() {
        return firstReads.size();
    }

    /**
     * A poll is over, if it was under way.
     *
     * @param took the calls that it made
     */
    void end(int id, int took, double now) {
        if (underWay.end(id)) {
            purse.pay(firstReads.end(id, Math.max(0, took - 1), now), now);
        }
    }
}
