package dev.tournant.cluster.schedule;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * At what hours of its local day a class changes: a factor an hour, 1 on average, within a fourth and four times. Learnt
 * from webhooks and from polls less than half a day apart. Rates hold for time stretched by it; flat until a whole day was
 * seen.
 */
final class Rhythm {
    static final int HOURS = 24;
    private static final double HOUR = 3600;
    private static final double DAY = HOURS * HOUR;
    private static final double MOST = 4;

    /** So many changes in an hour's bin count as much as the guess that it is like all others. */
    private static final double GUESS = 30;

    private static final double EXPECTED_MIN = 10;
    private static final double EXPECTED_MAX = 5_000;
    private static final double FLAT = 0.1;
    private static final int NOTES = 256;
    private static final double INFORMATIVE = DAY / 2;

    private final double[] seen = new double[HOURS];
    private final double[] expected = new double[HOURS];

    private final double[] factor = new double[HOURS];
    private final double[] upTo = new double[HOURS + 1];
    private boolean flat = true;
    private int notes;

    Rhythm() {
        Arrays.fill(factor, 1);
        sum();
    }

    /** A webhook told of a change. */
    void signalled(double at) {
        seen[hour(at)]++;
        note();
    }

    /** Webhooks of such a rate were heard from one local time to another. */
    void heard(double from, double to, double rate) {
        if (rate > 0 && to - from <= INFORMATIVE) {
            spread(expected, from, to, rate, false);
            note();
        }
    }

    /** A poll told whether there was a change, of such a rate, from one local time to another. */
    void looked(double from, double to, double rate, boolean changed) {
        if (!(to - from <= INFORMATIVE) || to <= from) {
            return;
        }
        double foreseen = rate * elapsed(from, to);
        spread(expected, from, to, rate, false);
        if (changed) {
            double most = Math.min(foreseen / -Math.expm1(-foreseen), foreseen + 1);
            spread(seen, from, to, most / Math.max(1e-9, elapsed(from, to)), true);
        }
        note();
    }

    private void spread(double[] bins, double from, double to, double rate, boolean stretched) {
        double t = from;
        while (t < to) {
            double end = Math.min(to, (Math.floor(t / HOUR) + 1) * HOUR);
            int hour = hour(t);
            bins[hour] += rate * (end - t) * (stretched ? factor[hour] : 1);
            t = end;
        }
    }

    private void note() {
        if (++notes % NOTES == 0) {
            refit();
        }
    }

    /** Works out the factors from what was seen and expected. */
    void refit() {
        double most = 0;
        double least = Double.POSITIVE_INFINITY;
        double all = 0;
        double scarce = Double.POSITIVE_INFINITY;
        for (int h = 0; h < HOURS; h++) {
            scarce = Math.min(scarce, expected[h]);
            factor[h] = Math.max(1 / MOST, Math.min(MOST, (GUESS + seen[h]) / (GUESS + expected[h])));
            all += factor[h];
        }
        for (int h = 0; h < HOURS; h++) {
            factor[h] *= HOURS / all;
            most = Math.max(most, factor[h]);
            least = Math.min(least, factor[h]);
            if (expected[h] > EXPECTED_MAX) {
                seen[h] /= 2;
                expected[h] /= 2;
            }
        }
        flat = scarce < EXPECTED_MIN || most - least < FLAT;
        sum();
    }

    private void sum() {
        for (int h = 0; h < HOURS; h++) {
            upTo[h + 1] = upTo[h] + factor[h] * HOUR;
        }
    }

    double factor(int hour) {
        return flat ? 1 : factor[hour];
    }

    /** Stretched seconds from one local time to another. */
    double elapsed(double from, double to) {
        return flat ? to - from : stretched(to) - stretched(from);
    }

    /** The local time by which so many stretched seconds have passed. */
    double after(double from, double seconds) {
        if (flat || seconds == Double.POSITIVE_INFINITY) {
            return from + seconds;
        }
        double wanted = stretched(from) + seconds;
        double days = Math.floor(wanted / DAY);
        double rest = wanted - days * DAY;
        int h = 0;
        while (h < HOURS - 1 && upTo[h + 1] <= rest) {
            h++;
        }
        return Math.max(from, days * DAY + h * HOUR + (rest - upTo[h]) / factor[h]);
    }

    private double stretched(double at) {
        double days = Math.floor(at / DAY);
        double rest = at - days * DAY;
        int h = Math.min(HOURS - 1, (int) (rest / HOUR));
        return days * DAY + upTo[h] + (rest - h * HOUR) * factor[h];
    }

    private static int hour(double at) {
        double rest = at - Math.floor(at / DAY) * DAY;
        return Math.min(HOURS - 1, (int) (rest / HOUR));
    }

    void write(DataOutputStream out) throws IOException {
        for (int h = 0; h < HOURS; h++) {
            out.writeDouble(seen[h]);
            out.writeDouble(expected[h]);
        }
    }

    void read(DataInputStream in) throws IOException {
        for (int h = 0; h < HOURS; h++) {
            seen[h] = in.readDouble();
            expected[h] = in.readDouble();
        }
        refit();
    }
}
