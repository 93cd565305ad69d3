package dev.tournant.deploy.bench.polls;

import dev.tournant.cluster.schedule.Rates;
import dev.tournant.cluster.schedule.ScheduleSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/** {@code deploy/bench/run polls}: the schedule against simulated partners with known truth, and what each scenario must reach. */
public final class Polls {
    private static final double NEVER = Double.POSITIVE_INFINITY;
    private static final double LITTLE_LAG = 0.01;
    private static final double MUCH_LAG = 0.1;
    /** So much more often a restaurant changes while it is open than on average. */
    private static final double OPEN = 1.9;

    private final Verdicts verdicts = new Verdicts();
    private final int seeds;

    private Polls(int seeds) {
        this.seeds = seeds;
    }

    /** Whether all bars are reached. */
    public static boolean run(int seeds) {
        Polls polls = new Polls(seeds);
        System.out.println("freshness as a share of what no schedule can exceed, on the same events for all;"
                + " windows end at the given number of mean change intervals");
        polls.base();
        polls.smallPool();
        polls.scarce();
        polls.noWebhooks();
        polls.unknownRecall();
        polls.lag();
        polls.maxAge();
        polls.budgetSteps();
        polls.outage();
        polls.drift();
        polls.days();
        polls.others();
        return polls.verdicts.print();
    }

    private void base() {
        Trial trial = Trial.lognormal(1000, seeds, 0.9, 0.8);
        Trial.Outcome learnt = beside("one poll a change, recall .9, precision .8", trial, LITTLE_LAG);
        verdicts.atLeast("N=1000, from the 5th poll a resource", trial.ratio(learnt, 1, 3), 0.97);
        verdicts.atLeast("N=1000, after 20 polls a resource", trial.ratio(learnt, 3, 6), 0.985);
        verdicts.atMost("the same, stale beside what cannot be helped, worst window", stale(learnt, 3, 6), 1.25);
    }

    /** How much is stale beside the least that any schedule leaves so, in the worst of some windows: 1 is the best possible. */
    private static double stale(Trial.Outcome outcome, int from, int to) {
        double worst = 0;
        for (int w = from; w < to; w++) {
            worst = Math.max(worst, (1 - outcome.fresh[w]) / (1 - outcome.bound[w]));
        }
        return worst;
    }

    private void smallPool() {
        Trial trial = Trial.lognormal(20, 20 * seeds, 0.9, 0.8);
        Trial.Outcome learnt = beside("the same with 20 resources", trial, LITTLE_LAG);
        verdicts.atLeast("N=20", trial.ratio(learnt, 3, 6), 0.97);
    }

    private void scarce() {
        Trial trial = Trial.lognormal(1000, seeds, 0.9, 0.9).budget(t -> 0.2).windows(25, 50, 100, 200, 400);
        Trial.Outcome learnt = beside("one poll in five changes, recall .9, precision .9", trial, LITTLE_LAG);
        verdicts.atLeast("rate .2, after 20 polls a resource", trial.ratio(learnt, 3, 5), 0.94);
    }

    private void noWebhooks() {
        Trial trial = Trial.lognormal(1000, 2 * seeds, 0, 1);
        Trial.Outcome learnt = beside("no webhooks", trial, LITTLE_LAG);
        Trial.Outcome inTurn = trial.run(i -> Baselines.roundRobin(trial.size));
        double worst = NEVER;
        for (int w = 0; w < trial.count(); w++) {
            worst = Math.min(worst, learnt.fresh[w] / inTurn.fresh[w]);
        }
        verdicts.atLeast("no webhooks, after 20 polls a resource", trial.ratio(learnt, 3, 6), 0.98);
        verdicts.atLeast("no webhooks, worst window beside round-robin", worst, 1);
    }

    /** The protocol of the paper: rates uniform, recall Beta(.25, .25), false webhooks uniform, 100 polls an interval. */
    private void unknownRecall() {
        Trial trial =
                new Trial(500, seeds, Polls::unevenRecall).budget(t -> 0.2).windows(25, 50, 100, 200, 400);
        Trial.Outcome learnt = beside("recall near 0 or near 1, unknown; one poll in 2.5 changes", trial, LITTLE_LAG);
        Trial.Outcome deaf = trial.run(i -> learnt(trial, LITTLE_LAG, NEVER, NEVER, true));
        print("ignoring webhooks", trial, deaf);
        verdicts.atLeast(
                "unknown recall, beside ignoring webhooks", trial.ratio(learnt, 3, 5) / trial.ratio(deaf, 3, 5), 1);
    }

    private static List<Rates> unevenRecall(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Rates> rates = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            double changes = Math.max(1e-3, random.nextDouble()) / Trial.UNIT;
            double recall = beta(random);
            double noise = (0.1 + 0.5 * random.nextDouble()) / Trial.UNIT;
            double signals = recall * changes + noise;
            rates.add(new Rates(Math.max(1e-12, (1 - recall) * changes), signals, recall * changes / signals, 1, 1, 1));
        }
        return rates;
    }

    /** Beta(1/4, 1/4), after Joehnk. */
    private static double beta(SplittableRandom random) {
        while (true) {
            double x = Math.pow(random.nextDouble(), 4);
            double y = Math.pow(random.nextDouble(), 4);
            if (x + y > 0 && x + y <= 1) {
                return x / (x + y);
            }
        }
    }

    private void lag() {
        Trial trial = Trial.lognormal(1000, seeds, 0.9, 0.8);
        Trial.Outcome learnt = beside("one poll a change, lag weight .1", trial, MUCH_LAG);
        verdicts.atMost("mean lag beside its bound, lag weight .1", learnt.lagRatio(trial.count() - 1), 1.5);
    }

    private void maxAge() {
        Trial trial = Trial.lognormal(1000, seeds, 0.9, 0.8);
        Trial.Outcome learnt = trial.run(i -> learnt(trial, LITTLE_LAG, NEVER, 10 * Trial.UNIT, false));
        print("maximum age 10", trial, learnt);
        verdicts.atMost("oldest, maximum age 10 intervals", learnt.oldest, 10);
        // As short as is promised: the share of calls for them polls all once in half of it.
        double least = 1.05 * 2 / Learnt.SHARES.aged();
        Trial.Outcome tight = trial.run(i -> learnt(trial, LITTLE_LAG, NEVER, least * Trial.UNIT, false));
        print(String.format(Locale.ROOT, "maximum age %.1f", least), trial, tight);
        verdicts.atMost("oldest, beside the least maximum age that is promised", tight.oldest / least, 1);
    }

    private void budgetSteps() {
        Trial up = Trial.lognormal(1000, seeds, 0.9, 0.8)
                .budget(t -> t < 20 ? 1 : 10)
                .windows(20, 20.5, 21, 22);
        verdicts.atLeast(
                "budget x 10, 10 to 20 polls a resource later",
                beside("budget times 10 at 20", up, LITTLE_LAG).ratio(3),
                0.98);
        Trial down = Trial.lognormal(1000, seeds, 0.9, 0.8)
                .budget(t -> t < 4 ? 10 : 1)
                .windows(4, 9, 14, 24);
        verdicts.atLeast(
                "budget x 0.1, 10 to 20 polls a resource later",
                beside("budget times 0.1 at 4", down, LITTLE_LAG).ratio(3),
                0.98);
    }

    private void outage() {
        Trial trial =
                Trial.lognormal(1000, seeds, 0.9, 0.8).outage(40, 80).windows(20, 40, 45, 50, 60, 80, 85, 90, 100);
        Trial.Outcome learnt = beside("webhooks break down from 40 to 80", trial, LITTLE_LAG);
        verdicts.atLeast("outage, 10 to 20 polls a resource later", learnt.ratio(4), 0.98);
        verdicts.atLeast("webhooks back, 10 to 20 polls a resource later", learnt.ratio(8), 0.98);
    }

    private void drift() {
        Trial trial = Trial.lognormal(1000, seeds, 0.9, 0.8)
                .nature(World.Nature.PLAIN.drifting(10 * Trial.UNIT, 0.1))
                .windows(20, 40, 60, 80, 100, 120);
        Trial.Outcome fast = trial.run(i -> learnt(trial, LITTLE_LAG, 30 * Trial.UNIT, NEVER, false));
        beside("a tenth of the rates drawn anew every 10", trial, LITTLE_LAG);
        print("forgetting, half-life 30", trial, fast);
        verdicts.atLeast("drift, forgetting", trial.ratio(fast, 1, 6), 0.97);
    }

    /** Restaurants that are open half of the day, one half of them when the others sleep: day by day the hours are learnt. */
    private void days() {
        double day = 86_400;
        IntUnaryOperator zone = id -> id % 2 * 43_200;
        Trial trial = Trial.lognormal(100, seeds, 0.5, 0.8)
                .nature(World.Nature.PLAIN.tidal(
                        (id, t) -> (t + zone.applyAsInt(id)) % day < day / 2 ? OPEN : 2 - OPEN, OPEN))
                .budget(t -> 0.5)
                .windows(720, 1440, 2160, 2880, 3600, 4320);
        Trial.Outcome learnt = beside("open by day, closed by night, in two zones; windows of half a day", trial, i -> {
            ScheduleSettings settings = Learnt.settings(LITTLE_LAG, trial.callsPerSecond(0), NEVER);
            return new Learnt(trial.size, settings, NEVER, false, zone);
        });
        Trial.Outcome timeless = trial.run(i -> learnt(trial, LITTLE_LAG, NEVER, NEVER, false));
        print("not told the zones", trial, timeless);
        verdicts.atLeast("open by day, the third day", trial.ratio(learnt, 4, 6), 0.96);
        verdicts.atLeast(
                "the third day, beside not telling the zones",
                trial.ratio(learnt, 4, 6) / trial.ratio(timeless, 4, 6),
                1.01);
    }

    private void others() {
        beside(
                "webhooks late by a tenth of an interval (the bound is that of none late)",
                Trial.lognormal(1000, seeds, 0.9, 0.8).nature(World.Nature.PLAIN.late(0.1 * Trial.UNIT)),
                LITTLE_LAG);
    }

    private static Policy learnt(Trial trial, double lagWeight, double halfLife, double maxAge, boolean deaf) {
        return new Learnt(trial.size, Learnt.settings(lagWeight, trial.callsPerSecond(0), halfLife), maxAge, deaf);
    }

    /** Runs all policies and prints them; returns what came of the learnt schedule. */
    private Trial.Outcome beside(String name, Trial trial, double lagWeight) {
        return beside(name, trial, i -> learnt(trial, lagWeight, NEVER, NEVER, false));
    }

    private static Trial.Outcome beside(String name, Trial trial, IntFunction<Policy> schedule) {
        System.out.println();
        System.out.println(name + " (N=" + trial.size + ")");
        System.out.println("  " + trial.title());
        print("round-robin", trial, trial.run(i -> Baselines.roundRobin(trial.size)));
        print("fixed interval + webhooks", trial, trial.run(i -> Baselines.fixedIntervalPlusWebhooks(trial.size, 0.3)));
        print("webhooks, then oldest", trial, trial.run(i -> Baselines.webhooksThenOldest(trial.size)));
        Trial.Outcome learnt = trial.run(schedule);
        print("Tournant", trial, learnt);
        return learnt;
    }

    private static void print(String policy, Trial trial, Trial.Outcome outcome) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "  %-26s", policy));
        for (int w = 0; w < trial.count(); w++) {
            line.append(String.format(Locale.ROOT, " %6.3f", outcome.ratio(w)));
        }
        int last = trial.count() - 1;
        line.append(String.format(
                Locale.ROOT,
                "   last: fresh %.3f, lag %.2f x its bound; oldest %.1f",
                outcome.fresh[last],
                outcome.lagRatio(last),
                outcome.oldest));
        System.out.println(line);
    }
}
