package dev.tournant.cluster.schedule;

/** What a webhook or the end of a poll teaches, and how that enters the table. */
final class Learning {
    /** What a poll costs is a mean over about so many of them. */
    private static final double CALLS_SHARE = 0.2;

    private final Table table;
    private final Beliefs beliefs;
    private final Sorts sorts;
    private final Audit audit;

    Learning(Table table, Beliefs beliefs, Sorts sorts, Audit audit) {
        this.table = table;
        this.beliefs = beliefs;
        this.sorts = sorts;
        this.audit = audit;
    }

    void signalled(int id, Sort sort, double eventAt, double now) {
        sort.guard.heard(now);
        if (table.isRead(id)) {
            boolean isFirst = beliefs.signalRate(id) == 0;
            beliefs.signalled(id, sort.pool);
            sort.rhythm.signalled(Math.min(eventAt, now) + table.zoneSeconds(id));
            if (isFirst) {
                weigh(id, sort, now);
            }
        }
    }

    /** Draws conclusions from what was heard since the last look as well. */
    void weigh(int id, Sort sort, double now) {
        double from = table.seenAt(id);
        double heard = now - from - sort.guard.within(from, now);
        beliefs.weigh(id, sort.pool, Math.max(0, heard));
    }

    /** Nothing is known of silent changes from then on, and nothing is learnt of those before. */
    void covered(int id, double asOf, Sort sort) {
        double from = table.seenAt(id);
        if (table.isRead(id)) {
            beliefs.heard(id, asOf - from - sort.guard.within(from, asOf), sort.pool);
        }
        seen(id, asOf);
    }

    void polled(int id, double answerAsOf, boolean changed, double calls, Sort sort) {
        double from = table.seenAt(id);
        double asOf = Math.max(answerAsOf, from);
        if (audit.isOf(id)) {
            audit.found(!changed);
            sort.audit.looks++;
            sort.audit.fresh += changed ? 0 : 1;
        }
        if (table.isRead(id)) {
            looked(id, from, asOf, changed, sort);
            if (changed) {
                table.callsChanged(
                        id, table.callsChanged(id) + (float) (CALLS_SHARE * (calls - table.callsChanged(id))));
            } else {
                float before = table.callsUnchanged(id);
                table.callsUnchanged(id, table.callsUnchanged(id) + (float) (CALLS_SHARE * (calls - before)));
                sorts.cost(sort, (double) table.callsUnchanged(id) - before);
            }
        }
        seen(id, asOf);
    }

    private void looked(int id, double from, double asOf, boolean changed, Sort sort) {
        double zone = table.zoneSeconds(id);
        double seconds = sort.rhythm.elapsed(from + zone, asOf + zone);
        double silence = sort.guard.within(from, asOf);
        beliefs.heard(id, seconds - Math.min(seconds, silence), sort.pool);
        if (silence > 0) {
            return;
        }
        sort.rhythm.heard(from + zone, asOf + zone, beliefs.signalRate(id));
        sort.rhythm.looked(from + zone, asOf + zone, beliefs.silentRate(id), changed && table.signals(id) == 0);
        beliefs.looked(id, seconds, table.signals(id), changed, sort.pool);
    }

    private void seen(int id, double asOf) {
        table.seenAt(id, asOf);
        table.signals(id, table.signalsAfter(id));
        table.signalsAfter(id, 0);
    }
}
