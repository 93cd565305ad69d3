package dev.tournant.cluster.schedule;

/** Resources that wait for their first whole read, in the order in which they came, and the share of calls that is theirs. */
final class Newcomers {
    private final double share;
    private double saved;
    private boolean welcome = true;

    /** By when they came: any may leave at any time, and there may be a million. */
    private final IndexedHeap queue;

    private double came;

    Newcomers(double share, IndexedHeap queue) {
        this.share = share;
        this.queue = queue;
    }

    void add(int id) {
        queue.push(id, came++);
    }

    int first() {
        return queue.first();
    }

    void remove(int id) {
        queue.remove(id);
    }

    void welcome(boolean now) {
        welcome = now;
    }

    /** Whether there is one that may go at all. */
    boolean areWelcome() {
        return welcome && !queue.isEmpty();
    }

    /** Whether one of them may go before a resource that is worth its poll. */
    boolean mayGo() {
        return areWelcome() && saved >= 1 - 1e-9;
    }

    /** A poll was begun. */
    void polled(boolean newcomer) {
        saved = Math.min(1, saved) + share;
        if (newcomer) {
            saved = Math.max(0, saved - 1);
        }
    }

    long bytes() {
        return queue.bytes();
    }
}
