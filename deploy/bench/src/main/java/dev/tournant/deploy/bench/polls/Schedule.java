package dev.tournant.deploy.bench.polls;

import dev.tournant.cluster.poll.ManyNames;
import dev.tournant.cluster.schedule.PollSchedule;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** {@code deploy/bench/run schedule}: what a decision and a webhook cost with a million resources, and the memory of one. */
public final class Schedule {
    private static final double DECISION_MICROS = 5;
    private static final double WEBHOOK_MICROS = 1;
    private static final double BYTES = 200;
    private static final double NANOS = 1_000;
    private static final int MERCHANTS = 200_000;

    private Schedule() {}

    /** Whether all stay within their bars. */
    public static boolean run(int forks, int iterations) {
        Verdicts verdicts = new Verdicts();
        verdicts.atMost("bytes a resource", bytes(), BYTES);
        System.out.printf(
                Locale.ROOT,
                "bytes a resource of all that a poller keeps, names among it: %.0f; with business hours %.0f%n",
                named(false),
                named(true));
        Map<String, Double> micros = new TreeMap<>();
        System.out.println("filling schedules and letting them learn: half a minute each");
        for (RunResult each : measured(forks, iterations)) {
            String name = each.getParams().getBenchmark();
            micros.put(
                    name.substring(name.lastIndexOf('.') + 1), score(each, "cpuNanos") / score(each, "calls") / NANOS);
        }
        double webhook = micros.getOrDefault("webhook", Double.NaN);
        double round = micros.getOrDefault("round", Double.NaN);
        verdicts.atMost("us of CPU a webhook, 10^6 resources", webhook / 0.92, WEBHOOK_MICROS);
        verdicts.atMost("us of CPU a decision, 10^6 resources", round - webhook, DECISION_MICROS);
        return verdicts.print();
    }

    private static double score(RunResult result, String counter) {
        return Objects.requireNonNull(result.getSecondaryResults().get(counter), counter)
                .getScore();
    }

    /** As the heap has it, after filling and a full collection. */
    private static double bytes() {
        long before = used();
        PollSchedule schedule = ScheduleBench.schedule();
        ScheduleBench.fill(schedule, new SplittableRandom(1));
        long after = used();
        if (schedule.size() != ScheduleBench.RESOURCES) {
            throw new IllegalStateException("the schedule lost resources");
        }
        return (after - before) / (double) ScheduleBench.RESOURCES;
    }

    /** The same of a whole timetable, names and all. */
    private static double named(boolean hours) {
        long before = used();
        ManyNames names = new ManyNames(MERCHANTS, hours);
        long after = used();
        return (after - before) / (double) names.resources();
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static Collection<RunResult> measured(int forks, int iterations) {
        try {
            return new Runner(new OptionsBuilder()
                            .include(ScheduleBench.class.getName())
                            .forks(forks)
                            .warmupIterations(2)
                            .warmupTime(TimeValue.seconds(2))
                            .measurementIterations(iterations)
                            .measurementTime(TimeValue.seconds(2))
                            .jvmArgs("-XX:+UseSerialGC", "-Xmx1g")
                            .verbosity(VerboseMode.SILENT)
                            .build())
                    .run();
        } catch (RunnerException e) {
            throw new IllegalStateException(e);
        }
    }
}
