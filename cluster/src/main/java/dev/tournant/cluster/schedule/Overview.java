package dev.tournant.cluster.schedule;

import java.util.ArrayList;
import java.util.List;

/** How a pool stands, by looking at each of its resources, and a sample of what they are believed to be. */
final class Overview {
    private static final int SAMPLE = 1000;

    /** What-if follows each through its cycles again and again, while polls wait: a second at most, where calls are scarce. */
    private static final int SUPPOSED = 300;

    private final Table table;
    private final Beliefs beliefs;
    private final Valuation valuation;
    private final Sorts sorts;

    Overview(Table table, Beliefs beliefs, Valuation valuation, Sorts sorts) {
        this.table = table;
        this.beliefs = beliefs;
        this.valuation = valuation;
        this.sorts = sorts;
    }

    /** Sums over a class, in one pass. */
    private static final class Sums {
        final AgeTally ages = new AgeTally();
        int newcomers;
        int failing;
        int parked;
        int held;
        int starved;
        double fresh;
        double changes;
        double signals;
        double told;
    }

    PoolFreshness pool(Agenda agenda, Price price, Audit audit, double now) {
        Standing standing = standing(now);
        List<Rates> sample = sample(SAMPLE).stream().map(this::rates).toList();
        double share = sample.size() / (double) Math.max(1, counted());
        Bound bound = Bound.freshness(sample, price.allCallsPerSecond() * share);
        return new PoolFreshness(
                table.live(),
                price.allCallsPerSecond(),
                standing.fresh(),
                bound.fresh(),
                standing.freshOfPolled() / bound.fresh(),
                bound.price(),
                price.threshold(table.live()),
                agenda.ready.size(),
                audit.looks,
                audit.recent(),
                audit.recentError(),
                standing.classes());
    }

    Forecast suppose(Supposition supposition, ScheduleSettings settings) {
        List<Suppositions.Sample> sample = new ArrayList<>();
        for (int id : sample(SUPPOSED)) {
            Rates rates = supposition.webhooks() ? rates(id) : rates(id).deaf();
            sample.add(new Suppositions.Sample(rates, sorts.get(table.sort(id)).of));
        }
        double resources = Math.max(1, counted()) * supposition.resourcesFactor();
        return new Suppositions(settings.lagWeight(), settings.shares().aged(), settings.worthSeconds())
                .of(sample, supposition.callsPerSecond() * sample.size() / resources);
    }

    /** Believed shares of fresh resources by weight, of all that were read and of those that can be polled; classes. */
    private record Standing(double fresh, double freshOfPolled, List<ClassFreshness> classes) {}

    /** A share by weight. */
    private static final class Weighed {
        private double part;
        private double all;

        void add(double weight, double share) {
            part += weight * share;
            all += weight;
        }

        double share() {
            return all > 0 ? part / all : 1;
        }
    }

    private Standing standing(double now) {
        Sums[] sums = new Sums[sorts.size()];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = new Sums();
        }
        Weighed fresh = new Weighed();
        Weighed freshOfPolled = new Weighed();
        for (int id = 0; id < table.top(); id++) {
            if (table.isLive(id)) {
                double share = add(id, sums[table.sort(id)], now);
                if (table.isRead(id)) {
                    fresh.add(table.weight(id), share);
                }
                if (isCounted(id)) {
                    freshOfPolled.add(table.weight(id), share);
                }
            }
        }
        List<ClassFreshness> classes = new ArrayList<>();
        for (int i = 0; i < sums.length; i++) {
            if (sorts.get(i).resources > 0) {
                classes.add(freshness(sorts.get(i), sums[i], now));
            }
        }
        return new Standing(fresh.share(), freshOfPolled.share(), classes);
    }

    /** Adds a resource to its class; returns the probability that it is fresh. */
    private double add(int id, Sums sums, double now) {
        Phase phase = table.phase(id);
        sums.failing += phase == Phase.WATCHED || phase == Phase.NEWCOMER ? 0 : 1;
        sums.parked += phase == Phase.PARKED ? 1 : 0;
        sums.held += phase == Phase.HELD ? 1 : 0;
        if (!table.isRead(id)) {
            sums.newcomers++;
            return 0;
        }
        Sort sort = sorts.get(table.sort(id));
        double fresh = Math.exp(-valuation.of(id, sort, now).exposure);
        double age = Math.max(0, now - table.seenAt(id));
        sums.ages.add(age);
        sums.starved += age > sort.of.maxAgeSeconds() ? 1 : 0;
        sums.fresh += fresh;
        sums.changes += beliefs.changes(id);
        sums.signals += beliefs.signalRate(id);
        sums.told += beliefs.signalRate(id) * beliefs.precision(id);
        return fresh;
    }

    private static ClassFreshness freshness(Sort sort, Sums sums, double now) {
        int read = sums.ages.count();
        double fresh = read > 0 ? sums.fresh / read : 1;
        sort.budget.spent(1 - fresh, 1 - sort.of.objective(), now);
        return new ClassFreshness(
                sort.of,
                sort.resources,
                sums.newcomers,
                sums.failing,
                sums.parked,
                sums.held,
                fresh,
                sums.ages.percentile(0.5),
                sums.ages.percentile(0.9),
                sums.ages.percentile(0.99),
                sums.ages.most(),
                sums.starved,
                sort.audit.looks,
                sort.audit.fresh / (double) sort.audit.looks,
                sort.budget.left(),
                sums.changes,
                sums.changes > 0 ? sums.told / sums.changes : 0,
                sums.signals > 0 ? sums.told / sums.signals : 0,
                sort.guard.isOn());
    }

    /** Whether a poll of it would help now. */
    private boolean isCounted(int id) {
        Phase phase = table.phase(id);
        return table.isRead(id) && phase != Phase.PARKED && phase != Phase.HELD;
    }

    /** At most so many of the resources, evenly drawn from all that can be polled. */
    private List<Integer> sample(int most) {
        List<Integer> sample = new ArrayList<>();
        int counted = counted();
        double step = Math.max(1, counted / (double) most);
        double next = 0;
        int seen = 0;
        for (int id = 0; id < table.top(); id++) {
            if (table.isLive(id) && isCounted(id)) {
                if (seen++ >= next) {
                    next += step;
                    sample.add(id);
                }
            }
        }
        return sample;
    }

    private int counted() {
        int counted = 0;
        for (int id = 0; id < table.top(); id++) {
            counted += table.isLive(id) && isCounted(id) ? 1 : 0;
        }
        return counted;
    }

    private Rates rates(int id) {
        Rates rates = new Rates(
                beliefs.silentRate(id),
                beliefs.signalRate(id),
                beliefs.precision(id),
                table.weight(id),
                table.callsUnchanged(id),
                Math.max(table.callsUnchanged(id), table.callsChanged(id)));
        return sorts.get(table.sort(id)).guard.isOn() ? rates.deaf() : rates;
    }

    Belief belief(int id, double dueAt, double now) {
        boolean isRead = table.isRead(id);
        Valuation at = valuation.of(id, sorts.get(table.sort(id)), now);
        double changes = beliefs.changes(id);
        return new Belief(
                table.phase(id),
                table.place(id) == Table.UNDER_WAY,
                changes,
                beliefs.signalRate(id) * beliefs.precision(id) / changes,
                beliefs.precision(id),
                beliefs.works(id),
                isRead ? Math.exp(-at.exposure) : 0,
                isRead ? at.unseen : Double.POSITIVE_INFINITY,
                table.signals(id) + table.signalsAfter(id),
                table.seenAt(id),
                dueAt,
                table.failures(id));
    }
}
