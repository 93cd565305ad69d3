package dev.tournant.cluster.schedule;

/** Resources that wait for their first whole read, in the order in which they came, and the share of calls that is theirs. */
final class Newcomers {
    private final Share share;
    private boolean welcome = true;

    /** By when they came: any may leave at any time, and there may be a million. */
    private final IndexedHeap queue;

    private double came;

    Newcomers(Share share, IndexedHeap queue) {
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

    /** Whether first reads may begin. */
    boolean areWelcome() {
        return welcome;
    }

    /** Whether there is one that may go at all. */
    boolean mayGoUnwanted() {
        return welcome && !queue.isEmpty();
    }

    /** Whether one of them may go before a resource that is worth its poll. */
    boolean mayGo() {
        return mayGoUnwanted() && share.has();
    }

    /** A poll was begun. */
    void polled(boolean newcomer) {
        share.polled(newcomer);
    }

    long bytes() {
        return queue.bytes();
    }
}
