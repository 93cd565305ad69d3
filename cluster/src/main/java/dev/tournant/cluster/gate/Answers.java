package dev.tournant.cluster.gate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How many answers came within the last span: a ring of points in time, each with a number of answers.
 *
 * <p>A limit of up to {@value #POINTS_MAX} calls has a point for each answer. A larger one has a point for all answers
 * of one grain, a {@value #POINTS_MAX}th of the span, and the point is the last of them: all of a grain count until
 * its last one is too old, so answers count up to a grain too long and never too short.
 */
final class Answers {
    static final int POINTS_MAX = 1_024;

    private final long span;
    private final long grain;
    private long[] times;
    private int[] counts;
    private int head;
    private int size;
    private int total;
    /** Where the last point began. */
    private long begun;

    /** @param calls how many there may be at once */
    Answers(int calls, long span) {
        this.span = span;
        this.grain = calls <= POINTS_MAX ? 0 : span / POINTS_MAX;
        this.times = new long[Math.min(calls, 16)];
        this.counts = new int[times.length];
    }

    /** Answers that came at a time; what is earlier than the ones before is taken to be as late as they are. */
    void add(long time, int calls) {
        total += calls;
        if (size > 0) {
            int last = at(size - 1);
            long at = Math.max(time, times[last]);
            if (at - begun <= grain) {
                times[last] = at;
                counts[last] += calls;
                return;
            }
            push(at, calls);
        } else {
            push(time, calls);
        }
    }

    private void push(long time, int calls) {
        if (size == times.length) {
            grow();
        }
        int free = at(size++);
        times[free] = time;
        counts[free] = calls;
        begun = time;
    }

    private void grow() {
        long[] allTimes = new long[2 * size];
        int[] allCounts = new int[2 * size];
        int first = size - head;
        System.arraycopy(times, head, allTimes, 0, first);
        System.arraycopy(times, 0, allTimes, first, head);
        System.arraycopy(counts, head, allCounts, 0, first);
        System.arraycopy(counts, 0, allCounts, first, head);
        times = allTimes;
        counts = allCounts;
        head = 0;
    }

    private int at(int index) {
        int place = head + index;
        return place < times.length ? place : place - times.length;
    }

    /** How many came within the span before now. */
    int count(long now) {
        while (size > 0 && times[head] + span <= now) {
            total -= counts[head];
            head = at(1);
            size--;
        }
        return total;
    }

    /** When the oldest {@code many} no longer count; {@code many} is from 1 to as many as there are. */
    long expiry(int many) {
        int left = many;
        for (int i = 0; i < size; i++) {
            left -= counts[at(i)];
            if (left <= 0) {
                return times[at(i)] + span;
            }
        }
        throw new IllegalArgumentException("there are " + total + " answers, not " + many);
    }

    /** The oldest first. */
    List<Ledger.Answered> ages(long now) {
        List<Ledger.Answered> ages = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            ages.add(new Ledger.Answered(now - times[at(i)], counts[at(i)]));
        }
        return ages;
    }

    @Override
    public String toString() {
        return total + " at " + Arrays.toString(times);
    }
}
