package dev.tournant.deploy.faults.gates;

import java.util.Arrays;

/**
 * What a partner saw of one pool, against a limit of so many calls in any span of a length, wherever it begins.
 *
 * @param calls all that were counted
 * @param most in any one window
 * @param over windows that hold more than the limit, of those that begin with a counted call
 */
record Windows(int calls, int most, int over) {
    /** @param times when each call was counted, in any order, in nanoseconds of one clock */
    static Windows of(long[] times, int limit, long windowNanos) {
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        int most = 0;
        int over = 0;
        int end = 0;
        for (int begin = 0; begin < sorted.length; begin++) {
            // Half open: a call exactly one window later is in the next one.
            while (end < sorted.length && sorted[end] - sorted[begin] < windowNanos) {
                end++;
            }
            most = Math.max(most, end - begin);
            over += end - begin > limit ? 1 : 0;
        }
        return new Windows(sorted.length, most, over);
    }
}
