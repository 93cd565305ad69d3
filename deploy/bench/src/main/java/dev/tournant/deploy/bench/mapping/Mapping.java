package dev.tournant.deploy.bench.mapping;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs {@link MappingBench} and prints MB/s, bytes allocated for a byte read, and the ratio to the mapping by hand. */
public final class Mapping {
    private static final double GOAL = 1.5;

    private Mapping() {}

    /** Whether the lenses keep within the goal at every size. */
    public static boolean run(int forks, int iterations) {
        Collection<RunResult> results;
        try {
            results = new Runner(new OptionsBuilder()
                            .include(MappingBench.class.getName())
                            .forks(forks)
                            .warmupIterations(5)
                            .warmupTime(TimeValue.seconds(2))
                            .measurementIterations(iterations)
                            .measurementTime(TimeValue.seconds(2))
                            .jvmArgs("-XX:+UseSerialGC", "-Xmx1g", "-Xmn512m")
                            .addProfiler(GCProfiler.class)
                            .verbosity(VerboseMode.SILENT)
                            .build())
                    .run();
        } catch (RunnerException e) {
            throw new IllegalStateException(e);
        }
        return print(results);
    }

    private static boolean print(Collection<RunResult> results) {
        Map<String, Double> micros = new TreeMap<>();
        boolean good = true;
        System.out.printf(
                Locale.ROOT, "%-8s %-10s %12s %10s %14s %10s%n", "dishes", "how", "us", "MB/s", "alloc/byte", "x hand");
        for (RunResult each : results) {
            micros.put(key(each), each.getPrimaryResult().getScore());
        }
        for (RunResult each : results) {
            String dishes = each.getParams().getParam("dishes");
            double took = each.getPrimaryResult().getScore();
            boolean isToast = name(each).toLowerCase(Locale.ROOT).contains("toast");
            int items = Integer.parseInt(dishes);
            int bytes = (isToast ? ToastPages.page(items) : SquarePages.page(items)).length;
            double ratio = isToast ? Double.NaN : took / micros.getOrDefault(dishes + " byHand", Double.NaN);
            System.out.printf(
                    Locale.ROOT,
                    "%-8s %-10s %12.0f %10.1f %14.1f %10s%n",
                    dishes,
                    name(each),
                    took,
                    bytes / took,
                    allocated(each) / bytes,
                    isToast ? "" : String.format(Locale.ROOT, "%.2f", ratio));
            good &= !name(each).equals("square") || ratio <= GOAL;
        }
        System.out.printf(Locale.ROOT, "goal: the lenses within %.1f x of the mapping by hand%n", GOAL);
        return good;
    }

    private static String key(RunResult result) {
        return result.getParams().getParam("dishes") + " " + name(result);
    }

    private static String name(RunResult result) {
        String benchmark = result.getParams().getBenchmark();
        return benchmark.substring(benchmark.lastIndexOf('.') + 1);
    }

    /** Bytes for one page. */
    @SuppressWarnings("rawtypes") // so JMH's own signature has it
    private static double allocated(RunResult result) {
        for (Map.Entry<String, Result> each : result.getSecondaryResults().entrySet()) {
            if (each.getKey().endsWith("gc.alloc.rate.norm")) {
                return each.getValue().getScore();
            }
        }
        return Double.NaN;
    }
}
