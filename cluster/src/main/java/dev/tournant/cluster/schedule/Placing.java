package dev.tournant.cluster.schedule;

/** Puts each resource where it belongs by what a poll of it is worth, and keeps it there. */
final class Placing {
    /** Above what any poll is worth by itself, which is cut off below it: what is to be read for reasons of our own. */
    static final double EXPECTED = 1e12;

    /** Above that: what an operator wants. */
    static final double WANTED = 1e18;

    /** Due entries that one call looks at, at most: more wait for the next one. */
    private static final int LOOKS_MAX = 64;

    /** A calendar entry this near to its right place, by value, is left where it is. */
    private static final double NEAR = 0.05;

    private final Table table;
    private final Beliefs beliefs;
    private final Sorts sorts;
    private final Price price;
    private final Agenda agenda;
    private final Wanted wanted;
    private final Learning learning;
    private final Valuation valuation;
    private final double agedShare;
    private int mended;
    private double earlyAt = Double.POSITIVE_INFINITY;

    Placing(
            Table table,
            Beliefs beliefs,
            Sorts sorts,
            Price price,
            Agenda agenda,
            Wanted wanted,
            Learning learning,
            Valuation valuation,
            double agedShare) {
        this.table = table;
        this.beliefs = beliefs;
        this.sorts = sorts;
        this.price = price;
        this.agenda = agenda;
        this.wanted = wanted;
        this.learning = learning;
        this.valuation = valuation;
        this.agedShare = agedShare;
    }

    /** Where a resource belongs of which no poll is under way. */
    void seat(int id, double now) {
        if (table.failures(id) > 0) {
            again(id, now);
        } else if (wanted.has(id)) {
            wanted(id, now);
        } else if (table.isRead(id)) {
            key(id, now);
        } else {
            agenda.queue(id);
        }
    }

    /** It is the next one as soon as it may be asked for; an interval that is set for it does not count. */
    private void wanted(int id, double now) {
        if (table.at(id) <= now) {
            agenda.ready(id, WANTED);
        } else {
            agenda.later(id, table.at(id));
        }
    }

    /** What fails grows older and more valuable whatever is done: it competes with none of the others by either. */
    private void again(int id, double now) {
        double allowed = notBefore(id);
        if (allowed <= now) {
            agenda.failed(id, allowed);
        } else {
            agenda.later(id, allowed);
        }
    }

    /** The same for one that was read, and did not fail since. */
    void key(int id, double now) {
        double allowed = notBefore(id);
        double aged = agedAt(id);
        double threshold = price.threshold(table.live());
        double worth = value(id, now).worth();
        if (allowed <= now && (worth >= threshold || now >= aged)) {
            ready(id, worth);
            if (now >= aged) {
                agenda.aged(id, table.seenAt(id) + sort(id).of.maxAgeSeconds());
            } else {
                agenda.young(id);
            }
            return;
        }
        double due = Math.min(aged, worth >= threshold ? now : valuation.due(threshold));
        if (due <= allowed) {
            agenda.later(id, allowed);
        } else {
            agenda.calendar(id, due);
        }
    }

    private Valuation value(int id, double now) {
        return valuation.of(id, sort(id), now);
    }

    private Sort sort(int id) {
        return sorts.get(table.sort(id));
    }

    /** A signal came since it was last looked at. */
    void signalled(int id, double now) {
        if (table.place(id) == Table.CALENDAR) {
            // At the earliest: whether it is worth its poll then is looked at then.
            double sooner = beliefs.exposure(id) / beliefs.silentRate(id);
            agenda.calendar(id, Math.max(now, agenda.calendar.key(id) - sooner));
        } else if (table.place(id) == Table.READY && agenda.ready.key(id) > -EXPECTED) {
            ready(id, value(id, now).worth());
        }
    }

    /** Lag grows with the square of time: what changes every second and was not seen for months would be worth more than an order. */
    private void ready(int id, double worth) {
        agenda.ready(id, Math.min(worth, Math.nextDown(EXPECTED)));
    }

    /** It is to be read soon, whatever that is worth. */
    void expected(int id) {
        byte place = table.place(id);
        if (place == Table.CALENDAR || (place == Table.READY && agenda.ready.key(id) > -EXPECTED)) {
            agenda.ready(id, EXPECTED);
        }
    }

    /** What it is worth, or believed to be, has changed. */
    void rekey(int id, double now) {
        byte place = table.place(id);
        // What is expected or wanted stays so until it is polled.
        if (place == Table.CALENDAR || (place == Table.READY && agenda.ready.key(id) > -EXPECTED)) {
            key(id, now);
        }
    }

    /** Puts one resource in its right place, each in turn. */
    void mend(double now) {
        mended = mended + 1 < table.top() ? mended + 1 : 0;
        if (!table.isLive(mended)) {
            return;
        }
        byte place = table.place(mended);
        if (place == Table.CALENDAR || place == Table.READY) {
            learning.weigh(mended, sort(mended), now);
            if (place == Table.READY || !isNear(mended, now)) {
                rekey(mended, now);
            }
        }
    }

    private boolean isNear(int id, double now) {
        double key = agenda.calendar.key(id);
        if (key <= now || key >= agedAt(id)) {
            return false;
        }
        double then = value(id, now).worthAt(key) / price.threshold(table.live());
        return Math.abs(then - 1) < NEAR;
    }

    /** What is due, or may be asked for again, takes its new place. */
    void wake(double now) {
        for (int i = 0; i < LOOKS_MAX && agenda.later.firstKey() <= now; i++) {
            seat(agenda.later.first(), now);
        }
        for (int i = 0; i < LOOKS_MAX && agenda.calendar.firstKey() <= now; i++) {
            key(agenda.calendar.first(), now);
        }
    }

    /** The one that will be worth its poll first of those that may be polled, or {@link PollSchedule#NONE}. */
    int early(double now) {
        earlyAt = Double.POSITIVE_INFINITY;
        while (!agenda.calendar.isEmpty()) {
            int id = agenda.calendar.first();
            if (notBefore(id) > now) {
                agenda.later(id, notBefore(id));
            } else if (value(id, now).worth() >= price.least) {
                return id;
            } else {
                earlyAt = Math.min(agenda.calendar.key(id), valuation.due(price.least));
                return PollSchedule.NONE;
            }
        }
        return PollSchedule.NONE;
    }

    /** When there will be one, after there was none; infinite if never. */
    double earlyAt() {
        return earlyAt;
    }

    /** Whether it waits for nothing but its turn. */
    boolean canBePolled(int id, double now) {
        return table.isLive(id)
                && (table.place(id) == Table.CALENDAR || table.place(id) == Table.READY)
                && notBefore(id) <= now;
    }

    private double notBefore(int id) {
        return Math.max(table.at(id), table.seenAt(id) + sort(id).of.minIntervalSeconds());
    }

    /**
     * When its age makes it urgent: ahead of the maximum by the time in which all that have one can be polled, as that may go by
     * until its key is mended, and by the time that this takes with the share of the calls that is for them, until its turn comes.
     */
    private double agedAt(int id) {
        double most = sort(id).of.maxAgeSeconds();
        if (most == Double.POSITIVE_INFINITY) {
            return most;
        }
        return table.seenAt(id)
                + most
                - Math.min(most / 2, (1 + 1 / agedShare) * sorts.agingCalls() / price.callsPerSecond);
    }
}
