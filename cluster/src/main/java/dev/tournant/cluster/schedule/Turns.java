package dev.tournant.cluster.schedule;

/** Whose turn it is. */
final class Turns {
    private final Parts parts;
    private final Table table;
    private final Agenda agenda;

    Turns(Parts parts) {
        this.parts = parts;
        this.table = parts.table();
        this.agenda = parts.agenda();
    }

    int next(double now) {
        parts.placing().wake(now);
        if (agenda.ready.firstKey() <= -Placing.WANTED) {
            return agenda.ready.first();
        }
        if (agenda.newcomers.mayGo()) {
            return agenda.newcomers.first();
        }
        int failing = agenda.failing.first(agenda.newcomers.areWelcome());
        if (failing != PollSchedule.NONE && agenda.failing.mayGo()) {
            return failing;
        }
        if (!agenda.aged.isEmpty() && agenda.agedShare.has()) {
            return agenda.aged.first();
        }
        Audit audit = parts.audit();
        int drawn =
                audit.isDue() ? audit.draw(table.top(), id -> parts.placing().canBePolled(id, now)) : PollSchedule.NONE;
        if (drawn != PollSchedule.NONE) {
            return drawn;
        }
        if (!agenda.ready.isEmpty()) {
            return agenda.ready.first();
        }
        if (agenda.newcomers.mayGoUnwanted()) {
            return agenda.newcomers.first();
        }
        // Nothing is worth its price: the one that will be first, as calls that are not made are lost.
        int early = parts.placing().early(now);
        if (early != PollSchedule.NONE) {
            return early;
        }
        parts.price().idle();
        return failing;
    }

    double nextAt(double now) {
        return next(now) == PollSchedule.NONE
                ? Math.min(agenda.later.firstKey(), parts.placing().earlyAt())
                : now;
    }

    void started(int id, double now) {
        if (!table.isLive(id) || table.place(id) == Table.UNDER_WAY) {
            return;
        }
        shared(id);
        agenda.take(id);
        table.place(id, Table.UNDER_WAY);
        table.at(id, now);
        parts.audit().started(id);
        Price price = parts.price();
        price.made(table.callsUnchanged(id), table.live(), now);
        price.polled(agenda.ready.size(), agenda.aged.size(), table.live());
        parts.placing().mend(now);
        parts.sorts().watch(now);
    }

    /** To whose share of the calls this one counts. */
    private void shared(int id) {
        boolean isFailing = table.failures(id) > 0;
        boolean isNewcomer = !isFailing && !table.isRead(id);
        agenda.newcomers.polled(isNewcomer);
        agenda.failing.polled(id, isFailing);
        if (!isFailing && !isNewcomer) {
            agenda.agedShare.polled(!agenda.aged.isEmpty() && agenda.aged.first() == id);
        }
    }
}
