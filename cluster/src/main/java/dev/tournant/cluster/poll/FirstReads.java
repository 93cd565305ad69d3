package dev.tournant.cluster.poll;

import dev.tournant.cluster.merchant.ReadPlan.FirstRead;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * First reads under way, and how many calls a second each may make: together no more than the newcomers' share, however many
 * there are. Each takes half of what the others leave, so that a long one keeps nobody from beginning, and at least an {@link
 * #PARTS}th of the share; when there is no such part left the next ones wait.
 */
final class FirstReads {
    static final int PARTS = 8;

    /** Of a call a second: what sums of parts may be off. */
    private static final double EXACT = 1e-9;

    private record Allotment(double callsPerSecond, double since) {}

    private final Map<Integer, Allotment> ofId = new HashMap<>();

    int size() {
        return ofId.size();
    }

    /** Calls a second that those under way make. */
    double callsPerSecond() {
        return ofId.values().stream().mapToDouble(Allotment::callsPerSecond).sum();
    }

    /** @param share calls a second that all may make */
    boolean hasRoom(double share) {
        return share - callsPerSecond() >= share / PARTS * (1 - EXACT);
    }

    /** It begins, also if there is no room. Returns the calls a second that it may make. */
    double begin(int id, double share, double now) {
        double calls = Math.max(share / PARTS, (share - callsPerSecond()) / 2);
        ofId.put(id, new Allotment(calls, now));
        return calls;
    }

    boolean has(int id) {
        return ofId.containsKey(id);
    }

    /**
     * One goes on that others let begin, as fast as it does.
     *
     * @param first how far it is; null where that is not known
     */
    void goesOn(int id, double share, @Nullable FirstRead first, double now) {
        double pause = first == null ? 0 : PollSettings.seconds(first.pause());
        Instant since = first == null ? null : first.since();
        ofId.put(
                id,
                new Allotment(
                        pause > 0 ? Math.min(share, 1 / pause) : share / PARTS,
                        since == null ? now : Math.min(now, since.toEpochMilli() / 1e3)));
    }

    /**
     * It is over.
     *
     * @param took the calls that it made behind its first one
     * @return how many of them it was not allotted: all, if it was none of these
     */
    double end(int id, int took, double now) {
        Allotment had = ofId.remove(id);
        return had == null ? took : Math.max(0, took - had.callsPerSecond * Math.max(0, now - had.since));
    }
}
