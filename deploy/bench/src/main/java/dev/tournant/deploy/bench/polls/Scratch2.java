package dev.tournant.deploy.bench.polls;

import dev.tournant.cluster.schedule.*;
import java.util.*;

class Scratch2 {
    static double beta25(SplittableRandom r) { // Beta(.25,.25) by Johnk
        while (true) { double x = Math.pow(r.nextDouble(), 4), y = Math.pow(r.nextDouble(), 4); if (x + y <= 1 && x + y > 0) return x / (x + y); }
    }
    static Trial ushape(int n, int seeds) {
        return new Trial(n, seeds, seed -> {
            SplittableRandom r = new SplittableRandom(seed); List<Rates> l = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                double d = Math.max(1e-3, r.nextDouble()) / Trial.UNIT, lam = beta25(r), nu = (.1 + .5 * r.nextDouble()) / Trial.UNIT;
                double g = lam * d + nu; l.add(new Rates(Math.max(1e-12, (1 - lam) * d), g, lam * d / g, 1, 1, 1));
            }
            return l;
        }).budget(t -> 100.0 / n);
    }
    static void show(String name, Trial t, double kappa, double half, double maxAge, boolean deaf) {
        long t0 = System.nanoTime();
        System.out.printf("%s%n", name);
        double INF = Double.POSITIVE_INFINITY;
        String[] names = {"RR", "WH+30", "WH+LRU", "learnt", "deaf"};
        for (int k = 0; k < 5; k++) {
            int kk = k;
            Trial.Outcome o = t.run(i -> switch (kk) {
                case 0 -> Baselines.roundRobin(t.size);
                case 1 -> Baselines.fixedIntervalPlusWebhooks(t.size, .3);
                case 2 -> Baselines.webhooksThenOldest(t.size);
                case 3 -> new Learnt(t.size, Learnt.settings(kappa, t.callsPerSecond(0), half), maxAge, deaf);
                default -> new Learnt(t.size, Learnt.settings(kappa, t.callsPerSecond(0), half), maxAge, true);
            });
            StringBuilder sb = new StringBuilder();
            for (int w = 0; w < t.count(); w++) sb.append(String.format(" %.4f", o.ratio(w)));
            sb.append("  lag");
            for (int w = 0; w < t.count(); w++) sb.append(String.format(" %.2f", o.lagRatio(w)));
            sb.append(String.format("  oldest %.1f", o.oldest));
            System.out.printf("  %-7s %s%n", names[k], sb);
        }
        System.out.printf("   %.1fs%n", (System.nanoTime() - t0) / 1e9);
    }
    public static void main(String[] a) {
        double INF = Double.POSITIVE_INFINITY;
        Set<String> w = new HashSet<>(Arrays.asList(a));
        if (w.isEmpty() || w.contains("nosig")) { show("nosig", Trial.lognormal(1000, 4, 0, 1), .01, INF, INF, true);
            show("nosig k0", Trial.lognormal(1000, 4, 0, 1), 0, INF, INF, true);}
        if (w.isEmpty() || w.contains("u")) for (int n : new int[] {200, 500, 1000}) { double f = n / 100.0;
            show("ushape " + n, ushape(n, 2).windows(5*f,10*f,20*f,40*f,80*f,160*f), .01, INF, INF, false); }
        if (w.isEmpty() || w.contains("lag")) show("lag", Trial.lognormal(1000, 2, .9, .8), .1, INF, INF, false);
        if (w.isEmpty() || w.contains("age")) { show("age 10", Trial.lognormal(1000, 2, .9, .8), .01, INF, 10 * Trial.UNIT, false);
            show("age 3", Trial.lognormal(1000, 2, .9, .8), .01, INF, 3 * Trial.UNIT, false);}
        if (w.isEmpty() || w.contains("step")) { show("x10", Trial.lognormal(1000, 1, .9, .8).budget(t -> t < 20 ? 1 : 10).windows(20, 20.2, 20.5, 21, 22, 24), .01, INF, INF, false);
            show("x.1", Trial.lognormal(1000, 1, .9, .8).budget(t -> t < 4 ? 10 : 1).windows(4, 6, 9, 14, 24, 34), .01, INF, INF, false);}
        if (w.isEmpty() || w.contains("out")) show("outage", Trial.lognormal(1000, 2, .9, .8).outage(40, 80).windows(20, 40, 45, 50, 60, 80, 85, 90, 100), .01, INF, INF, false);
        if (w.isEmpty() || w.contains("drift")) { show("drift", Trial.lognormal(1000, 2, .9, .8).nature(World.Nature.PLAIN.drifting(10 * Trial.UNIT, .1)).windows(20, 40, 60, 80, 100, 120), .01, INF, INF, false);
            show("drift H", Trial.lognormal(1000, 2, .9, .8).nature(World.Nature.PLAIN.drifting(10 * Trial.UNIT, .1)).windows(20, 40, 60, 80, 100, 120), .01, 30 * Trial.UNIT, INF, false); }
        if (w.isEmpty() || w.contains("late")) show("late 10%", Trial.lognormal(1000, 2, .9, .8).nature(World.Nature.PLAIN.late(6)), .01, INF, INF, false);
    }
}
