package dev.tournant.deploy.bench.polls;

import dev.tournant.cluster.schedule.*;
import java.util.*;

class Scratch3 {
    public static void main(String[] a) {
        int n = Integer.parseInt(a[0]);
        double R = n / 60.0;
        PollSchedule s = new PollSchedule(Learnt.settings(.01, R, Double.POSITIVE_INFINITY), 0);
        Traits tr = new Traits(new ResourceClass("p", "menu", true, 0, Double.POSITIVE_INFINITY, .9), 1, 1, 1, 0);
        SplittableRandom r = new SplittableRandom(1);
        long t0 = System.nanoTime();
        Runtime rt = Runtime.getRuntime(); System.gc(); long m0 = rt.totalMemory() - rt.freeMemory();
        for (int i = 0; i < n; i++) s.addSeen(tr, -60 * r.nextDouble(), 0);
        System.gc(); long m1 = rt.totalMemory() - rt.freeMemory();
        System.out.printf("add %.2f us, %.0f bytes each%n", (System.nanoTime() - t0) / 1e3 / n, (m1 - m0) / (double) n);
        double[] d = World.lognormal(n, 1.5, 60, 1);
        double[] cum = new double[n]; double c = 0; for (int i = 0; i < n; i++) { c += d[i]; cum[i] = c; }
        boolean[] changed = new boolean[n];
        double t = 0; long sigNs = 0, decNs = 0; long sigs = 0, decs = 0;
        int B = Math.max(100, n / 500); for (int round = 0; round < 8; round++) {
            sigNs = 0; decNs = 0; sigs = 0; decs = 0;
            for (int batch = 0; batch < B; batch++) {
                int k = n / B;
                int[] ids = new int[k]; boolean[] ch = new boolean[k];
                int m = 0;
                for (int i = 0; i < k; i++) { // changes
                    int id = Arrays.binarySearch(cum, r.nextDouble() * c); if (id < 0) id = -id - 1; id = Math.min(n - 1, id);
                    boolean isChange = r.nextDouble() < .82; if (isChange) changed[id] = true;
                    if (!isChange || r.nextDouble() < .9) ids[m++] = id;
                }
                long x = System.nanoTime();
                for (int i = 0; i < m; i++) s.signal(ids[i], t, t);
                sigNs += System.nanoTime() - x; sigs += m;
                x = System.nanoTime();
                for (int i = 0; i < k; i++) {
                    t += 1 / R;
                    int id = s.next(t); s.started(id, t); s.polled(id, t, changed[id], 1, t); changed[id] = false;
                }
                decNs += System.nanoTime() - x; decs += k;
            }
            PoolFreshness q = s.freshness(t); System.out.printf("fresh %.4f ready %d changes/s %.1f (true %.1f) recall %.3f prec %.3f silent %s audit %.3f thr %.2f   ", q.fresh(), q.ready(), q.classes().get(0).changesPerSecond(), n/60.0, q.classes().get(0).recall(), q.classes().get(0).precision(), q.classes().get(0).webhooksSilent(), q.auditedFresh(), q.threshold());
            System.out.printf("round %d: %.2f us a decision, %.2f us a signal%n", round, decNs / 1e3 / decs, sigNs / 1e3 / sigs);
        }
        System.gc(); m1 = rt.totalMemory() - rt.freeMemory();
        System.out.printf("%.0f bytes each incl bench%n", (m1 - m0) / (double) n);
        t0 = System.nanoTime(); byte[] b = s.snapshot(t); System.out.printf("snapshot %d bytes each, %.1f s%n", b.length / n, (System.nanoTime() - t0) / 1e9);
        t0 = System.nanoTime(); s = PollSchedule.restore(b, s0(R), t); System.out.printf("restore %.1f s%n", (System.nanoTime() - t0) / 1e9);
        t0 = System.nanoTime(); PoolFreshness f = s.freshness(t); System.out.printf("freshness %.2f s %s%n", (System.nanoTime() - t0) / 1e9, f);
        t0 = System.nanoTime(); System.out.printf("what-if %s %.2f s%n", s.suppose(new Supposition(R, 1, true), t), (System.nanoTime() - t0) / 1e9);
        t0 = System.nanoTime(); System.out.printf("what-if %s %.2f s%n", s.suppose(new Supposition(R, 1, false), t), (System.nanoTime() - t0) / 1e9);
        t0 = System.nanoTime(); System.out.printf("what-if %s %.2f s%n", s.suppose(new Supposition(R / 10, 1, true), t), (System.nanoTime() - t0) / 1e9);
    }
    static ScheduleSettings s0(double R) { return Learnt.settings(.01, R, Double.POSITIVE_INFINITY); }
}
