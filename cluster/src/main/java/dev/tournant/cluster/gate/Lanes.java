package dev.tournant.cluster.gate;

import dev.tournant.adapter.Lane;
import java.util.Map;

/**
 * Wishes that wait, in lanes: the most urgent lane goes first, and within a lane whoever came first.
 *
 * <p>One grant in every few goes to whoever has waited longest instead. So nobody starves: a wish before which n others
 * came is granted after at most {@code (n + 1) * every} grants, whatever comes later in more urgent lanes.
 */
final class Lanes {
    private static final Lane[] ALL = Lane.values();

    private final Calls calls;
    private final Deadlines deadlines = new Deadlines();
    private final int[] waitingMax = new int[ALL.length];
    private final int every;
    private long arrivals;
    private int passedOver;
    private int waiting;

    /** @param calls holds the wishes, in the list that has the ordinal of their lane */
    Lanes(Calls calls, Map<Lane, Integer> waitingMax, double floor) {
        this.calls = calls;
        this.every = (int) Math.ceil(1 / floor);
        waitingMax.forEach((lane, most) -> this.waitingMax[lane.ordinal()] = most);
    }

    boolean isEmpty() {
        return waiting == 0;
    }

    boolean isFull(Lane lane) {
        return calls.size(lane.ordinal()) >= waitingMax[lane.ordinal()];
    }

    /** How many wait in a lane. */
    int waiting(Lane lane) {
        return calls.size(lane.ordinal());
    }

    /** The first grant from now on that a wish could get that came to a lane now; 1 for the next. */
    int position(Lane lane) {
        int before = 0;
        for (int each = 0; each <= lane.ordinal(); each++) {
            before += calls.size(each);
        }
        long byTurn = (long) calls.size(lane.ordinal()) * every;
        return (int) Math.min(before, byTurn) + 1;
    }

    void add(Wish wish, long deadline) {
        deadlines.add(calls.add(wish.lane().ordinal(), wish.id(), deadline, arrivals++), deadline);
        waiting++;
    }

    /** Whose turn it is; the caller takes it with {@link #take}. There has to be one. */
    int next() {
        int urgent = Calls.NONE;
        int oldest = Calls.NONE;
        for (int lane = 0; lane < ALL.length; lane++) {
            int head = calls.head(lane);
            if (head != Calls.NONE) {
                urgent = urgent == Calls.NONE ? head : urgent;
                oldest = oldest == Calls.NONE || calls.mark(head) < calls.mark(oldest) ? head : oldest;
            }
        }
        if (urgent == oldest) {
            return urgent;
        }
        passedOver++;
        if (passedOver < every) {
            return urgent;
        }
        passedOver = 0;
        return oldest;
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

    static boolean isWaiting(int list) {
        return list < ALL.length;
    }

    static Lane lane(int list) {
        return ALL[list];
    }
}
