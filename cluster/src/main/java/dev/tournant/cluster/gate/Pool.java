package dev.tournant.cluster.gate;

import dev.tournant.adapter.Lane;
import dev.tournant.adapter.News;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A pool of calls that count together at a partner. Grants calls so that none of its rules is ever broken at the
 * partner, whatever the network does, as long as what {@link PoolSpec} relies on holds.
 *
 * <p>Not thread-safe, and without a clock: {@code now} is in nanoseconds of one clock that only goes forward, such as
 * {@link System#nanoTime}; where it goes back it counts as standing still.
 *
 * <p>Each method first lets time pass: calls whose end was never told count as answered, wishes that are too late are
 * refused, and what then has room goes. So somebody waits after a method only if there was no room.
 */
public final class Pool {
    private final PoolSpec spec;
    private final Kept[] rules;
    private final Calls calls = new Calls(Flights.LISTS);
    private final Flights flights;
    private final Lanes lanes;
    private final Standstill standstill = new Standstill();
    private final long permitLife;

    /** What {@code now} was at the start: inside, time begins at 0. */
    private final long origin;

    private long time;

    private final long[] refused = new long[Lane.values().length];
    private long granted;
    private long tooMany;
    private long lost;
    private long strays;

    public Pool(PoolSpec spec, Start start, long now) {
        this.spec = spec;
        this.rules = spec.rules().stream()
                .map(rule -> new Kept(rule, spec.clockError()))
                .toArray(Kept[]::new);
        this.flights = new Flights(calls, spec);
        this.lanes = new Lanes(calls, spec.waitingMax(), spec.laneFloor());
        this.permitLife = spec.permitLife().toNanos();
        this.origin = now;
        if (start instanceof Start.Full) {
            for (Kept rule : rules) {
                rule.fill(Flights.life(spec));
            }
        } else if (start instanceof Start.Left left) {
            restore(left.ledger());
        }
    }

    private void restore(Ledger ledger) {
        for (Kept rule : rules) {
            if (!rule.restore(ledger.counts(), time)) {
                // It was not counted so before, so any calls may have been made.
                rule.fill(Flights.life(spec));
            }
        }
        for (Kept rule : rules) {
            rule.lower(ledger.lowered(), time);
        }
        flights.restore(ledger.inFlight(), time);
        standstill.wished(Duration.ofNanos(ledger.stoppedNanos()), "a holder before was told to wait", time);
    }

    /**
     * Answers this wish now or, from any later method, when it is its turn or too late for it. It waits for the permit
     * life at most, whatever its deadline, as its permit would be worthless then. An id that waits or is in flight
     * already is ignored.
     */
    public List<Verdict> ask(Wish wish, long now) {
        List<Verdict> verdicts = new ArrayList<>(2);
        pass(now, verdicts);
        if (calls.find(wish.id()) != Calls.NONE) {
            return verdicts;
        }
        long deadline = time + Math.min(permitLife, Nanos.minus(wish.deadline(), now));
        if (deadline <= time) {
            verdicts.add(refuse(wish.id(), wish.lane(), "its deadline had passed when it came"));
        } else if (lanes.isEmpty() && hasRoom()) {
            flights.add(wish.id(), time);
            verdicts.add(grant(wish.id()));
        } else if (earliest(wish.lane()) >= deadline) {
            verdicts.add(refuse(wish.id(), wish.lane(), "it cannot go before its deadline"));
        } else if (lanes.isFull(wish.lane())) {
            verdicts.add(refuse(wish.id(), wish.lane(), "as many wait in its lane as may"));
        } else {
            lanes.add(wish, deadline);
        }
        return verdicts;
    }

    /**
     * Takes the end of a call; of a wish that still waits only {@link End.Unused}, which withdraws it. Of an id that is
     * not known it only counts how long the partner wants no more calls.
     */
    public List<Verdict> ended(long id, End end, long now) {
        List<Verdict> verdicts = new ArrayList<>(2);
        // What ends makes room, and who is withdrawn needs no refusal: so this comes before anybody is answered.
        move(now);
        int place = calls.find(id);
        if (place == Calls.NONE) {
            stray(end);
        } else if (Lanes.isWaiting(calls.list(place))) {
            if (end instanceof End.Unused) {
                lanes.take(place);
                calls.remove(place);
            }
        } else if (end instanceof End.Answered answered) {
            answered(place, answered.news());
        } else if (end instanceof End.Lost) {
            flights.lost(place, time);
        } else if (!flights.isLost(place)) {
            calls.remove(place);
        }
        pass(now, verdicts);
        return verdicts;
    }

    /** The permit of a call in flight leaves only now: how long the call may take is counted from here. */
    public void leaves(long id, long now) {
        move(now);
        int place = calls.find(id);
        if (place != Calls.NONE && !Lanes.isWaiting(calls.list(place)) && !flights.isLost(place)) {
            flights.take(place, time);
        }
    }

    private void stray(End end) {
        strays++;
        if (end instanceof End.Answered answered) {
            wishes(answered.news());
        }
    }

    private void answered(int place, News news) {
        long grantedAt = calls.mark(place);
        calls.remove(place);
        for (Kept rule : rules) {
            rule.answered(time);
        }
        if (news.refused()) {
            refused(grantedAt, news);
        } else {
            standstill.taken(grantedAt);
            for (Kept rule : rules) {
                rule.taken(time);
            }
        }
        wishes(news);
        if (news.limit() != null || news.remaining() != null) {
            for (Kept rule : rules) {
                rule.told(news, flights.count(), time);
            }
        }
    }

    /** Calls that were under way when the limit was lowered say nothing about the lower one. */
    private void refused(long grantedAt, News news) {
        tooMany++;
        if (standstill.isNews(grantedAt)) {
            standstill.refused(hasWish(news), time);
            for (Kept rule : rules) {
                rule.refused(time);
            }
        }
    }

    private static boolean hasWish(News news) {
        return !news.stop().isZero() || !usedUp(news).isZero();
    }

    /** For how long no call is left; zero where some are, or that is not told. */
    private static Duration usedUp(News news) {
        Duration reset = news.reset();
        return reset == null || news.remaining() == null || news.remaining() > 0 ? Duration.ZERO : reset;
    }

    private void wishes(News news) {
        standstill.wished(news.stop(), "the partner asked to wait", time);
        standstill.wished(usedUp(news), "the partner says that no call is left", time);
    }

    /** Does what is due by time alone. */
    public List<Verdict> tick(long now) {
        List<Verdict> verdicts = new ArrayList<>();
        pass(now, verdicts);
        return verdicts;
    }

    private void pass(long now, List<Verdict> verdicts) {
        move(now);
        while (lanes.firstDeadline() <= time) {
            int place = lanes.firstTooLate();
            Lane lane = Lanes.lane(calls.list(place));
            long id = calls.id(place);
            lanes.take(place);
            calls.remove(place);
            verdicts.add(refuse(id, lane, "its deadline passed while it waited"));
        }
        while (!lanes.isEmpty() && hasRoom()) {
            int place = lanes.next();
            lanes.take(place);
            flights.take(place, time);
            verdicts.add(grant(calls.id(place)));
        }
    }

    private void move(long now) {
        time = Math.max(time, now - origin);
        while (flights.firstOver() <= time) {
            int place = flights.first();
            for (Kept rule : rules) {
                rule.answered(calls.due(place));
            }
            lost++;
            calls.remove(place);
        }
    }

    private boolean hasRoom() {
        if (time < standstill.until()) {
            return false;
        }
        for (Kept rule : rules) {
            if (!rule.hasRoom(flights.count(), time)) {
                return false;
            }
        }
        return true;
    }

    private long earliest(Lane lane) {
        long earliest = standstill.until();
        int position = lanes.position(lane);
        for (Kept rule : rules) {
            earliest = Math.max(earliest, rule.earliest(position, flights.count(), time));
        }
        return earliest;
    }

    private Verdict grant(long id) {
        granted++;
        return new Verdict.Grant(id);
    }

    private Verdict refuse(long id, Lane lane, String why) {
        refused[Lanes.list(lane)]++;
        String stopped = time < standstill.until() ? "; " + standstill.why() : "";
        return new Verdict.Refuse(id, Nanos.until(earliest(lane), time), spec.name() + ": " + why + stopped);
    }

    /** When {@link #tick} should be called at the latest if nothing else happens; {@link Long#MAX_VALUE} for never. */
    public long nextTick(long now) {
        move(now);
        if (lanes.isEmpty()) {
            return Nanos.NEVER;
        }
        long opens = standstill.until();
        for (Kept rule : rules) {
            opens = Math.max(opens, rule.opens(flights.count(), time));
        }
        long next = Math.min(Math.min(opens, flights.firstOver()), lanes.firstDeadline());
        return origin + next;
    }

    /** What the partner said that still holds. */
    Words words(long now) {
        move(now);
        return Words.of(now, Math.max(0, standstill.until() - time), rules, time);
    }

    /** For the next holder. The pool should grant nothing after this is taken. */
    public Ledger ledger(long now) {
        move(now);
        List<Ledger.Count> counts = new ArrayList<>(rules.length);
        for (Kept rule : rules) {
            counts.add(rule.left(time));
        }
        return new Ledger(counts, flights.left(time), Math.max(0, standstill.until() - time));
    }

    public PoolView view(long now) {
        move(now);
        List<PoolView.Used> used = new ArrayList<>(rules.length);
        for (Kept rule : rules) {
            used.add(rule.view(standstill.lowered(time), flights.count(), time));
        }
        Map<Lane, Integer> waiting = new EnumMap<>(Lane.class);
        Map<Lane, Long> refusals = new EnumMap<>(Lane.class);
        for (Lane lane : Lane.values()) {
            waiting.put(lane, lanes.waiting(lane));
            refusals.put(lane, refused[Lanes.list(lane)]);
        }
        return new PoolView(spec.name(), used, flights.count(), waiting, granted, refusals, tooMany, lost, strays);
    }
}
