package dev.tournant.cluster.poll;

import java.util.List;

/**
 * Polls under way, by the numbers of their resources, and until when each must say something: soon that it was told, as an order to a
 * node that died is answered by nobody; later that it goes on.
 */
final class UnderWay {
    private final double arriveSeconds;
    private final double withinSeconds;
    /** Until when each must be heard of, with the time when it was last, or was told to begin. */
    private final Reminders until = new Reminders();

    /**
     * @param arriveSeconds how long one may say nothing that was told to begin
     * @param withinSeconds how long one may that has said something
     */
    UnderWay(double arriveSeconds, double withinSeconds) {
        this.arriveSeconds = arriveSeconds;
        this.withinSeconds = withinSeconds;
    }

    int size() {
        return until.size();
    }

    boolean has(int id) {
        return until.has(id);
    }

    void begin(int id, double now) {
        until.remind(id, now + arriveSeconds, now);
    }

    /** It says that it goes on. */
    void goesOn(int id, double now) {
        until.remind(id, now + withinSeconds, now);
    }

    /** Whether it was under way. */
    boolean end(int id) {
        return until.forget(id);
    }

    /** For how many seconds it has said nothing; 0 if it is not under way. */
    double silent(int id, double now) {
        Double heardAt = until.value(id);
        return heardAt == null ? 0 : now - heardAt;
    }

    /** Those that have said nothing for too long. */
    List<Integer> overdue(double now) {
        return until.due(now);
    }

    /** When the next one will have said nothing for too long; infinite without any. */
    double nextAt() {
        return until.nextAt();
    }
}
