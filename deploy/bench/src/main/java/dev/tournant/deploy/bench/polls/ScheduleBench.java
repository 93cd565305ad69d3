package dev.tournant.deploy.bench.polls;

import dev.tournant.cluster.schedule.PollSchedule;
import dev.tournant.cluster.schedule.ResourceClass;
import dev.tournant.cluster.schedule.Traits;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One schedule with a million resources, one poll a change, recall .9, precision .8. {@code round} is a
 * webhook and a whole poll: next, started, polled.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ScheduleBench {
    static final int RESOURCES = 1_000_000;

    private static final double CALLS_PER_SECOND = RESOURCES / Trial.UNIT;
    private static final int DRAWN = 1 << 21;

    private final SplittableRandom random = new SplittableRandom(1);
    private PollSchedule schedule = schedule();
    private final int[] drawn = new int[DRAWN];
    private final boolean[] changed = new boolean[RESOURCES];
    private double now;
    private int next;

    /** CPU time of the measuring thread, as a wall clock says who else was there. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Cpu {
        public long cpuNanos;
        public long calls;
        private long began;

        @Setup(Level.Iteration)
        public void begin() {
            calls = 0;
            began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        }

        @TearDown(Level.Iteration)
        public void end() {
            cpuNanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began;
        }
    }

    static PollSchedule schedule() {
        return new PollSchedule(Learnt.settings(0.01, CALLS_PER_SECOND, Double.POSITIVE_INFINITY), 0);
    }

    static void fill(PollSchedule schedule, SplittableRandom random) {
        Traits traits =
                new Traits(new ResourceClass("partner", "menu", true, 0, Double.POSITIVE_INFINITY, 0.9), 1, 1, 1, 0);
        for (int i = 0; i < RESOURCES; i++) {
            schedule.addSeen(traits, -Trial.UNIT * random.nextDouble(), 0);
        }
    }

    /** After two polls a resource, when most has been learnt that is kept of each. */
    @Setup
    public void prepare() {
        schedule = schedule();
        fill(schedule, random);
        double[] rates = World.lognormal(RESOURCES, 1.5, Trial.UNIT, 1);
        double[] upTo = new double[RESOURCES];
        double sum = 0;
        for (int i = 0; i < RESOURCES; i++) {
            sum += rates[i];
            upTo[i] = sum;
        }
        for (int i = 0; i < DRAWN; i++) {
            int at = Arrays.binarySearch(upTo, random.nextDouble() * sum);
            drawn[i] = Math.min(RESOURCES - 1, at < 0 ? -at - 1 : at);
        }
        for (int i = 0; i < 2 * RESOURCES; i++) {
            webhook();
            decision();
        }
    }

    @Benchmark
    public int round(Cpu cpu) {
        cpu.calls++;
        webhook();
        return decision();
    }

    /** Whose change this is, and whether a webhook tells of it: both were drawn before. */
    @Benchmark
    public void webhook(Cpu cpu) {
        cpu.calls++;
        webhook();
    }

    private void webhook() {
        next = (next + 1) & (DRAWN - 1);
        int id = drawn[next];
        int lot = next % 100;
        if (lot < 82) {
            changed[id] = true;
        }
        if (lot >= 8) {
            schedule.signal(id, now, now);
        }
    }

    private int decision() {
        now += 1 / CALLS_PER_SECOND;
        int id = schedule.next(now);
        schedule.started(id, now);
        schedule.polled(id, now, changed[id], 1, now);
        changed[id] = false;
        return id;
    }
}
