package dev.tournant.deploy.bench.polls;

import dev.tournant.cluster.schedule.Rates;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** What happens at a partner, whoever polls: changes and webhooks in the order of their arrival, and the true rates. */
final class World {
    /** A change or, if {@code isSignal}, a webhook that speaks of a time. */
    record Event(double at, int id, boolean isSignal, double of) {}

    /** By how much the rate of a resource's changes is multiplied at a time. */
    interface Tide {
        double factor(int id, double at);
    }

    /** How changes and webhooks come about beyond constant rates. */
    record Nature(
            Tide tide,
            double tideMost,
            double driftEvery,
            double driftShare,
            double outageFrom,
            double outageTo,
            double delay) {
        static final double NEVER = Double.POSITIVE_INFINITY;
        static final Nature PLAIN = new Nature((id, t) -> 1, 1, NEVER, 0, NEVER, NEVER, 0);

        /** @param most the largest of its factors */
        Nature tidal(Tide of, double most) {
            return new Nature(of, most, driftEvery, driftShare, outageFrom, outageTo, delay);
        }

        Nature drifting(double every, double share) {
            return new Nature(tide, tideMost, every, share, outageFrom, outageTo, delay);
        }

        Nature silentFrom(double from, double to) {
            return new Nature(tide, tideMost, driftEvery, driftShare, from, to, delay);
        }

        Nature late(double mean) {
            return new Nature(tide, tideMost, driftEvery, driftShare, outageFrom, outageTo, mean);
        }
    }

    private record Epoch(double from, List<Rates> rates) {}

    private final List<Epoch> epochs = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final Tide tide;
    final int size;

    World(List<Rates> rates, Nature nature, double seconds, long seed) {
        this.size = rates.size();
        this.tide = nature.tide();
        SplittableRandom random = new SplittableRandom(seed);
        List<Rates> now = rates;
        double from = 0;
        while (from < seconds) {
            double to = Math.min(seconds, from + nature.driftEvery());
            epochs.add(new Epoch(from, now));
            for (int id = 0; id < size; id++) {
                happen(id, now.get(id), from, to, nature, random.split());
            }
            now = drifted(now, nature.driftShare(), random.split());
            from = to;
        }
        events.sort((a, b) -> Double.compare(a.at(), b.at()));
    }

    private void happen(int id, Rates rates, double from, double to, Nature nature, SplittableRandom random) {
        double told = rates.precision() * rates.signals();
        double recall = told / rates.changes();
        double most = rates.changes() * nature.tideMost();
        for (double t = from + wait(random, most); t < to; t += wait(random, most)) {
            if (random.nextDouble() * nature.tideMost() < nature.tide().factor(id, t)) {
                events.add(new Event(t, id, false, t));
                if (random.nextDouble() < recall) {
                    send(id, t, nature, random);
                }
            }
        }
        double noise = rates.signals() - told;
        if (noise > 0) {
            for (double t = from + wait(random, noise); t < to; t += wait(random, noise)) {
                send(id, t, nature, random);
            }
        }
    }

    private void send(int id, double of, Nature nature, SplittableRandom random) {
        if (of < nature.outageFrom() || of >= nature.outageTo()) {
            double late = nature.delay() > 0 ? wait(random, 1 / nature.delay()) : 0;
            events.add(new Event(of + late, id, true, of));
        }
    }

    private static double wait(SplittableRandom random, double rate) {
        return -Math.log1p(-random.nextDouble()) / rate;
    }

    private static List<Rates> drifted(List<Rates> rates, double share, SplittableRandom random) {
        List<Rates> next = new ArrayList<>(rates);
        for (int id = 0; id < next.size(); id++) {
            if (random.nextDouble() < share) {
                Rates other = rates.get(random.nextInt(rates.size()));
                next.set(id, other);
            }
        }
        return next;
    }

    List<Event> events() {
        return events;
    }

    /** The true rates at a time. */
    List<Rates> rates(double at) {
        List<Rates> found = epochs.get(0).rates();
        for (Epoch each : epochs) {
            if (each.from() <= at) {
                found = each.rates();
            }
        }
        List<Rates> all = new ArrayList<>();
        for (int id = 0; id < size; id++) {
            all.add(found.get(id).times(tide.factor(id, at)));
        }
        return all;
    }

    /** Rates that differ as a lognormal does, of mean 1 change in so many seconds. */
    static double[] lognormal(int size, double sigma, double seconds, long seed) {
        Random random = new Random(seed);
        double[] rates = new double[size];
        double sum = 0;
        for (int i = 0; i < size; i++) {
            rates[i] = Math.exp(sigma * random.nextGaussian());
            sum += rates[i];
        }
        for (int i = 0; i < size; i++) {
            rates[i] *= size / sum / seconds;
        }
        return rates;
    }
}
