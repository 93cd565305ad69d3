package dev.tournant.conformance;

/** Is told how far a run is, from the thread that runs it. */
public interface Progress {
    Progress NONE = new Progress() {};

    /**
     * A check is about to run.
     *
     * @param nth from 1
     */
    default void begins(int nth, int of, Check check) {}

    default void ended(int nth, int of, Check check, Verdict verdict) {}
}
