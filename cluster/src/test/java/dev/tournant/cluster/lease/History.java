package dev.tournant.cluster.lease;

import dev.tournant.persistence.Leases.Holder;
import dev.tournant.persistence.Leases.NodeRow;
import dev.tournant.persistence.Leases.Outcome;
import dev.tournant.persistence.Leases.State;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One history of a holder, two watchers and a store in manual time: clocks that run fast or slow, requests and answers
 * that take long or get lost, and processes that stand still. It counts the acts of the holder that came after another
 * could have begun to act.
 */
final class History {
    private static final Holder HOLDER = new Holder("127.0.0.1:25520", 7);
    private static final Terms TERMS =
            new Terms(Duration.ofSeconds(9), Duration.ofSeconds(1), Duration.ofSeconds(2), 0.05);
    private static final long MS = 1_000_000L;
    private static final long END = 90_000 * MS;

    /** What is built wrong on purpose. */
    enum Mutant {
        NONE,
        HOLDER_COUNTS_FROM_THE_ANSWER,
        HOLDER_TRUSTS_ITS_CLOCK,
        HOLDER_COUNTS_REFUSALS,
        WATCHER_TRUSTS_ITS_CLOCK,
        WATCHER_COUNTS_FROM_BEFORE_THE_READ,
        WATCHER_ENDS_ANY_VERSION
    }

    private record Event(long at, long order, Runnable run) {}

    private final Random random;
    private final Mutant mutant;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private final double lossShare;
    private final int delayMaxMs;
    private final double pausesPerStep;

    private long now;
    private long order;
    private NodeRow row = new NodeRow(HOLDER, 1, TERMS.ttl(), State.HELD);
    private @Nullable Long endedAt;

    int acts;
    int actsTooLate;
    boolean halted;

    History(long seed, Mutant mutant) {
        this.random = new Random(seed);
        this.mutant = mutant;
        this.lossShare = random.nextInt(3) * 0.1;
        this.delayMaxMs = 1 + random.nextInt(4_000);
        this.pausesPerStep = random.nextInt(3) * 0.0004;
    }

    boolean wasEnded() {
        return endedAt != null;
    }

    History run() {
        Process holder = new Process();
        HolderProcess held = new HolderProcess(holder);
        holder.soon(held::step);
        for (int i = 0; i < 2; i++) {
            WatcherProcess watcher = new WatcherProcess(new Process());
            watcher.process.soon(watcher::read);
        }
        while (!events.isEmpty() && now < END) {
            Event event = events.remove();
            now = event.at();
            event.run().run();
        }
        return this;
    }

    private void at(long when, Runnable run) {
        events.add(new Event(Math.max(now, when), order++, run));
    }

    private long delay() {
        // Most are quick, some are not.
        int max = random.nextInt(4) == 0 ? delayMaxMs : 20;
        return (1 + random.nextInt(max)) * MS;
    }

    /** A process with a clock of its own, which may stand still for a while at any point. */
    private final class Process {
        /** Within the error that the terms speak of; often at its very edge. */
        private final double rate = 1
                + TERMS.clockRateError()
                        * (2 * random.nextInt(2) - 1)
                        * (random.nextBoolean() ? 1 : random.nextDouble());

        private final long offset = random.nextLong() / 4;
        private long standsUntil;
        /** From then on, for a while, nothing that it sends arrives. */
        private final long cutOffAt = random.nextInt(60_000) * MS;

        private final long cutOffFor = random.nextInt(16_000) * MS;

        boolean isCutOff() {
            return now >= cutOffAt && now < cutOffAt + cutOffFor;
        }

        long clock() {
            return offset + (long) (now * rate);
        }

        /** In the time of all, when so much has passed on this clock. */
        long real(long nanos) {
            return now + 1 + (long) (nanos / rate);
        }

        void soon(Runnable run) {
            at(now + random.nextInt(5) * MS, () -> whenRunning(run));
        }

        void later(long nanos, Runnable run) {
            at(real(nanos), () -> whenRunning(run));
        }

        void whenRunning(Runnable run) {
            if (random.nextDouble() < pausesPerStep) {
                standsUntil = now + random.nextInt(20_000) * MS;
            }
            if (now < standsUntil) {
                at(standsUntil, () -> whenRunning(run));
            } else {
                run.run();
            }
        }
    }

    /** Sends to the store; the change is made even where its answer is lost, unless the request itself is lost. */
    private void send(Process from, Runnable atStore, Runnable answer) {
        if (from.isCutOff() || random.nextDouble() < lossShare / 2) {
            return;
        }
        at(now + delay(), () -> {
            atStore.run();
            if (!from.isCutOff() && random.nextDouble() >= lossShare / 2) {
                at(now + delay(), () -> from.whenRunning(answer));
            }
        });
    }

    private final class HolderProcess {
        private final Process process;
        private final Holding holding;

        HolderProcess(Process process) {
            this.process = process;
            this.holding = new Holding(terms(Mutant.HOLDER_TRUSTS_ITS_CLOCK), process.clock());
            process.soon(this::act);
        }

        void step() {
            if (halted) {
                return;
            }
            long clock = process.clock();
            Holding.Step step = holding.next(clock);
            if (step instanceof Holding.Step.Renew renew) {
                Outcome[] outcome = new Outcome[1];
                send(process, () -> outcome[0] = renew(renew.request().version()), () -> answer(renew, outcome[0]));
                process.soon(this::step);
            } else if (step instanceof Holding.Step.Wait wait) {
                process.later(Math.min(wait.untilNanos() - clock, 200 * MS), this::step);
            } else {
                halted = true;
            }
        }

        private void answer(Holding.Step.Renew renew, Outcome outcome) {
            long clock = process.clock();
            Holding.Request request = renew.request();
            if (mutant == Mutant.HOLDER_COUNTS_FROM_THE_ANSWER) {
                request = new Holding.Request(request.version(), clock);
            }
            boolean counts = mutant == Mutant.HOLDER_COUNTS_REFUSALS
                    && outcome.found() != null
                    && outcome.found().isHeld();
            holding.answered(request, counts ? new Outcome(true, null) : outcome, clock);
        }

        /** As {@link NodeLease#check}: it looks at the time alone. */
        private void act() {
            if (halted || now >= END) {
                return;
            }
            if (process.clock() - holding.validUntil() < 0) {
                acts++;
                if (endedAt != null && now >= endedAt) {
                    actsTooLate++;
                }
            }
            process.later((1 + random.nextInt(20)) * MS, this::act);
        }
    }

    private Terms terms(Mutant trusting) {
        return mutant == trusting ? new Terms(TERMS.ttl(), TERMS.renewEvery(), TERMS.requestLife(), 0) : TERMS;
    }

    private Outcome renew(long version) {
        if (row.isHeld() && row.version() == version) {
            row = new NodeRow(HOLDER, version + 1, row.ttl(), State.HELD);
            return new Outcome(true, null);
        }
        return new Outcome(false, row);
    }

    private final class WatcherProcess {
        private final Process process;
        private final Watch watch;

        WatcherProcess(Process process) {
            this.process = process;
            this.watch = new Watch(terms(Mutant.WATCHER_TRUSTS_ITS_CLOCK));
        }

        void read() {
            if (now >= END || endedAt != null) {
                return;
            }
            long before = process.clock();
            NodeRow[] found = new NodeRow[1];
            send(process, () -> found[0] = row, () -> answer(before, found[0]));
            process.later(250 * MS, this::read);
        }

        private void answer(long before, NodeRow found) {
            long clock = mutant == Mutant.WATCHER_COUNTS_FROM_BEFORE_THE_READ ? before : process.clock();
            if (watch.seen(found, clock)) {
                send(process, () -> end(found.version()), () -> {});
            }
        }
    }

    private void end(long version) {
        if (row.isHeld() && (row.version() == version || mutant == Mutant.WATCHER_ENDS_ANY_VERSION)) {
            row = new NodeRow(HOLDER, row.version(), row.ttl(), State.ENDED);
            // From here on anybody may take over.
            endedAt = now;
        }
    }
}
