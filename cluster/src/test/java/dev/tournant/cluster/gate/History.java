package dev.tournant.cluster.gate;

import dev.tournant.adapter.Lane;
import dev.tournant.adapter.News;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Supplier;

/**
 * One history of calls, made to do harm: bursts, permits used at the last moment, calls that the partner counts together
 * long after they were sent, answers that come late, in disorder or never, holders that follow one another, and clocks
 * that run as unlike as they may. It keeps to what {@link PoolSpec} relies on, and to nothing else.
 */
final class History {
    /** Who holds the pool first. */
    interface First {
        Keeper keeper(PoolSpec spec, long now);
    }

    private static final int CALLS = 60;
    private static final long MILLI = 1_000_000;

    private record Step(long at, long order, Runnable does) implements Comparable<Step> {
        @Override
        public int compareTo(Step other) {
            return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
        }
    }

    private final Random random;
    private final PoolSpec spec;
    private final boolean holdersChange;
    private final Partner partner;
    private final PriorityQueue<Step> steps = new PriorityQueue<>();
    private final Map<Long, Long> askedAt = new HashMap<>();
    private final double callerRate;

    private Keeper keeper;
    private double rate;
    private long offset;
    private boolean isHeld = true;
    private long steppedTo;
    private long orders;
    private int granted;
    private int refused;

    History(long seed, PoolSpec spec, First first, boolean holdersChange) {
        this.random = new Random(seed);
        this.spec = spec;
        this.holdersChange = holdersChange;
        this.partner = new Partner(clock());
        this.callerRate = clock();
        newClock();
        this.keeper = first.keeper(spec, now());
    }

    static PoolSpec spec(long seed, List<Rule> rules) {
        Random random = new Random(~seed);
        Map<Lane, Integer> waiting = new HashMap<>();
        for (Lane lane : Lane.values()) {
            waiting.put(lane, random.nextInt(8));
        }
        double[] errors = {0, 0.0002, 0.05};
        return new PoolSpec(
                "history",
                rules,
                Duration.ofMillis(20 + random.nextInt(600)),
                Duration.ofMillis(random.nextInt(80)),
                Duration.ofMillis(random.nextInt(2_000)),
                errors[random.nextInt(errors.length)],
                waiting,
                0.1 + 0.9 * random.nextDouble());
    }

    /** A clock as fast or as slow as one may be, or in between. */
    private double clock() {
        double[] shares = {0, 1, random.nextDouble()};
        return 1 + spec.clockError() * 0.999_999 * shares[random.nextInt(3)];
    }

    private void newClock() {
        rate = clock();
        offset = random.nextLong() >> 8;
    }

    private long now() {
        return (long) (steppedTo * rate) + offset;
    }

    private void at(long time, Runnable does) {
        steps.add(new Step(Math.max(time, steppedTo), orders++, does));
    }

    /** From 0 to {@code most}, often one of the two. */
    private long upTo(long most) {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> most;
            default -> most <= 0 ? 0 : (long) (random.nextDouble() * most);
        };
    }

    Partner run() {
        long time = 0;
        for (long id = 0; id < CALLS; id++) {
            time += random.nextInt(3) == 0 ? upTo(800 * MILLI) : 0;
            long asked = id;
            at(time, () -> ask(asked));
        }
        for (int i = 0; holdersChange && i < 3; i++) {
            at((long) (random.nextDouble() * time), random.nextBoolean() ? this::handOver : this::takeOver);
        }
        for (long tick = Long.MAX_VALUE; !steps.isEmpty(); tick = isHeld ? nextTick() : Long.MAX_VALUE) {
            if (tick < steps.element().at) {
                // Sometimes a little late; never too early twice, should clocks be rounded so.
                steppedTo = tick + random.nextInt(2);
                verdicts(keeper.tick(now()));
            } else {
                Step step = steps.remove();
                steppedTo = Math.max(steppedTo, step.at);
                step.does.run();
            }
        }
        return partner;
    }

    private long nextTick() {
        long next = keeper.nextTick(now());
        return next == Long.MAX_VALUE ? next : Math.max(steppedTo, (long) Math.ceil((next - offset) / rate));
    }

    private void ask(long id) {
        askedAt.put(id, steppedTo);
        Lane lane = Lane.values()[random.nextInt(Lane.values().length)];
        at(steppedTo + upTo(spec.permitLife().toNanos() / 2), () -> {
            if (isHeld) {
                verdicts(keeper.ask(new Wish(id, lane, now() + upTo(3_000 * MILLI)), now()));
            }
        });
    }

    private void verdicts(List<Verdict> verdicts) {
        for (Verdict verdict : verdicts) {
            if (verdict instanceof Verdict.Grant grant) {
                granted++;
                use(grant.id());
            } else {
                refused++;
            }
        }
    }

    private void use(long id) {
        long asked = askedAt.get(id);
        long goodUntil = asked + (long) (spec.permitLife().toNanos() / callerRate);
        long left = goodUntil - steppedTo;
        if (left <= 0 || random.nextInt(10) == 0) {
            at(steppedTo + upTo(200 * MILLI), () -> ended(id, End.UNUSED));
            return;
        }
        long sent = steppedTo + upTo(left) + upTo((long) (spec.pause().toNanos() / callerRate));
        at(sent, () -> send(id));
    }

    private void send(long id) {
        long life = (long) (spec.requestLife().toNanos() / callerRate);
        // Calls that are under way at the same time are often counted at the same time.
        long together = (steppedTo / (700 * MILLI) + 1) * 700 * MILLI;
        boolean joins = random.nextBoolean() && together <= steppedTo + life;
        long counted = joins ? together : steppedTo + upTo(life);
        long through = Math.min(steppedTo + life, counted + upTo(300 * MILLI));
        boolean arrives = random.nextInt(20) != 0;
        if (arrives) {
            at(counted, () -> partner.counts(counted, Math.max(counted + 1, through)));
        }
        switch (random.nextInt(6)) {
            case 0 -> at(steppedTo + upTo(2 * life), () -> ended(id, End.LOST));
            case 1 -> {
                // Nobody ever says what became of it.
            }
            default -> {
                if (arrives) {
                    at(through + 1 + upTo(400 * MILLI), () -> ended(id, new End.Answered(news(random, 12))));
                }
            }
        }
    }

    /** What an answer tells: mostly nothing, else, in three of so many, that it was refused or how many are left. */
    static News news(Random random, int of) {
        return switch (random.nextInt(of)) {
            case 0 -> News.REFUSED;
            case 1 -> News.refusedFor(Duration.ofMillis(random.nextInt(500)));
            case 2 ->
                new News(
                        false,
                        Duration.ZERO,
                        random.nextInt(12),
                        random.nextInt(12),
                        Duration.ofMillis(random.nextInt(900)));
            default -> News.NONE;
        };
    }

    private void ended(long id, End end) {
        if (isHeld) {
            verdicts(keeper.ended(id, end, now()));
        }
    }

    private void handOver() {
        if (isHeld) {
            long last = now();
            become(() -> keeper.handedOver(spec, last, now()));
        }
    }

    private void takeOver() {
        if (isHeld) {
            become(() -> keeper.takenOver(spec, now()));
        }
    }

    private void become(Supplier<Keeper> next) {
        isHeld = false;
        at(steppedTo + upTo(500 * MILLI), () -> {
            newClock();
            keeper = next.get();
            isHeld = true;
        });
    }

    int granted() {
        return granted;
    }

    int refused() {
        return refused;
    }
}
