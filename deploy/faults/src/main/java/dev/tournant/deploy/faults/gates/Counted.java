package dev.tournant.deploy.faults.gates;

import dev.tournant.adapter.Limit;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What a partner saw of one limit.
 *
 * @param calls all that were counted
 * @param most in any one window, in the bucket, or there at one time
 * @param over windows that hold more than the limit, of those that begin with a counted call; or calls that flowed over, or
 *     came when as many were there as may be
 */
record Counted(int calls, int most, int over) {
    /** Levels are sums of many parts of a call. */
    private static final double ROUNDING = 1e-6;

    /** @param stays of all calls that count for it, in any order */
    static Counted of(Limit limit, List<Stay> stays) {
        Duration per = limit.per();
        if (per == null) {
            return atOnce(stays, limit.calls());
        }
        long[] times = stays.stream()
                .filter(Stay::isCounted)
                .mapToLong(Stay::counted)
                .sorted()
                .toArray();
        Integer burst = limit.burst();
        return burst == null
                ? inWindows(times, limit.calls(), per.toNanos())
                : inABucket(times, burst, (double) limit.calls() / per.toNanos());
    }

    private static Counted inWindows(long[] times, int limit, long windowNanos) {
        int most = 0;
        int over = 0;
        int end = 0;
        for (int begin = 0; begin < times.length; begin++) {
            // Half open: a call exactly one window later is in the next one.
            while (end < times.length && times[end] - times[begin] < windowNanos) {
                end++;
            }
            most = Math.max(most, end - begin);
            over += end - begin > limit ? 1 : 0;
        }
        return new Counted(times.length, most, over);
    }

    private static Counted inABucket(long[] times, int burst, double drainedANano) {
        double level = 0;
        double most = 0;
        int over = 0;
        long before = 0;
        for (long time : times) {
            level = Math.max(0, level - (time - before) * drainedANano) + 1;
            most = Math.max(most, level);
            over += level > burst + ROUNDING ? 1 : 0;
            before = time;
        }
        return new Counted(times.length, (int) Math.ceil(most - ROUNDING), over);
    }

    /** From its arrival until it is answered: one that goes as another comes was not there with it. */
    private static Counted atOnce(List<Stay> stays, int limit) {
        long[] begins = stays.stream().mapToLong(Stay::arrived).sorted().toArray();
        long[] ends = stays.stream().mapToLong(Stay::answered).toArray();
        Arrays.sort(ends);
        int most = 0;
        int over = 0;
        int gone = 0;
        for (int come = 0; come < begins.length; come++) {
            while (gone < come && ends[gone] <= begins[come]) {
                gone++;
            }
            most = Math.max(most, come + 1 - gone);
            over += come + 1 - gone > limit ? 1 : 0;
        }
        return new Counted(begins.length, most, over);
    }
}
