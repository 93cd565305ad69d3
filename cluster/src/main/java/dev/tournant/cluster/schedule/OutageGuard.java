package dev.tournant.cluster.schedule;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Notices when the webhooks of a class have broken down: none for much longer than they ever took. Until the next one all
 * changes of the class count as silent.
 */
public final class OutageGuard {
    /** A Poisson stream is silent for so many mean gaps once in half a milliard. */
    private static final double GAPS = 20;

    /** Streams that come in bursts or rest at night have shown longer gaps before. */
    private static final double LONGEST = 2;

    private static final double FORGET = 1.0 / 50;

    /** The longest gap is forgotten over so many times its own length. */
    private static final double FORGET_LONGEST = 200;

    private static final int HEARD_MIN = 20;

    /** Webhooks within so many seconds are one: a menu that is published sends hundreds. */
    private static final double GRAIN = 1;

    private static final double MOST_BORNE = 6 * 3600;

    /** Beyond that it is no outage but how things are, and is learnt as such. */
    private static final double MOST_SECONDS = 3 * 86_400;

    private long heard;
    private double last = Double.NaN;
    private double gap;
    private double longest;

    /** The outage under way or the last one; NaN: none. */
    private double began = Double.NaN;

    private double ended = Double.NaN;

    /** Others say so of the outage under way, who hear more. */
    private boolean isTold;

    /** A webhook came. */
    public void heard(double now) {
        boolean wasOn = isOn();
        if (wasOn) {
            ended = now;
            isTold = false;
        }
        double quiet = now - last;
        if (quiet < GRAIN) {
            return;
        }
        if (heard++ > 0) {
            if (wasOn) {
                // If it was none, the next of its kind will be borne.
                longest = Math.max(longest, Math.min(quiet, MOST_BORNE) / LONGEST);
            } else {
                gap += (quiet - gap) * Math.max(FORGET, 1.0 / heard);
                longest = Math.max(quiet, longest * Math.max(0, 1 - quiet / (FORGET_LONGEST * longest + GRAIN)));
            }
        }
        last = now;
    }

    /** Whether they are down; to be asked now and then. */
    public boolean isSilent(double now) {
        double quiet = now - last;
        if (isOn()) {
            if (!isTold && quiet > MOST_SECONDS) {
                ended = now;
                heard = 0;
            }
        } else if (heard >= HEARD_MIN && quiet > Math.max(GAPS * gap, LONGEST * longest)) {
            began = last;
            ended = Double.NaN;
        }
        return isOn();
    }

    /** When the outage under way or the last one began; NaN without any. */
    public double began() {
        return began;
    }

    /**
     * Others say whether they are down, who hear more of them.
     *
     * @param since when; NaN if they are not
     */
    void told(double since, double now) {
        if (isOn()) {
            ended = isTold && Double.isNaN(since) ? now : Double.NaN;
        } else if (!Double.isNaN(since)) {
            began = Double.isNaN(last) ? since : Math.max(last, since);
            ended = Double.NaN;
            isTold = true;
        }
    }

    boolean isOn() {
        return !Double.isNaN(began) && Double.isNaN(ended);
    }

    /** Seconds of the outage under way or the last one, within a time. */
    double within(double from, double to) {
        if (Double.isNaN(began)) {
            return 0;
        }
        double end = isOn() ? to : Math.min(to, ended);
        return Math.max(0, end - Math.max(from, began));
    }

    /** As by a clock that is so many seconds behind. */
    void earlier(double seconds) {
        last -= seconds;
        began -= seconds;
        ended -= seconds;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeLong(heard);
        out.writeDouble(last);
        out.writeDouble(gap);
        out.writeDouble(longest);
        // What others say they will say again.
        out.writeDouble(isTold ? Double.NaN : began);
        out.writeDouble(ended);
    }

    void read(DataInputStream in) throws IOException {
        heard = in.readLong();
        last = in.readDouble();
        gap = in.readDouble();
        longest = in.readDouble();
        began = in.readDouble();
        ended = in.readDouble();
    }
}
