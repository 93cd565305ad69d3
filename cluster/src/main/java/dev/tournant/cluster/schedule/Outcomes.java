package dev.tournant.cluster.schedule;

/** What webhooks and the ends of polls do to a resource: what is learnt goes to {@link Learning}, the rest is where it waits. */
final class Outcomes {
    private final Parts parts;
    private final Table table;
    private final Agenda agenda;
    private final Learning learning;
    private final Failures failures;

    Outcomes(Parts parts) {
        this.parts = parts;
        this.table = parts.table();
        this.agenda = parts.agenda();
        this.learning = parts.learning();
        this.failures = new Failures(parts.settings(), table);
    }

    void signal(int id, double eventAt, double now) {
        if (!table.isLive(id)) {
            return;
        }
        learning.signalled(id, parts.sort(id), eventAt, now);
        if (!table.isRead(id) || eventAt <= table.seenAt(id)) {
            return;
        }
        if (table.place(id) == Table.UNDER_WAY && eventAt > table.at(id)) {
            table.signalsAfter(id, table.signalsAfter(id) + 1);
            return;
        }
        table.signals(id, table.signals(id) + 1);
        parts.placing().signalled(id, now);
    }

    void covered(int id, double asOf, double now) {
        if (!table.isLive(id) || asOf <= table.seenAt(id)) {
            return;
        }
        Sort sort = parts.sort(id);
        sort.guard.heard(now);
        learning.covered(id, asOf, sort);
        if (table.place(id) != Table.UNDER_WAY && table.phase(id) != Phase.HELD) {
            failures.none(id);
            parts.settle(id, now);
        }
    }

    void refresh(int id, double now) {
        if (!table.isLive(id) || table.phase(id) == Phase.HELD) {
            return;
        }
        boolean isUnderWay = table.place(id) == Table.UNDER_WAY;
        if (!isUnderWay) {
            agenda.ready(id, Placing.WANTED);
        }
        if (!isUnderWay || table.isRead(id)) {
            parts.wanted().ask(id, now);
        }
    }

    void polled(int id, double asOf, boolean changed, double calls, double now) {
        if (!table.isLive(id)) {
            return;
        }
        if (table.isRead(id)) {
            parts.price().took(calls, table.callsUnchanged(id), table.live());
        }
        learning.polled(id, Math.min(asOf, now), changed, calls, parts.sort(id));
        parts.wanted().read(id, table.at(id), asOf);
        agenda.take(id);
        agenda.failing.answered(id);
        if (table.phase(id) != Phase.HELD) {
            failures.none(id);
        }
        parts.settle(id, now);
    }

    void failed(int id, double retryAt, double now) {
        if (!table.isLive(id)) {
            return;
        }
        unpolled(id);
        if (table.phase(id) != Phase.HELD) {
            agenda.later(id, failures.one(id, retryAt, now));
        }
    }

    void deferred(int id, double until, double now) {
        if (!table.isLive(id)) {
            return;
        }
        unpolled(id);
        if (table.phase(id) != Phase.HELD) {
            failures.none(id);
            table.at(id, Math.max(until, now + parts.settings().retryFirstSeconds()));
            agenda.later(id, table.at(id));
        }
    }

    private void unpolled(int id) {
        parts.audit().forget(id);
        table.signals(id, table.signals(id) + table.signalsAfter(id));
        table.signalsAfter(id, 0);
        agenda.take(id);
        agenda.failing.ended(id);
    }

    void hold(int id) {
        if (table.isLive(id)) {
            parts.audit().forget(id);
            table.phase(id, Phase.HELD);
            if (table.place(id) != Table.UNDER_WAY) {
                agenda.take(id);
            }
        }
    }

    void tryAgain(int id, double now) {
        if (table.isLive(id) && table.phase(id) == Phase.HELD) {
            failures.doubted(id, now);
            if (table.place(id) != Table.UNDER_WAY) {
                table.at(id, now);
                parts.settle(id, now);
            }
        }
    }

    void release(int id, double now) {
        Phase phase = table.isLive(id) ? table.phase(id) : Phase.WATCHED;
        if (phase == Phase.WATCHED || phase == Phase.NEWCOMER) {
            return;
        }
        double began = table.at(id);
        failures.none(id);
        if (table.place(id) == Table.UNDER_WAY) {
            table.at(id, began);
        } else {
            parts.settle(id, now);
        }
    }
}
