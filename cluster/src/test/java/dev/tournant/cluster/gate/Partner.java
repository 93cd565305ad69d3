package dev.tournant.cluster.gate;

import java.util.ArrayList;
import java.util.List;

/** The partner that is called: it counts exactly, by its own clock, and knows afterwards whether a rule was ever broken. */
final class Partner {
    /** Times of the simulation are whole nanoseconds of another clock. */
    private static final double ROUNDING_NANOS = 4;

    /** A call: when it is counted, and when the partner is through with it. */
    private record Counted(long at, long through) {}

    private final double rate;
    private final List<Counted> counted = new ArrayList<>();

    /** @param rate of its clock, against that of the simulation */
    Partner(double rate) {
        this.rate = rate;
    }

    void counts(long at, long through) {
        counted.add(new Counted(at, through));
    }

    int calls() {
        return counted.size();
    }

    /** By how many calls a rule was broken at worst; 0 if it was kept. */
    int over(Rule rule) {
        if (rule instanceof Rule.Window window) {
            return Math.max(overSliding(window), overFixed(window));
        }
        return rule instanceof Rule.Bucket bucket ? overBucket(bucket) : overAtOnce(rule.calls());
    }

    private double[] times() {
        return counted.stream().mapToDouble(each -> each.at() * rate).sorted().toArray();
    }

    private int overSliding(Rule.Window rule) {
        double[] times = times();
        double span = rule.per().toNanos() - ROUNDING_NANOS;
        int worst = 0;
        int first = 0;
        for (int last = 0; last < times.length; last++) {
            while (times[first] <= times[last] - span) {
                first++;
            }
            worst = Math.max(worst, last - first + 1);
        }
        return Math.max(0, worst - rule.calls());
    }

    /** Windows that follow one another, beginning anywhere. */
    private int overFixed(Rule.Window rule) {
        double[] times = times();
        double span = rule.per().toNanos();
        int worst = 0;
        for (double phase = 0; phase < 1; phase += 0.125) {
            long window = Long.MIN_VALUE;
            int calls = 0;
            for (double time : times) {
                long in = (long) Math.floor(time / span + phase);
                calls = in == window ? calls + 1 : 1;
                window = in;
                worst = Math.max(worst, calls);
            }
        }
        return Math.max(0, worst - rule.calls());
    }

    private int overBucket(Rule.Bucket rule) {
        double each = (double) rule.per().toNanos() / rule.drained();
        double level = 0;
        double before = 0;
        double worst = 0;
        for (double time : times()) {
            level = Math.max(0, level - (time - before) / each) + 1;
            worst = Math.max(worst, level - ROUNDING_NANOS * counted.size() / each);
            before = time;
        }
        return (int) Math.max(0, Math.ceil(worst - rule.calls() - 1e-6));
    }

    private int overAtOnce(int most) {
        int worst = 0;
        for (Counted each : counted) {
            int atOnce = 0;
            for (Counted other : counted) {
                atOnce += other.at() <= each.at() && each.at() < other.through() ? 1 : 0;
            }
            worst = Math.max(worst, atOnce);
        }
        return Math.max(0, worst - most);
    }
}
