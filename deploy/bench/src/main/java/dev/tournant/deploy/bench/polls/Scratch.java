package dev.tournant.deploy.bench.polls;

import dev.tournant.cluster.schedule.*;
import java.util.*;

class Scratch {
    static final double UNIT = 60;

    public static void main(String[] a) {
        double kappa = a.length > 0 ? Double.parseDouble(a[0]) : 0.01;
        int seeds = 2;
        for (double[] s : new double[][] {
            {1, .9, .8, 1000}, {1, .5, .5, 1000}, {.2, .9, .9, 1000}, {1, 0, 1, 1000}, {.2, 0, 1, 1000}, {1, .9, .8, 20}
        }) {
            double rho = s[0];
            int n = (int) s[3];
            double[] ends = {3, 5, 10, 20, 40, 80, 160};
            double[] e2 = Arrays.stream(ends).map(x -> x / rho * UNIT).toArray();
            double[][] ratio = new double[4][ends.length];
            double[][] lag = new double[4][ends.length];
            double[][] old = new double[4][ends.length];
            double bnd = 0;
            long t0 = System.nanoTime();
            int reps = n < 100 ? 20 : seeds;
            for (int seed = 1; seed <= reps; seed++) {
                double[] d = World.lognormal(n, 1.5, UNIT, seed);
                List<Rates> rates = new ArrayList<>();
                for (double x : d) rates.add(Rates.of(x, s[1], s[2]));
                World w = new World(rates, World.Nature.PLAIN, e2[e2.length - 1], seed);
                double R = rho * n / UNIT;
                double b = Bound.freshness(rates, R).fresh();
                double lb = Bound.lagSeconds(rates, R);
                bnd += b / reps;
                Policy[] ps = {
                    Baselines.roundRobin(n),
                    Baselines.webhooksThenOldest(n),
                    Baselines.fixedIntervalPlusWebhooks(n, .3),
                    new Learnt(
                            n, Learnt.settings(kappa, R, Double.POSITIVE_INFINITY), Double.POSITIVE_INFINITY, s[1] == 0)
                };
                for (int k = 0; k < ps.length; k++) {
                    Simulation.Window[] ws = Simulation.run(w, ps[k], t -> R, e2);
                    for (int j = 0; j < ws.length; j++) {
                        ratio[k][j] += ws[j].fresh() / b / reps;
                        lag[k][j] += ws[j].lagSeconds() / lb / reps;
                        old[k][j] = Math.max(old[k][j], ws[j].oldestSeconds() * R / n);
                    }
                }
            }
            System.out.printf(
                    "rho %.1f recall %.1f prec %.1f n %d bound %.4f  %.1fs%n",
                    s[0], s[1], s[2], n, bnd, (System.nanoTime() - t0) / 1e9);
            String[] names = {"RR", "WH+LRU", "WH+30", "learnt"};
            for (int k = 0; k < 4; k++) {
                StringBuilder sb = new StringBuilder();
                for (double r : ratio[k]) sb.append(String.format(" %.4f", r));
                sb.append("   lag");
                for (double r : lag[k]) sb.append(String.format(" %.2f", r));
                sb.append("   oldest");
                for (double r : old[k]) sb.append(String.format(" %.1f", r));
                System.out.printf("  %-8s %s%n", names[k], sb);
            }
        }
    }
}
