package dev.tournant.cluster.schedule;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/** Resources that wait for their first whole read, in the order in which they came, and the share of calls that is theirs. */
final class Newcomers {
    private final double share;
    private double saved;
    private boolean welcome = true;

    private final ArrayDeque<Integer> queue = new ArrayDeque<>();
    private final Map<Integer, int[]> pages = new HashMap<>();

    Newcomers(double share) {
        this.share = share;
    }

    void add(int id) {
        queue.addLast(id);
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    int size() {
        return queue.size();
    }

    int first() {
        return queue.getFirst();
    }

    void remove(int id) {
        if (!queue.isEmpty() && queue.getFirst() == id) {
            queue.removeFirst();
        } else {
            queue.remove((Integer) id);
        }
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

    /** Pages of a first read: those done, and all as far as known. */
    void paged(int id, int read, int wanted) {
        pages.put(id, new int[] {read, Math.max(read, wanted)});
    }

    void done(int id) {
        pages.remove(id);
    }

    int read(int id) {
        int[] known = pages.get(id);
        return known == null ? 0 : known[0];
    }

    int wanted(int id) {
        int[] known = pages.get(id);
        return known == null ? 0 : known[1];
    }

    long read() {
        return pages.values().stream().mapToLong(each -> each[0]).sum();
    }

    long wanted() {
        return pages.values().stream().mapToLong(each -> each[1]).sum();
    }
}
