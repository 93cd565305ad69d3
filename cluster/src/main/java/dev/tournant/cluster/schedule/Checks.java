package dev.tournant.cluster.schedule;

/** Says which argument is out of its bounds. */
final class Checks {
    private Checks() {}

    static double atLeast(String name, double value, double min) {
        if (!(value >= min)) {
            throw new IllegalArgumentException(name + " must be at least " + min + ", not " + value);
        }
        return value;
    }

    static double above(String name, double value, double min) {
        if (!(value > min)) {
            throw new IllegalArgumentException(name + " must be above " + min + ", not " + value);
        }
        return value;
    }
}
