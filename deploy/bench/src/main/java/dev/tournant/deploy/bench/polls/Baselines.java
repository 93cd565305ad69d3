package dev.tournant.deploy.bench.polls;

import java.util.ArrayDeque;
import java.util.TreeSet;

/** What others do. */
final class Baselines {
    private Baselines() {}

    /** One after another. */
    static Policy roundRobin(int size) {
        return new Policy() {
            private int last = -1;

            @Override
            public void signal(int id, double eventAt, double now) {}

            @Override
            public int next(double now) {
                last = (last + 1) % size;
                return last;
            }

            @Override
            public void polled(int id, boolean changed, double now) {}
        };
    }

    /** Whom a webhook named, in order; what is left goes to those unpolled for longest. */
    static Policy webhooksThenOldest(int size) {
        return new Webhooks(size, 1, 0);
    }

    /** A part of the slots for a fixed interval, the others for whom a webhook named, or nobody. */
    static Policy fixedIntervalPlusWebhooks(int size, double share) {
        return new Webhooks(size, 0, share);
    }

    private static final class Webhooks implements Policy {
        private final boolean[] named;
        private final ArrayDeque<Integer> queue = new ArrayDeque<>();
        private final double[] polledAt;
        private final TreeSet<Integer> oldest;
        private final double rest;
        private final double share;
        private double saved;

        Webhooks(int size, double rest, double share) {
            this.named = new boolean[size];
            this.polledAt = new double[size];
            this.rest = rest;
            this.share = share;
            this.oldest = new TreeSet<>((a, b) ->
                    polledAt[a] != polledAt[b] ? Double.compare(polledAt[a], polledAt[b]) : Integer.compare(a, b));
            for (int id = 0; id < size; id++) {
                oldest.add(id);
            }
        }

        @Override
        public void signal(int id, double eventAt, double now) {
            if (!named[id]) {
                named[id] = true;
                queue.addLast(id);
            }
        }

        @Override
        public int next(double now) {
            saved += share;
            if (saved >= 1) {
                saved -= 1;
                return oldest.first();
            }
            while (!queue.isEmpty()) {
                int id = queue.removeFirst();
                if (named[id]) {
                    return id;
                }
            }
            return rest > 0 ? oldest.first() : IDLE;
        }

        @Override
        public void polled(int id, boolean changed, double now) {
            named[id] = false;
            oldest.remove(id);
            polledAt[id] = now;
            oldest.add(id);
        }
    }
}
