package dev.tournant.deploy.bench.polls;

/** Who decides what to poll in a simulated world. */
interface Policy {
    /** Nothing to poll in this slot. */
    int IDLE = -1;

    /** A webhook about a resource, which speaks of a time. */
    void signal(int id, double eventAt, double now);

    /** The resource of this slot, or {@link #IDLE}. */
    int next(double now);

    /** It was polled at once, and had changed or not. */
    void polled(int id, boolean changed, double now);

    /** Told at the end of a window of time. */
    default void windowEnds(double now) {}
}
