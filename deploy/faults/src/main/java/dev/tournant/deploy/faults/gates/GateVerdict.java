package dev.tournant.deploy.faults.gates;

import dev.tournant.adapter.Limit;
import dev.tournant.deploy.faults.gates.GateTrial.Kept;
import dev.tournant.deploy.faults.gates.GateTrial.Seen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is wrong with what a partner saw. */
final class GateVerdict {
    /** A share of less time says little: a second more or less at either end would move it. */
    static final Duration QUIET_MIN = Duration.ofSeconds(20);

    /**
     * Of a leave. A pool that did not get its ledger handed over waits for as long as a request may live, 15 s here
     * ({@link GateNode}): what is less was a clean hand-over.
     */
    static final Duration LULL_MAX = Duration.ofSeconds(10);

    private static final double FULL_SHARE_MIN = 0.9;
    /** Parts of one limit are full at different times, so all together hardly ever. */
    private static final double FULL_SHARE_MIN_IN_PARTS = 0.7;

    private GateVerdict() {}

    /**
     * Sentences; none where all holds. Of a plain token bucket, which is there for comparison, only whether it was looked
     * at.
     *
     * @param timesJudged false where the machine does other things as well, so that shares of the limit and waits say
     *     nothing
     */
    static List<String> complaints(Seen seen, boolean timesJudged) {
        List<String> complaints = new ArrayList<>();
        if (seen.whole().calls() < seen.setting().calls()) {
            complaints.add(String.format(
                    Locale.ROOT,
                    "%,d calls were counted, and %,d were asked for",
                    seen.whole().calls(),
                    seen.setting().calls()));
        }
        if (seen.setting().limiter().equals(GateTrial.BUCKET)) {
            return complaints;
        }
        seen.limits().forEach(each -> over(each, complaints));
        if (seen.setting().set() == LimitSet.MIXED) {
            double least = seen.setting().parts() > 1 ? FULL_SHARE_MIN_IN_PARTS : FULL_SHARE_MIN;
            seen.limits().forEach(each -> used(each, least, complaints));
        }
        if (timesJudged) {
            if (seen.setting().set() == LimitSet.WINDOW) {
                share(seen, complaints);
            }
            lull(seen, complaints);
        }
        return complaints;
    }

    private static void over(Kept kept, List<String> complaints) {
        Limit limit = kept.limit();
        if (kept.seen().over() > 0) {
            complaints.add(String.format(
                    Locale.ROOT,
                    "%,d %s are over the limit \"%s\"",
                    kept.seen().over(),
                    limit.per() == null || limit.burst() != null ? "calls" : "windows",
                    limit.name()));
        }
    }

    /** What was never full, or never had room again, would have looked the same without a gate. */
    private static void used(Kept kept, double shareMin, List<String> complaints) {
        Limit limit = kept.limit();
        int most = most(limit);
        if (kept.seen().most() < shareMin * most || kept.uses() <= 1) {
            complaints.add(String.format(
                    Locale.ROOT,
                    "the limit \"%s\" was used up to %d of %d and %.1f times: nothing is shown of it; give more --calls",
                    limit.name(),
                    kept.seen().most(),
                    most,
                    kept.uses()));
        }
    }

    /** How many calls may be in a window, in the bucket, or there at one time. */
    static int most(Limit limit) {
        Integer burst = limit.burst();
        return burst == null ? limit.calls() : burst;
    }

    private static void lull(Seen seen, List<String> complaints) {
        if (seen.lull().compareTo(LULL_MAX) > 0) {
            complaints.add(String.format(
                    Locale.ROOT,
                    "some pool had no calls for %.1f s while a node left in good order, and %d s is the most; if this"
                            + " machine does other things as well, give --times off",
                    seen.lull().toMillis() / 1e3,
                    LULL_MAX.toSeconds()));
        }
    }

    private static void share(Seen seen, List<String> complaints) {
        if (seen.quiet().time().compareTo(QUIET_MIN) < 0) {
            complaints.add(String.format(
                    Locale.ROOT,
                    "the share of the limit was looked at for %.0f s without a fault, and %d s are needed: give more"
                            + " --calls, or --times off",
                    seen.quiet().seconds(),
                    QUIET_MIN.toSeconds()));
            return;
        }
        double share = seen.quiet().share(seen.setting().allowedPerSecond());
        double least = seen.setting().network().shareMin();
        if (share < least) {
            complaints.add(String.format(
                    Locale.ROOT,
                    "%.2f of the limit was used while nothing was done to the nodes, and %.2f is the least; if this"
                            + " machine does other things as well, give --times off",
                    share,
                    least));
        }
    }
}
