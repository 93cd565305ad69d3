package dev.tournant.cluster.schedule;

/** A share of the polls, which is saved up to one poll at a time. */
final class Share {
    private static final double EXACT = 1e-9;

    private final double of;
    private double saved;

    Share(double of) {
        this.of = of;
    }

    /** Whether one is saved. */
    boolean has() {
        return saved >= 1 - EXACT;
    }

    /** A poll was begun. */
    void polled(boolean isOfThis) {
        saved = Math.min(1, saved) + of;
        if (isOfThis) {
            saved = Math.max(0, saved - 1);
        }
    }

    /** One counts for nothing after all. */
    void giveBack() {
        saved = Math.min(1, saved + 1);
    }
}
