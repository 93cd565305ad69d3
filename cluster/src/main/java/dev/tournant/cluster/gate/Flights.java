package dev.tournant.cluster.gate;

import dev.tournant.adapter.Lane;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Calls that were granted and whose end is not known. One stays here until it is answered, or until it must have been
 * counted by the partner: permit life, pause and request life after its grant, or pause and request life after it was
 * given up as lost, whichever is first. Each of the two lists is in the order in which this happens, but for calls that were
 * given up late: those may stay until the one before them goes, which is on the safe side.
 */
final class Flights {
    private static final int OPEN = Lane.values().length;
    private static final int LOST = OPEN + 1;
    /** How many lists of calls there are with these two. */
    static final int LISTS = LOST + 1;

    private final Calls calls;
    private final long life;
    private final long lostLife;

    Flights(Calls calls, PoolSpec spec) {
        this.calls = calls;
        this.life = life(spec);
        this.lostLife = Nanos.stretched(spec.pause().plus(spec.requestLife()), spec.clockError());
    }

    /** The longest time, in nanoseconds, from a grant until the partner has counted the call, or never will. */
    static long life(PoolSpec spec) {
        return Nanos.stretched(spec.permitLife().plus(spec.pause()).plus(spec.requestLife()), spec.clockError());
    }

    int count() {
        return calls.size(OPEN) + calls.size(LOST);
    }

    void add(long id, long now) {
        calls.add(OPEN, id, now + life, now);
    }

    /** A wish that waited goes, or one that was granted before goes only now. */
    void take(int place, long now) {
        calls.move(place, OPEN, now + life, now);
    }

    void lost(int place, long now) {
        if (!isLost(place)) {
            calls.move(place, LOST, Math.min(calls.due(place), now + lostLife), calls.mark(place));
        }
    }

    boolean isLost(int place) {
        return calls.list(place) == LOST;
    }

    /** When the first one's time is over; {@link Nanos#NEVER} if none is in flight. */
    long firstOver() {
        int place = first();
        return place == Calls.NONE ? Nanos.NEVER : calls.due(place);
    }

    /** The one whose time is over first; {@link Calls#NONE} if none is in flight. */
    int first() {
        int open = calls.head(OPEN);
        int lost = calls.head(LOST);
        if (open == Calls.NONE || lost == Calls.NONE) {
            return open == Calls.NONE ? lost : open;
        }
        return calls.due(open) <= calls.due(lost) ? open : lost;
    }

    List<Ledger.Flight> left(long now) {
        List<Ledger.Flight> left = new ArrayList<>(count());
        for (int list = OPEN; list <= LOST; list++) {
            for (int place = calls.head(list); place != Calls.NONE; place = calls.next(place)) {
                left.add(new Ledger.Flight(calls.id(place), calls.due(place) - now, list == LOST));
            }
        }
        left.sort(Comparator.comparingLong(Ledger.Flight::nanosLeft));
        return left;
    }

    /** They come before all that this holder grants; should one have longer to go, the others wait for it. */
    void restore(List<Ledger.Flight> flights, long now) {
        List<Ledger.Flight> sorted = new ArrayList<>(flights);
        sorted.sort(Comparator.comparingLong(Ledger.Flight::nanosLeft));
        for (Ledger.Flight each : sorted) {
            if (calls.find(each.id()) == Calls.NONE) {
                calls.add(each.lost() ? LOST : OPEN, each.id(), now + each.nanosLeft(), now);
            }
        }
    }
}
