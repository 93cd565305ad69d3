package dev.tournant.cluster.schedule;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * What is learnt of a class as a whole: where the belief about each of its resources begins (empirical Bayes). Changes a
 * second are a gamma over resources, fitted to the mean and mean logarithm of their beliefs; recall and precision, and the
 * share of resources whose webhooks work, are means.
 */
final class Pooling {
    /** So many imaginary resources stand for the first guesses. */
    private static final double GUESS = 3;

    /** Conclusions are drawn after so many beliefs have changed. */
    private static final int FEW = 32;

    private static final double SHAPE_GUESS = 0.7;
    private static final double SHAPE_MIN = 0.3;
    private static final double SHAPE_MAX = 4;

    /** Of one changed signal each, as a first guess: precision .8, recall .8. */
    private static final double HITS_GUESS = 4;

    private static final double MISSES_GUESS = 1;
    private static final double SILENT_GUESS = 1;
    private static final double WORKING_GUESS = 0.8;

    /** The streams of evidence are means over about so many resources' worth of looks. */
    private static final double EVIDENCE_MAX = 20_000;

    private double changesGuess = 1;
    private double mean = 1;
    private double shape = SHAPE_GUESS;
    private double workingLog;
    private long changed;

    private double resources;
    private double changes;
    private double logs;
    private double working;

    private double hits;
    private double misses;
    private double silent;
    private double told;

    private double signals;
    private double signalSeconds;

    /** Changes a second of one resource, as a first guess. */
    void guess(double changesPerSecond) {
        changesGuess = changesPerSecond;
        conclude();
    }

    /** The belief about one more resource enters, or leaves with sign -1. */
    void resource(double sign, double changesMean, double changesLog, double works) {
        resources += sign;
        changes += sign * changesMean;
        logs += sign * changesLog;
        working += sign * works;
        if (changed++ % (resources < FEW ? 1 : FEW) == 0) {
            conclude();
        }
    }

    /** One look: what it added to the counts of true and false signals, of silent changes, and of those told of. */
    void look(double hitsMore, double missesMore, double silentMore, double toldMore) {
        hits += hitsMore;
        misses += missesMore;
        silent += silentMore;
        told += toldMore;
        if (hits + misses + silent + told > EVIDENCE_MAX) {
            hits /= 2;
            misses /= 2;
            silent /= 2;
            told /= 2;
        }
    }

    /** Signals of one resource of those that ever sent any. */
    void signals(double count, double seconds) {
        signals += count;
        signalSeconds += seconds;
    }

    /** Works out what takes logarithms. */
    private void conclude() {
        mean = (GUESS * changesGuess + changes) / (GUESS + resources);
        shape = shape();
        double share = workingShare();
        workingLog = Math.log(share / (1 - share));
    }

    /** Changes a second of a resource: the mean over the class. */
    double changesMean() {
        return mean;
    }

    /** How alike they are: the shape of the gamma. */
    double changesShape() {
        return shape;
    }

    /** The logarithm of the odds that webhooks work. */
    double workingLog() {
        return workingLog;
    }

    private double shape() {
        double n = GUESS + resources;
        double guessLog = Math.log(changesGuess) - spread(SHAPE_GUESS);
        double spread = Math.log(mean) - (GUESS * guessLog + logs) / n;
        // Minka 2002: the maximum-likelihood shape, to 1.5 %.
        double shape = (3 - spread + Math.sqrt((spread - 3) * (spread - 3) + 24 * spread)) / (12 * spread);
        return Math.max(SHAPE_MIN, Math.min(SHAPE_MAX, spread <= 0 ? SHAPE_MAX : shape));
    }

    /** By how much the mean logarithm of a gamma is below the logarithm of its mean. */
    static double spread(double shape) {
        return Math.log(shape) - digamma(shape);
    }

    double precision() {
        return (HITS_GUESS + hits) / (HITS_GUESS + hits + MISSES_GUESS + misses);
    }

    /** Silent changes for each that a signal tells of. */
    double odds() {
        return (SILENT_GUESS + silent) / (4 * SILENT_GUESS + told);
    }

    /** The share of resources whose webhooks work. */
    double workingShare() {
        double share = (GUESS * WORKING_GUESS + working) / (GUESS + resources);
        return Math.max(0.02, Math.min(0.98, share));
    }

    /** Signals a second of a resource that sends any. */
    double signalsMean() {
        double seconds = 1 / changesMean();
        return (1 + signals) / (seconds + signalSeconds);
    }

    /** The derivative of the logarithm of the gamma function, to 1e-6 or so. */
    static double digamma(double x) {
        double y = x;
        double less = 0;
        while (y < 6) {
            less += 1 / y;
            y++;
        }
        double square = 1 / (y * y);
        return Math.log(y) - 0.5 / y - square * (1.0 / 12 - square * (1.0 / 120 - square / 252)) - less;
    }

    /** But what resources add to it, which they do again when they are read. */
    void write(DataOutputStream out) throws IOException {
        out.writeDouble(changesGuess);
        out.writeDouble(hits);
        out.writeDouble(misses);
        out.writeDouble(silent);
        out.writeDouble(told);
        out.writeDouble(signals);
        out.writeDouble(signalSeconds);
    }

    void read(DataInputStream in) throws IOException {
        changesGuess = in.readDouble();
        hits = in.readDouble();
        misses = in.readDouble();
        silent = in.readDouble();
        told = in.readDouble();
        signals = in.readDouble();
        signalSeconds = in.readDouble();
    }
}
