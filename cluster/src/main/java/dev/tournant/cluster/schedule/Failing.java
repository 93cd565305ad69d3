package dev.tournant.cluster.schedule;

import java.util.HashSet;
import java.util.Set;

/**
 * Resources that failed when they were tried last and may be tried again: the one first that may be for longest, so that each has its
 * turn. They have a share of the calls, and only those tries count that fail again: when a partner answers again, each answer
 * makes room for the next try at once.
 */
final class Failing {
    private final Share share;
    private final int atOnce;
    private final IndexedHeap read;
    private final IndexedHeap unread;

    /** Those that are being tried; no more than may be at once, and those that somebody asked for. */
    private final Set<Integer> tried = new HashSet<>();

    Failing(Shares shares, IndexedHeap read, IndexedHeap unread) {
        this.share = new Share(shares.failing());
        this.atOnce = shares.failingAtOnce();
        this.read = read;
        this.unread = unread;
    }

    void add(int id, boolean isRead, double since) {
        (isRead ? read : unread).push(id, since);
    }

    void remove(int id, boolean isRead) {
        (isRead ? read : unread).remove(id);
    }

    /** The one to try, or {@link PollSchedule#NONE}. First reads wait until such are welcome. */
    int first(boolean areNewcomersWelcome) {
        if (tried.size() >= atOnce) {
            return PollSchedule.NONE;
        }
        if (areNewcomersWelcome && unread.firstKey() < read.firstKey()) {
            return unread.first();
        }
        return read.isEmpty() ? PollSchedule.NONE : read.first();
    }

    /** Whether one may go before a resource that is worth its poll. */
    boolean mayGo() {
        return share.has();
    }

    /** A poll was begun. */
    void polled(int id, boolean isFailing) {
        share.polled(isFailing);
        if (isFailing) {
            tried.add(id);
        }
    }

    /** It was read. */
    void answered(int id) {
        if (!tried.isEmpty() && tried.remove(id)) {
            share.giveBack();
        }
    }

    /** It is not being tried any more. */
    void ended(int id) {
        if (!tried.isEmpty()) {
            tried.remove(id);
        }
    }

    long bytes() {
        return read.bytes() + unread.bytes();
    }
}
