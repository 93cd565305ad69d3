package dev.tournant.cluster.schedule;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * What is believed of each resource, learnt from two things only: when its webhooks came, and whether polls found it
 * changed. Two explanations are kept side by side. By the first its webhooks work: they tell of most changes, silent ones
 * come at a rate in proportion to its signals, and a share of the signals is true. By the second they do not: signals say
 * nothing, all changes are silent. Each look tells how well either foretold it; what goes into the index is their mean.
 *
 * <p>Counts are kept as what looks have added to the class's prior, so that a better prior moves all beliefs. One line of
 * floats a resource, to touch one or two lines of cache.
 */
final class Beliefs {
    static final int LINE = 16;

    private static final int SILENT = 0;
    private static final int SILENT_SECONDS = 1;
    private static final int ALL = 2;
    private static final int ALL_SECONDS = 3;
    private static final int HITS = 4;
    private static final int MISSES = 5;
    private static final int WORKS_LOG = 6;
    private static final int SIGNALS = 7;
    private static final int SECONDS = 8;
    private static final int SILENT_RATE = 9;
    private static final int PRECISION = 10;
    private static final int SIGNAL_RATE = 11;
    private static final int WORKS = 12;
    private static final int POOLED_CHANGES = 13;
    private static final int POOLED_LOG = 14;
    private static final int POOLED_WORKS = 15;

    /** How alike the odds of silent to signalled changes are among resources whose webhooks work: a gamma's shape. */
    private static final double ODDS_SHAPE = 2;

    /** How alike precisions are: so many signals that were looked into. */
    private static final double PRECISION_WEIGHT = 5;

    /** How alike signal rates are. */
    private static final double SIGNALS_SHAPE = 0.7;

    /** Two looks closer than that say no more: partners and clocks are no finer. */
    private static final double SECONDS_MIN = 1;

    private static final double LOG_MAX = 12;
    private static final double RATE_MIN = 1e-12;

    private float[] lines = new float[0];
    private final double forgetHalfLife;

    private final RateBelief silent = new RateBelief();
    private final RateBelief all = new RateBelief();
    private final ShareBelief truth = new ShareBelief();

    Beliefs(double forgetHalfLife) {
        this.forgetHalfLife = forgetHalfLife;
    }

    void reserve(int ids) {
        lines = Arrays.copyOf(lines, ids * LINE);
    }

    long bytes() {
        return 4L * lines.length;
    }

    /** A resource of which nothing is known but its class. */
    void born(int id, Pooling pool) {
        blank(id);
        weigh(id, pool, 0);
    }

    void gone(int id, Pooling pool) {
        unpool(id * LINE, pool);
    }

    void signalled(int id, Pooling pool) {
        int line = id * LINE;
        if (lines[line + SIGNALS] == 0) {
            pool.signals(1, lines[line + SECONDS]);
        } else {
            pool.signals(1, 0);
        }
        lines[line + SIGNALS]++;
    }

    /** Time went by in which its webhooks were heard, whether any came or not. */
    void heard(int id, double seconds, Pooling pool) {
        int line = id * LINE;
        if (lines[line + SIGNALS] > 0) {
            pool.signals(0, seconds);
        }
        lines[line + SECONDS] += (float) seconds;
    }

    /** A poll tells what became of so many seconds with so many signals; call {@link #heard} before. */
    void looked(int id, double sinceLast, int signals, boolean changed, Pooling pool) {
        int line = id * LINE;
        double seconds = Math.max(SECONDS_MIN, sinceLast);
        prepare(line, pool, 0);
        double quiet = silent.nothing(seconds);
        double untold = truth.none(signals);
        double unchangedIfWorking = quiet * untold;
        double unchangedIfNot = all.nothing(seconds);
        double works = lines[line + WORKS];
        pool(pool, works, signalRate(line, pool, 0), seconds, signals, changed ? 1 - unchangedIfWorking : 0);
        double silentShape = silent.shape();
        double silentSeconds = silent.seconds();
        double allShape = all.shape();
        double allSeconds = all.seconds();
        double hits = truth.hits();
        double misses = truth.misses();
        double evidence;
        if (changed) {
            silent.changed(seconds, untold);
            all.changed(seconds, 1);
            truth.changed(signals, quiet);
            evidence = Math.log(Math.max(1e-9, 1 - unchangedIfWorking)) - Math.log(Math.max(1e-9, 1 - unchangedIfNot));
        } else {
            silent.unchanged(seconds);
            all.unchanged(seconds);
            truth.unchanged(signals);
            evidence = Math.log(Math.max(1e-9, unchangedIfWorking)) - Math.log(Math.max(1e-9, unchangedIfNot));
        }
        double keep =
                forgetHalfLife == Double.POSITIVE_INFINITY ? 1 : Math.exp(-Math.log(2) * seconds / forgetHalfLife);
        add(line + SILENT, keep, silent.shape() - silentShape);
        add(line + SILENT_SECONDS, keep, silent.seconds() - silentSeconds);
        add(line + ALL, keep, all.shape() - allShape);
        add(line + ALL_SECONDS, keep, all.seconds() - allSeconds);
        add(line + HITS, keep, truth.hits() - hits);
        add(line + MISSES, keep, truth.misses() - misses);
        add(line + WORKS_LOG, keep, evidence);
        lines[line + WORKS_LOG] = (float) Math.max(-LOG_MAX, Math.min(LOG_MAX, lines[line + WORKS_LOG]));
        add(line + SIGNALS, keep, 0);
        add(line + SECONDS, keep, 0);
        weigh(id, pool, 0);
        unpool(line, pool);
        pool(line, pool);
    }

    /** What is to be expected of the silent changes and true signals of a look (EM), for the class. */
    private void pool(Pooling pool, double works, double signalRate, double seconds, int signals, double foreseen) {
        double share = foreseen > 0 ? works / Math.max(1e-6, foreseen) : 0;
        double silentChanges = Math.min(share * silent.mean() * seconds, works * (1 + silent.mean() * seconds));
        double hits = Math.min(share * truth.mean(), works) * signals;
        pool.look(hits, works * signals - hits, silentChanges, works * signalRate * truth.mean() * seconds);
    }

    private void add(int at, double keep, double more) {
        lines[at] = (float) (lines[at] * keep + more);
    }

    /**
     * Draws the conclusions that the index needs.
     *
     * @param unheardOf seconds since the last look, in which its webhooks were heard
     */
    void weigh(int id, Pooling pool, double unheardOf) {
        int line = id * LINE;
        prepare(line, pool, unheardOf);
        double log = pool.workingLog() + lines[line + WORKS_LOG];
        double works = 1 / (1 + Math.exp(-log));
        double precision = works * truth.mean();
        lines[line + WORKS] = (float) works;
        lines[line + SILENT_RATE] = (float) rate(works * silent.mean() + (1 - works) * all.mean());
        lines[line + PRECISION] = (float) precision;
        lines[line + SIGNAL_RATE] = lines[line + SIGNALS] > 0 ? (float) signalRate(line, pool, unheardOf) : 0;
    }

    private static double rate(double perSecond) {
        return Math.max(RATE_MIN, Math.min(1 / SECONDS_MIN, perSecond));
    }

    private void pool(int line, Pooling pool) {
        double changes = changes(line / LINE);
        double works = lines[line + WORKS];
        double shape = works * (SIGNALS_SHAPE + lines[line + SIGNALS] + silent.shape()) + (1 - works) * all.shape();
        double log = Math.log(changes) - Pooling.spread(shape);
        lines[line + POOLED_CHANGES] = (float) changes;
        lines[line + POOLED_LOG] = (float) log;
        lines[line + POOLED_WORKS] = lines[line + WORKS];
        pool.resource(1, lines[line + POOLED_CHANGES], lines[line + POOLED_LOG], lines[line + POOLED_WORKS]);
    }

    private void unpool(int line, Pooling pool) {
        if (!Float.isNaN(lines[line + POOLED_CHANGES])) {
            pool.resource(-1, lines[line + POOLED_CHANGES], lines[line + POOLED_LOG], lines[line + POOLED_WORKS]);
            lines[line + POOLED_CHANGES] = Float.NaN;
        }
    }

    /** Sets the three distributions to what is believed of a resource. */
    private void prepare(int line, Pooling pool, double unheardOf) {
        double precision = pool.precision();
        truth.set(
                Math.max(0.05, PRECISION_WEIGHT * precision + lines[line + HITS]),
                Math.max(0.05, PRECISION_WEIGHT * (1 - precision) + lines[line + MISSES]));
        double told = signalRate(line, pool, unheardOf) * truth.mean();
        set(silent, ODDS_SHAPE, pool.odds() * told, lines[line + SILENT], lines[line + SILENT_SECONDS]);
        set(all, pool.changesShape(), pool.changesMean(), lines[line + ALL], lines[line + ALL_SECONDS]);
    }

    private static void set(RateBelief belief, double shape, double mean, double more, double secondsMore) {
        double seconds = shape / Math.max(RATE_MIN, mean);
        belief.set(Math.max(0.1 * shape, shape + more), Math.max(0.1 * seconds, seconds + secondsMore));
    }

    private double signalRate(int line, Pooling pool, double unheardOf) {
        double seconds = SIGNALS_SHAPE / pool.signalsMean();
        return (SIGNALS_SHAPE + lines[line + SIGNALS]) / (seconds + lines[line + SECONDS] + unheardOf);
    }

    /** Changes a second that no signal tells of. */
    double silentRate(int id) {
        return lines[id * LINE + SILENT_RATE];
    }

    /** Signals a second; 0 if none ever came. */
    double signalRate(int id) {
        return lines[id * LINE + SIGNAL_RATE];
    }

    /** The share of signals that are true. */
    double precision(int id) {
        return lines[id * LINE + PRECISION];
    }

    /** The probability that its webhooks work. */
    double works(int id) {
        return lines[id * LINE + WORKS];
    }

    double changes(int id) {
        return silentRate(id) + precision(id) * signalRate(id);
    }

    /** What was learnt, in half the bits: the conclusions follow from it. */
    void write(int id, DataOutputStream out) throws IOException {
        for (int i = 0; i < LINE; i++) {
            if (i <= SECONDS || i >= POOLED_CHANGES) {
                out.writeShort((Float.floatToRawIntBits(lines[id * LINE + i]) + 0x8000) >>> 16);
            }
        }
    }

    void read(int id, DataInputStream in) throws IOException {
        for (int i = 0; i < LINE; i++) {
            if (i <= SECONDS || i >= POOLED_CHANGES) {
                lines[id * LINE + i] = Float.intBitsToFloat(in.readShort() << 16);
            }
        }
    }

    /** Nothing is known of it yet, nor its class. */
    void blank(int id) {
        Arrays.fill(lines, id * LINE, (id + 1) * LINE, 0);
        lines[id * LINE + POOLED_CHANGES] = Float.NaN;
    }

    /** It was read from a snapshot, and counts in its class again. */
    void resumed(int id, Pooling pool) {
        int line = id * LINE;
        if (!Float.isNaN(lines[line + POOLED_CHANGES])) {
            pool.resource(1, lines[line + POOLED_CHANGES], lines[line + POOLED_LOG], lines[line + POOLED_WORKS]);
        }
    }
}
