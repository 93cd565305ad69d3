package dev.tournant.cluster.schedule;

/**
 * How a resource, or several alike, behaves.
 *
 * @param silent changes a second that no webhook tells of
 * @param signals webhooks a second
 * @param precision the share of webhooks that tell of a change
 * @param weight of its freshness
 * @param callsUnchanged calls of a poll that finds nothing changed
 * @param callsChanged calls of one that does
 */
public record Rates(
        double silent, double signals, double precision, double weight, double callsUnchanged, double callsChanged) {
    /** Changes a second. */
    public double changes() {
        return silent + precision * signals;
    }

    /** The same resource, changing so many times as often: its webhooks that tell of nothing come as often as before. */
    public Rates times(double factor) {
        double told = precision * signals * factor;
        double all = told + (1 - precision) * signals;
        return new Rates(silent * factor, all, all == 0 ? 0 : told / all, weight, callsUnchanged, callsChanged);
    }

    /** The same resource without webhooks. */
    public Rates deaf() {
        return new Rates(changes(), 0, 0, weight, callsUnchanged, callsChanged);
    }

    /** From how often it changes, the share of changes that are told of, and the share of webhooks that are true. */
    public static Rates of(double changes, double recall, double precision) {
        double signals = recall <= 0 ? 0 : recall * changes / precision;
        return new Rates(Math.max(1e-12, (1 - recall) * changes), signals, recall <= 0 ? 0 : precision, 1, 1, 1);
    }
}
