package dev.tournant.cluster.schedule;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * The value of a poll from which it is made, and the rate of calls. Each poll moves the threshold a little so that about
 * the square root of all resources are worth a poll and wait: enough to choose among, and little enough that what is chosen
 * was worth it only just now. So it follows a change of the budget without being told.
 */
final class Price {
    private static final double FIRST = 0.02;
    private static final double STEP = 2;
    private static final double STEP_MAX = 0.1;
    private static final double RATE_CALLS_MIN = 20;

    /** Below it no poll is made, whatever the budget. */
    final double least;

    private double threshold;
    private double expected;

    /** Polls a second, each of which counts as if it found nothing changed. */
    double callsPerSecond;

    private double calls;
    private double since = Double.NaN;
    private double took;
    private double tookUnchanged;

    Price(double callsPerSecond, double least) {
        this.expected = callsPerSecond;
        this.callsPerSecond = callsPerSecond;
        this.least = least;
    }

    /**
     * Before any poll, a fraction of the value of resources that change as often as each can be polled: too low does no harm,
     * as the most valuable goes first.
     */
    double threshold(int resources) {
        return Math.max(least, threshold > 0 ? threshold : Math.max(1, resources) / callsPerSecond * FIRST);
    }

    /**
     * A poll was begun while so many were ready. Of those that are ready for their age nobody knows whether they are worth it: where it
     * depends on them whether there are too many or too few, nothing is concluded.
     *
     * @param aged how many of them are ready for their age, whatever they are worth
     */
    void polled(int ready, int aged, int resources) {
        double wanted = Math.sqrt(resources);
        double many = Math.max(ready - aged, Math.min(ready, wanted));
        double excess = Math.max(-1, Math.min(1, (many - wanted) / wanted));
        threshold = threshold(resources) * Math.exp(Math.min(STEP_MAX, STEP / resources) * excess);
    }

    /**
     * What the pool admits, by what its limits say: it is believed until calls were made. What was measured then moves as the limits
     * do; to measure it anew takes a poll of each resource, and those are few where a limit has become a tenth.
     */
    void expects(double newCallsPerSecond) {
        callsPerSecond = calls == 0 ? newCallsPerSecond : callsPerSecond * newCallsPerSecond / expected;
        expected = newCallsPerSecond;
    }

    /**
     * So many calls were made: the rate is a mean over about as many calls as there are resources. What was expected counts as the first
     * of them, so that calls which were saved up and are made at once say little.
     */
    void made(double more, int resources, double now) {
        if (Double.isNaN(since)) {
            since = now;
            return;
        }
        double most = Math.max(more, Math.max(RATE_CALLS_MIN, resources));
        calls = Math.min(Math.max(RATE_CALLS_MIN, calls) + more, most);
        double seconds = (calls - more) / callsPerSecond + Math.max(0, now - since);
        callsPerSecond = calls / Math.max(1e-9, seconds);
        since = now;
    }

    /** A poll that would have taken some calls if nothing had changed took so many: a mean over about as many polls as resources. */
    void took(double made, double unchanged, int resources) {
        double keep = 1 - 1 / Math.max(RATE_CALLS_MIN, resources);
        took = took * keep + made;
        tookUnchanged = tookUnchanged * keep + unchanged;
    }

    /** Calls a second, with those that are made because something has changed. */
    double allCallsPerSecond() {
        return tookUnchanged > 0 ? callsPerSecond * took / tookUnchanged : callsPerSecond;
    }

    /** There is nothing to poll: the time until the next call says nothing about the rate. */
    void idle() {
        since = Double.NaN;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeDouble(threshold);
        out.writeDouble(callsPerSecond);
        out.writeDouble(calls);
    }

    void read(DataInputStream in) throws IOException {
        threshold = in.readDouble();
        callsPerSecond = in.readDouble();
        calls = in.readDouble();
    }
}
