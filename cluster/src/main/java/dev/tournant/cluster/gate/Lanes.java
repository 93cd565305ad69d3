package dev.tournant.cluster.gate;

import dev.tournant.adapter.Lane;
import java.util.Map;

/**
 * Wishes that wait, in lanes: the most urgent lane goes first, and within a lane whoever came first.
 *
 * <p>One grant in every few goes to the lane that has gone longest without one instead. So nobody starves: where {@code k}
 * lanes wait besides the most urgent one, each of them has at least one grant in {@code k * every}, whatever comes, and
 * however briefly a wish may wait. Who waited longest would be no measure for it: in a lane that is overrun all have waited
 * for as long as may be.
 */
final class Lanes {
    private static final Lane[] ALL = Lane.values();

    private final Calls calls;
    private final Deadlines deadlines = new Deadlines();
    private final int[] waitingMax = new int[ALL.length];
    private final int every;
    private long arrivals;
    /** The number of the last grant of each lane. */
    private final long[] lastGrant = new long[ALL.length];

    private long grants;
    private int passedOver;
    private int waiting;

    /** @param calls holds the wishes, each in the {@link #list} of its lane */
    Lanes(Calls calls, Map<Lane, Integer> waitingMax, double floor) {
        this.calls = calls;
        this.every = (int) Math.ceil(1 / floor);
        waitingMax.forEach((lane, most) -> this.waitingMax[list(lane)] = most);
    }

    boolean isEmpty() {
        return waiting == 0;
    }

    boolean isFull(Lane lane) {
        return calls.size(list(lane)) >= waitingMax[list(lane)];
    }

    /** How many wait in a lane. */
    int waiting(Lane lane) {
        return calls.size(list(lane));
    }

    /** The first grant from now on that a wish could get that came to a lane now; 1 for the next. */
    int position(Lane lane) {
        int before = 0;
        for (int each = 0; each <= list(lane); each++) {
            before += calls.size(each);
        }
        long byTurn = (long) calls.size(list(lane)) * every;
        return (int) Math.min(before, byTurn) + 1;
    }

    void add(Wish wish, long deadline) {
        deadlines.add(calls.add(list(wish.lane()), wish.id(), deadline, arrivals++), deadline);
        waiting++;
    }

    /** Whose turn it is; the caller takes it with {@link #take}. There has to be one. */
    int next() {
        int urgent = -1;
        int starving = -1;
        for (int lane = 0; lane < ALL.length; lane++) {
            if (calls.head(lane) == Calls.NONE) {
                continue;
            }
            if (urgent < 0) {
                urgent = lane;
            } else if (starving < 0 || lastGrant[lane] <= lastGrant[starving]) {
                // Of those that never had one, the least urgent.
                starving = lane;
            }
        }
        int turn = urgent;
        if (starving >= 0 && ++passedOver >= every) {
            passedOver = 0;
            turn = starving;
        }
        lastGrant[turn] = ++grants;
        return calls.head(turn);
    }

    /** It waits no longer; it is still in its list. */
    void take(int place) {
        deadlines.remove(place);
        waiting--;
    }

    /** When the first wish is too late; {@link Nanos#NEVER} if none waits. */
    long firstDeadline() {
        return deadlines.first();
    }

    /** The wish that is too late first; there has to be one. */
    int firstTooLate() {
        return deadlines.firstPlace();
    }

    /** The list of a lane: 0 for the most urgent. */
    @SuppressWarnings("EnumOrdinal") // a place in arrays, which is never stored
    static int list(Lane lane) {
        return lane.ordinal();
    }

    static boolean isWaiting(int list) {
        return list < ALL.length;
    }

    static Lane lane(int list) {
        return ALL[list];
    }
}
