package dev.tournant.cluster.schedule;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * What is believed of each resource, learnt from two things only: when its webhooks came, and whether polls found it
 * changed. Two explanations are kept side by side. By the first its webhooks work: they tell of most changes, silent ones
 * come at a rate in proportion to its signals, and a share of the signals is true. By the second they do not: signals say
 * nothing, all changes are silent. Each look tells how well either foretold it; what goes into the index is their mean.
 *
 * <p>Counts are kept as what looks have added to the class's prior, so that a better prior moves all beliefs. They
 * are floats in its line of the {@link Lines}.
 */
final class Beliefs {
    private static final int EXPOSURE = Lines.BELIEFS;
    private static final int FIRST = EXPOSURE + Double.BYTES;

    /** What else is kept, as floats from the first on. */
    private static final int FIELDS = 16;

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

    private final Lines lines;
    private final double forgetHalfLife;

    private final RateBelief silent = new RateBelief();
    private final RateBelief all = new RateBelief();
    private final ShareBelief truth = new ShareBelief();

    Beliefs(Lines lines, double forgetHalfLife) {
        this.lines = lines;
        this.forgetHalfLife = forgetHalfLife;
    }

    /** A resource of which nothing is known but its class. */
    void born(int id, Pooling pool) {
        blank(id);
        weigh(id, pool, 0);
    }

    void gone(int id, Pooling pool) {
        unpool(id, pool);
    }

    void signalled(int id, Pooling pool) {
        if (get(id, SIGNALS) == 0) {
            pool.signals(1, get(id, SECONDS));
        } else {
            pool.signals(1, 0);
        }
        set(id, SIGNALS, get(id, SIGNALS) + 1);
    }

    /** Time went by in which its webhooks were heard, whether any came or not. */
    void heard(int id, double seconds, Pooling pool) {
        if (get(id, SIGNALS) > 0) {
            pool.signals(0, seconds);
        }
        set(id, SECONDS, get(id, SECONDS) + (float) seconds);
    }

    /** A poll tells what became of so many seconds with so many signals; call {@link #heard} before. */
    void looked(int id, double sinceLast, int signals, boolean changed, Pooling pool) {
        double seconds = Math.max(SECONDS_MIN, sinceLast);
        prepare(id, pool, 0);
        double quiet = silent.nothing(seconds);
        double untold = truth.none(signals);
        double unchangedIfWorking = quiet * untold;
        double unchangedIfNot = all.nothing(seconds);
        double works = get(id, WORKS);
        pool(pool, works, signalRate(id, pool, 0), seconds, signals, changed ? 1 - unchangedIfWorking : 0);
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
        add(id, SILENT, keep, silent.shape() - silentShape);
        add(id, SILENT_SECONDS, keep, silent.seconds() - silentSeconds);
        add(id, ALL, keep, all.shape() - allShape);
        add(id, ALL_SECONDS, keep, all.seconds() - allSeconds);
        add(id, HITS, keep, truth.hits() - hits);
        add(id, MISSES, keep, truth.misses() - misses);
        add(id, WORKS_LOG, keep, evidence);
        set(id, WORKS_LOG, (float) Math.max(-LOG_MAX, Math.min(LOG_MAX, get(id, WORKS_LOG))));
        add(id, SIGNALS, keep, 0);
        add(id, SECONDS, keep, 0);
        weigh(id, pool, 0);
        unpool(id, pool);
        pool(id, pool);
    }

    /** What is to be expected of the silent changes and true signals of a look (EM), for the class. */
    private void pool(Pooling pool, double works, double signalRate, double seconds, int signals, double foreseen) {
        double share = foreseen > 0 ? works / Math.max(1e-6, foreseen) : 0;
        double silentChanges = Math.min(share * silent.mean() * seconds, works * (1 + silent.mean() * seconds));
        double hits = Math.min(share * truth.mean(), works) * signals;
        pool.look(hits, works * signals - hits, silentChanges, works * signalRate * truth.mean() * seconds);
    }

    private void add(int id, int field, double keep, double more) {
        set(id, field, (float) (get(id, field) * keep + more));
    }

    /**
     * Draws the conclusions that the index needs.
     *
     * @param unheardOf seconds since the last look, in which its webhooks were heard
     */
    void weigh(int id, Pooling pool, double unheardOf) {
        prepare(id, pool, unheardOf);
        double log = pool.workingLog() + get(id, WORKS_LOG);
        double works = 1 / (1 + Math.exp(-log));
        double precision = works * truth.mean();
        set(id, WORKS, (float) works);
        set(id, SILENT_RATE, (float) rate(works * silent.mean() + (1 - works) * all.mean()));
        set(id, PRECISION, (float) precision);
        lines.setDouble(id, EXPOSURE, FreshnessIndex.exposure((float) precision));
        set(id, SIGNAL_RATE, get(id, SIGNALS) > 0 ? (float) signalRate(id, pool, unheardOf) : 0);
    }

    private static double rate(double perSecond) {
        return Math.max(RATE_MIN, Math.min(1 / SECONDS_MIN, perSecond));
    }

    private void pool(int id, Pooling pool) {
        double changes = changes(id);
        double works = get(id, WORKS);
        double shape = works * (SIGNALS_SHAPE + get(id, SIGNALS) + silent.shape()) + (1 - works) * all.shape();
        double log = Math.log(changes) - Pooling.spread(shape);
        set(id, POOLED_CHANGES, (float) changes);
        set(id, POOLED_LOG, (float) log);
        set(id, POOLED_WORKS, get(id, WORKS));
        pool.resource(1, get(id, POOLED_CHANGES), get(id, POOLED_LOG), get(id, POOLED_WORKS));
    }

    private void unpool(int id, Pooling pool) {
        if (!Float.isNaN(get(id, POOLED_CHANGES))) {
            pool.resource(-1, get(id, POOLED_CHANGES), get(id, POOLED_LOG), get(id, POOLED_WORKS));
            set(id, POOLED_CHANGES, Float.NaN);
        }
    }

    /** Sets the three distributions to what is believed of a resource. */
    private void prepare(int id, Pooling pool, double unheardOf) {
        double precision = pool.precision();
        truth.set(
                Math.max(0.05, PRECISION_WEIGHT * precision + get(id, HITS)),
                Math.max(0.05, PRECISION_WEIGHT * (1 - precision) + get(id, MISSES)));
        double told = signalRate(id, pool, unheardOf) * truth.mean();
        set(silent, ODDS_SHAPE, pool.odds() * told, get(id, SILENT), get(id, SILENT_SECONDS));
        set(all, pool.changesShape(), pool.changesMean(), get(id, ALL), get(id, ALL_SECONDS));
    }

    private static void set(RateBelief belief, double shape, double mean, double more, double secondsMore) {
        double seconds = shape / Math.max(RATE_MIN, mean);
        belief.set(Math.max(0.1 * shape, shape + more), Math.max(0.1 * seconds, seconds + secondsMore));
    }

    private double signalRate(int id, Pooling pool, double unheardOf) {
        double seconds = SIGNALS_SHAPE / pool.signalsMean();
        return (SIGNALS_SHAPE + get(id, SIGNALS)) / (seconds + get(id, SECONDS) + unheardOf);
    }

    /** Changes a second that no signal tells of. */
    double silentRate(int id) {
        return get(id, SILENT_RATE);
    }

    /** Signals a second; 0 if none ever came. */
    double signalRate(int id) {
        return get(id, SIGNAL_RATE);
    }

    /** The share of signals that are true. */
    double precision(int id) {
        return get(id, PRECISION);
    }

    /** The exposure that one signal adds: worked out here, as it takes a logarithm and each valuation needs it. */
    double exposure(int id) {
        return lines.getDouble(id, EXPOSURE);
    }

    /** The probability that its webhooks work. */
    double works(int id) {
        return get(id, WORKS);
    }

    double changes(int id) {
        return silentRate(id) + precision(id) * signalRate(id);
    }

    /** What was learnt, in half the bits: the conclusions follow from it. */
    void write(int id, DataOutputStream out) throws IOException {
        for (int i = 0; i < FIELDS; i++) {
            if (i <= SECONDS || i >= POOLED_CHANGES) {
                out.writeShort((Float.floatToRawIntBits(get(id, i)) + 0x8000) >>> 16);
            }
        }
    }

    void read(int id, DataInputStream in) throws IOException {
        for (int i = 0; i < FIELDS; i++) {
            if (i <= SECONDS || i >= POOLED_CHANGES) {
                set(id, i, Float.intBitsToFloat(in.readShort() << 16));
            }
        }
    }

    /** Nothing is known of it yet, nor its class. */
    void blank(int id) {
        for (int i = 0; i < FIELDS; i++) {
            set(id, i, 0);
        }
        set(id, POOLED_CHANGES, Float.NaN);
    }

    /** It was read from a snapshot, and counts in its class again. */
    void resumed(int id, Pooling pool) {
        if (!Float.isNaN(get(id, POOLED_CHANGES))) {
            pool.resource(1, get(id, POOLED_CHANGES), get(id, POOLED_LOG), get(id, POOLED_WORKS));
        }
    }

    private float get(int id, int field) {
        return lines.getFloat(id, FIRST + field * Float.BYTES);
    }

    private void set(int id, int field, float value) {
        lines.setFloat(id, FIRST + field * Float.BYTES, value);
    }
}
