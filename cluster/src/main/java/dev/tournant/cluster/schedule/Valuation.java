package dev.tournant.cluster.schedule;

/** From what is believed of a resource to what a poll of it is worth, now or later. */
final class Valuation {
    private final Table table;
    private final Beliefs beliefs;
    private final PollValue value;

    double exposure;
    double unseen;
    private Sort sort = new Sort(new ResourceClass("", "", false, 0, Double.POSITIVE_INFINITY, 0));
    private double now;
    private double zone;

    Valuation(Table table, Beliefs beliefs, double lagWeight) {
        this.table = table;
        this.beliefs = beliefs;
        this.value = new PollValue(lagWeight);
    }

    /** Looks at a resource as it stands now. */
    Valuation of(int id, Sort sort, double now) {
        this.sort = sort;
        this.now = now;
        this.zone = table.zoneSeconds(id);
        stands(id);
        if (sort.guard.isOn()) {
            value.of(beliefs.changes(id), 0, 0, 0, table.weight(id));
        } else {
            value.of(
                    beliefs.silentRate(id),
                    beliefs.signalRate(id),
                    beliefs.precision(id),
                    beliefs.exposure(id),
                    table.weight(id));
        }
        value.costing(table.callsUnchanged(id), table.callsChanged(id)).from(exposure, unseen);
        return this;
    }

    private void stands(int id) {
        double seenAt = table.seenAt(id);
        double silent = beliefs.silentRate(id);
        double waited = Math.max(0, sort.rhythm.elapsed(seenAt + zone, now + zone));
        double unheard = sort.guard.within(seenAt, now) * (beliefs.changes(id) - silent);
        int signals = table.signals(id) + table.signalsAfter(id);
        exposure = silent * waited + unheard;
        unseen = exposure;
        if (signals > 0) {
            exposure += beliefs.exposure(id) * signals;
            unseen += beliefs.precision(id) * signals;
        }
    }

    /** Seconds of freshness a call. */
    double worth() {
        return value.after(0);
    }

    /** The same at a later time, if nothing is heard until then. */
    double worthAt(double time) {
        return value.after(sort.rhythm.elapsed(now + zone, time + zone));
    }

    /** The time from which it is worth a price; infinite if it never is. */
    double due(double price) {
        return sort.rhythm.after(now + zone, value.until(price)) - zone;
    }
}
