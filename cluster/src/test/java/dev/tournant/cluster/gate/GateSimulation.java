package dev.tournant.cluster.gate;

import akka.actor.testkit.typed.javadsl.TestInbox;
import dev.tournant.adapter.Lane;
import dev.tournant.adapter.Limit;
import dev.tournant.cluster.gate.GateMessage.GateReply;
import dev.tournant.cluster.gate.GateMessage.How;
import dev.tournant.cluster.lease.NodeLease;
import dev.tournant.persistence.GateLedger;
import dev.tournant.persistence.GateLedgers.Opened;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One history, from a seed, in virtual nanoseconds. Each call passes one part of each limit. Rows are opened, kept and closed as
 * by {@link Gate}; what is kept is written late, and may be when its holder is no more.
 */
final class GateSimulation {
    private static final long MILLI = 1_000_000L;
    private static final long LENGTH_MILLIS = 20_000;
    private static final Instant BEGIN = Instant.parse("2026-11-22T10:00:00Z");

    private final Random random;
    /** How much slower everything is than usual. */
    private final int pace;

    private final GateSettings settings;
    private final GateFixture.LedgersInMemory ledgers = new GateFixture.LedgersInMemory();
    private final List<Divided> limits = new ArrayList<>();
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Long> arrivals = new ArrayList<>();
    /** At the partner: +1 as a call begins, -1 as it ends. */
    private final TreeMap<Long, Integer> changes = new TreeMap<>();

    private final Map<Long, Node> askers = new HashMap<>();
    private long now;
    private long sequence;
    private long lastId;

    private record Event(long at, long sequence, Runnable what) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return at == other.at ? Long.compare(sequence, other.sequence) : Long.compare(at, other.at);
        }
    }

    /** @param parts of each limit; what it allows must be as many times that */
    GateSimulation(long seed, int parts, Rule... rules) {
        this(seed, 1, parts, rules);
    }

    /** @param pace by how much all takes longer than usual, so that windows of hours are worth a few thousand events */
    GateSimulation(long seed, int pace, int parts, Rule... rules) {
        this.random = new Random(seed);
        this.pace = pace;
        this.settings =
                GateFixture.settings("""
                tournant.gate {
                  permit-life = %d ms, pause = %d ms, request-life = %d ms, clock-rate-error = 0.001, quota-blocks = %d
                }
                """.formatted(400 * pace, 50 * pace, 600 * pace, random.nextBoolean() ? 6 : 30));
        for (Rule rule : rules) {
            limits.add(new Divided(rule, parts));
        }
        for (int i = 0; i < 3; i++) {
            nodes.add(new Node());
        }
    }

    void run() {
        for (Node node : nodes) {
            at(between(0, 100), node::tick);
            at(between(0, 100), node::wish);
        }
        for (Divided limit : limits) {
            limit.gates.forEach(gate -> at(between(500, 4_000), gate::end));
        }
        for (Event next = events.poll(); next != null && next.at < LENGTH_MILLIS * MILLI * pace; next = events.poll()) {
            now = next.at;
            next.what.run();
        }
    }

    private void at(long later, Runnable what) {
        events.add(new Event(now + later, sequence++, what));
    }

    private long between(long fromMillis, long toMillis) {
        return pace * (fromMillis * MILLI + (long) (random.nextDouble() * (toMillis - fromMillis) * MILLI));
    }

    /** Mostly soon; now and then late, or never. */
    private void message(Runnable arrives) {
        int kind = random.nextInt(100);
        if (kind < 97) {
            at(kind < 85 ? between(0, 3) : between(0, 700), arrives);
        }
    }

    /** A limit in parts that are alike. */
    private final class Divided {
        final List<Gated> gates = new ArrayList<>();

        Divided(Rule rule, int parts) {
            for (int part = 0; part < parts; part++) {
                PoolNames.Passing passing = new PoolNames.Passing(
                        "potluck:limit-" + limits.size() + ":all:M1",
                        Limit.concurrent("calls", Limit.Scope.ACCOUNT, 1),
                        part,
                        parts);
                gates.add(new Gated(passing, part(rule, parts)));
            }
        }

        private static Rule part(Rule rule, int parts) {
            int calls = rule.calls() / parts;
            if (rule instanceof Rule.Window window) {
                return new Rule.Window(calls, window.per());
            }
            return rule instanceof Rule.Bucket bucket
                    ? new Rule.Bucket(calls, bucket.drained() / parts, bucket.per())
                    : new Rule.Concurrent(calls);
        }
    }

    /** A gate and its row. */
    private final class Gated {
        final PoolNames.Passing passing;
        final Rule rule;
        private final TestInbox<GateReply> inbox = TestInbox.create();
        private @Nullable Holding holding;
        private String holder = "";

        Gated(PoolNames.Passing passing, Rule rule) {
            this.passing = passing;
            this.rule = rule;
        }

        /** The holder ends, cleanly or not; the next one has another clock. */
        void end() {
            Holding last = holding;
            if (last != null && random.nextBoolean()) {
                GateLedger ledger = last.ledger();
                ledgers.close(passing.gate(), holder, ledger)
                        .toCompletableFuture()
                        .join();
                inbox.getAllReceived();
            }
            holding = null;
            at(between(500, 6_000), this::end);
        }

        private Holding holder() {
            Holding current = holding;
            if (current == null) {
                Node host = nodes.get(random.nextInt(nodes.size()));
                GateSetup setup = new GateSetup(
                        settings,
                        new PoolNames(Map.of(), Parts.NONE),
                        NodeLease.ALWAYS,
                        ledgers,
                        "node",
                        host::clock,
                        host::wall,
                        (name, message) -> {},
                        Collections.newSetFromMap(new HashMap<>()),
                        new GateMetrics(new SimpleMeterRegistry()));
                List<Rule> rules = List.of(rule);
                holder = "holder-" + ++lastId;
                Opened row = ledgers.open(
                                passing.gate(),
                                holder,
                                !Quota.longWindows(rules, settings).isEmpty())
                        .toCompletableFuture()
                        .join();
                current = new Holding(setup, passing.gate(), rules, Beginning.of(row, rules, settings, host.wall()));
                holding = current;
                timer(current);
                keep(current);
            }
            return current;
        }

        /** Its row says what is set aside some time after it should, and the holder may end before, between or after. */
        private void keep(Holding of) {
            GateLedger next = of == holding ? of.nextKept() : null;
            if (next == null) {
                return;
            }
            String by = holder;
            boolean lost = random.nextInt(20) == 0;
            boolean told = !lost && random.nextInt(20) > 0;
            at(between(0, 40), () -> {
                boolean ours = lost
                        || ledgers.keep(passing.gate(), by, next)
                                .toCompletableFuture()
                                .join();
                at(between(0, 10), () -> {
                    if (of == holding) {
                        if (!ours) {
                            throw new IllegalStateException("another holder has opened the row of " + passing.gate());
                        }
                        of.kept(told);
                        replies();
                        keep(of);
                    }
                });
            });
            if (random.nextInt(8) == 0) {
                at(between(0, 60), () -> holding = of == holding ? null : holding);
            }
        }

        private void timer(Holding of) {
            if (of == holding) {
                of.tick();
                replies();
                keep(of);
                at(between(1, 30), () -> timer(of));
            }
        }

        private void replies() {
            for (GateReply reply : inbox.getAllReceived()) {
                Node asker = askers.get(reply.id());
                if (asker != null) {
                    message(() -> asker.replied(reply));
                }
            }
        }

        void tell(GateMessage message) {
            message(() -> {
                if (message instanceof GateMessage.Ask ask) {
                    holder().ask(ask);
                } else if (message instanceof GateMessage.Ended ended) {
                    holder().ended(ended);
                }
                replies();
                if (holding != null) {
                    keep(holding);
                }
            });
        }

        void ask(long id, int round, Lane lane, Duration within) {
            tell(new GateMessage.Ask(id, round, lane, within.toMillis(), Terms.of(rule), inbox.getRef()));
        }
    }

    private Gated gated(PoolNames.Passing passing) {
        return limits.stream()
                .flatMap(limit -> limit.gates.stream())
                .filter(gate -> gate.passing.equals(passing))
                .findFirst()
                .orElseThrow();
    }

    /** A node: a clock that is a little wrong, and calls. */
    private final class Node implements Admission.Way {
        private final double rate = 1 + (random.nextDouble() - 0.5) * settings.clockError();
        private final long offset = random.nextLong() >> 8;
        private final Duration wallError = Duration.ofNanos(
                (long) (random.nextDouble() * settings.wallClockError().toNanos()));
        private final List<Admission> admissions = new ArrayList<>();

        long clock() {
            return offset + (long) (now * rate);
        }

        Instant wall() {
            return BEGIN.plusNanos(now).plus(wallError);
        }

        void wish() {
            Admission admission = new Admission(
                    limits.stream()
                            .map(limit -> limit.gates.get(random.nextInt(limit.gates.size())).passing)
                            .toList(),
                    Lane.values()[random.nextInt(Lane.values().length)],
                    clock() + between(100, 5_000),
                    settings.permitLife(),
                    () -> ++lastId,
                    this);
            admissions.add(admission);
            admission.advance(clock());
            at(between(0, 250), this::wish);
        }

        void tick() {
            admissions.forEach(each -> each.advance(clock()));
            settle();
            at(between(1, 20), this::tick);
        }

        @Override
        public void ask(Admission.Wanted wanted, int round, Lane lane, Duration within) {
            askers.put(wanted.id(), this);
            gated(wanted.passing()).ask(wanted.id(), round, lane, within);
        }

        @Override
        public void unused(Admission.Wanted wanted) {
            gated(wanted.passing()).tell(new GateMessage.Ended(wanted.id(), How.UNUSED, null));
        }

        void replied(GateReply reply) {
            for (Admission each : admissions) {
                if (reply instanceof GateReply.Granted granted) {
                    each.granted(granted, clock());
                } else if (reply instanceof GateReply.Refused refused) {
                    each.refused(refused, clock());
                }
            }
            settle();
        }

        private void settle() {
            for (Admission each : List.copyOf(admissions)) {
                if (each.end() instanceof Admission.End.Passed passed) {
                    admissions.remove(each);
                    at(between(0, random.nextInt(3) == 0 ? 500 : 2), () -> send(passed));
                } else if (each.end() != null) {
                    admissions.remove(each);
                }
            }
        }

        private void send(Admission.End.Passed passed) {
            if (clock() - passed.goodUntil() >= 0 || random.nextInt(20) == 0) {
                passed.permits().forEach(this::unused);
                return;
            }
            // The last look is over; from here to the partner it takes what it takes.
            long wire = between(0, random.nextInt(4) == 0 ? 50 : 1);
            long counted = wire + between(0, random.nextInt(4) == 0 ? 600 : 20);
            boolean answers = random.nextInt(10) > 0;
            long done = answers ? counted + between(0, random.nextInt(5) == 0 ? 2_000 : 30) : counted;
            at(counted, () -> arrivals.add(now));
            changes.merge(now + counted, 1, Integer::sum);
            changes.merge(now + Math.min(done, wire + settings.requestLife().toNanos()), -1, Integer::sum);
            How how = answers ? How.ANSWERED : How.LOST;
            at(
                    answers ? done + between(0, 5) : wire + between(0, 900),
                    () -> passed.permits()
                            .forEach(each -> gated(each.passing())
                                    .tell(new GateMessage.Ended(
                                            each.id(), how, answers ? History.news(random, 20 * pace) : null))));
        }
    }

    int sent() {
        return arrivals.size();
    }

    int mostInAWindow(Duration per) {
        long window = per.toNanos();
        int most = 0;
        int first = 0;
        for (int last = 0; last < arrivals.size(); last++) {
            while (arrivals.get(last) - arrivals.get(first) >= window) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    double highestLevel(int aSecond) {
        double level = 0;
        double highest = 0;
        long before = 0;
        for (long arrival : arrivals) {
            level = Math.max(0, level - (arrival - before) * aSecond / 1e9) + 1;
            highest = Math.max(highest, level);
            before = arrival;
        }
        return highest;
    }

    /** Ends before beginnings at the same moment cannot be told apart, and do not matter. */
    int mostAtOnce() {
        int open = 0;
        int most = 0;
        for (int change : changes.values()) {
            open += change;
            most = Math.max(most, open);
        }
        return most;
    }
}
