package dev.tournant.cluster.schedule;

/**
 * A belief about a rate as a gamma distribution, told by looks that only say whether anything happened since the last one.
 * After "nothing" it is a gamma again; after "something" it is replaced by the gamma of the same mean and variance
 * (assumed-density filtering: Opper 1998, Minka 2001). Mutable, to be set for each use.
 */
final class RateBelief {
    private static final double SURE = 1e-9;

    private double shape;
    private double seconds;

    /** Mean {@code shape / seconds}. */
    void set(double shape, double seconds) {
        this.shape = shape;
        this.seconds = seconds;
    }

    double shape() {
        return shape;
    }

    double seconds() {
        return seconds;
    }

    double mean() {
        return shape / seconds;
    }

    /** The probability that nothing happens in a time. */
    double nothing(double time) {
        return Math.exp(-shape * Math.log1p(time / seconds));
    }

    /** Nothing happened for so long. */
    void unchanged(double time) {
        seconds += time;
    }

    /**
     * Something happened within so long.
     *
     * @param otherwise the probability that what else there is to go by (signals) would not have foretold it
     */
    void changed(double time, double otherwise) {
        double nothing = nothing(time) * otherwise;
        double something = Math.max(SURE, 1 - nothing);
        if (1 - nothing < SURE) {
            // As the time goes to zero the posterior is a gamma of one more event.
            shape += 1;
            return;
        }
        double later = seconds + time;
        double mean = (shape / seconds - nothing * shape / later) / something;
        double square = shape * (shape + 1) * (1 / (seconds * seconds) - nothing / (later * later)) / something;
        double variance = square - mean * mean;
        shape = mean * mean / variance;
        seconds = mean / variance;
    }
}
