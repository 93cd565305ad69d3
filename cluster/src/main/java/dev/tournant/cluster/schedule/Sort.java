package dev.tournant.cluster.schedule;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.function.UnaryOperator;

/** All that is kept of one class. */
final class Sort {
    final ResourceClass of;
    final Pooling pool = new Pooling();
    final Rhythm rhythm = new Rhythm();
    final OutageGuard guard = new OutageGuard();
    final ErrorBudget budget = new ErrorBudget();
    final Tally audit = new Tally();
    int resources;

    Sort(ResourceClass of) {
        this.of = of;
    }

    void earlier(double seconds) {
        guard.earlier(seconds);
        budget.since -= seconds;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeUTF(of.partner());
        out.writeUTF(of.kind());
        out.writeBoolean(of.subscribed());
        out.writeDouble(of.minIntervalSeconds());
        out.writeDouble(of.maxAgeSeconds());
        out.writeDouble(of.objective());
        pool.write(out);
        rhythm.write(out);
        guard.write(out);
        out.writeDouble(budget.stale);
        out.writeDouble(budget.allowed);
        out.writeDouble(budget.since);
        out.writeLong(audit.looks);
        out.writeLong(audit.fresh);
    }

    /** @param today what its class is now */
    static Sort read(DataInputStream in, UnaryOperator<ResourceClass> today) throws IOException {
        ResourceClass before = new ResourceClass(
                in.readUTF(), in.readUTF(), in.readBoolean(), in.readDouble(), in.readDouble(), in.readDouble());
        Sort sort = new Sort(today.apply(before));
        sort.pool.read(in);
        sort.rhythm.read(in);
        sort.guard.read(in);
        sort.budget.stale = in.readDouble();
        sort.budget.allowed = in.readDouble();
        sort.budget.since = in.readDouble();
        sort.audit.looks = in.readLong();
        sort.audit.fresh = in.readLong();
        return sort;
    }

    /** Looks drawn by lot. */
    static final class Tally {
        long looks;
        long fresh;
    }

    /**
     * Staleness, as believed, summed over time and resources, and how much the objective allows: over about the last {@link
     * #WINDOW_SECONDS}, as a year that was good would allow weeks without any, and one bad week would count for ever.
     */
    static final class ErrorBudget {
        static final double WINDOW_SECONDS = 30 * 86_400.0;

        double stale;
        double allowed;
        double since = Double.NaN;

        void spent(double staleShare, double allowedShare, double now) {
            if (!Double.isNaN(since) && now > since) {
                double keep = Math.exp(-(now - since) / WINDOW_SECONDS);
                stale = stale * keep + staleShare * WINDOW_SECONDS * (1 - keep);
                allowed = allowed * keep + allowedShare * WINDOW_SECONDS * (1 - keep);
            }
            since = now;
        }

        double left() {
            return allowed > 0 ? 1 - stale / allowed : 1;
        }
    }
}
