package dev.tournant.http.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one partner, and who waits for one. Guarded by itself; calls nothing while it is locked.
 *
 * <p>Invariants: every open lane is idle or busy, at most {@code max} are open, and a call waits only while all of
 * them are busy. A lane is counted off exactly once: when it ends while idle, or when it is given back.
 */
final class Lanes {
    private final int max;
    private final Deque<Lane> idle = new ArrayDeque<>();
    private final Set<Lane> busy = new HashSet<>();
    private final Deque<Exchange> waiting = new ArrayDeque<>();
    private int opening;
    private boolean closed;

    Lanes(int max) {
        this.max = max;
    }

    /** What a caller has to do next. */
    enum Step {
        /** Use the lane that was found. */
        USE,
        /** Open a new lane, and tell with {@link #opened}. */
        OPEN,
        /** Nothing: the call waits in line. */
        WAIT,
        /** Nothing: all is closed. */
        CLOSED
    }

    record Found(Step step, @Nullable Lane lane) {}

    synchronized Found find(Exchange exchange) {
        if (closed) {
            return new Found(Step.CLOSED, null);
        }
        Lane lane = idle.pollFirst();
        while (lane != null && lane.isOver()) {
            lane = idle.pollFirst();
        }
        if (lane != null) {
            busy.add(lane);
            return new Found(Step.USE, lane);
        }
        if (open() < max) {
            opening++;
            return new Found(Step.OPEN, null);
        }
        waiting.addLast(exchange);
        return new Found(Step.WAIT, null);
    }

    /** Says that a lane was opened; false if all was closed meanwhile. */
    synchronized boolean opened(Lane lane) {
        opening--;
        if (!closed) {
            busy.add(lane);
        }
        return !closed;
    }

    /** Takes a busy lane back; the next call in line, if any, is to be run. */
    synchronized @Nullable Exchange giveBack(Lane lane, boolean reusable) {
        busy.remove(lane);
        if (reusable && !closed && !lane.isOver()) {
            idle.addFirst(lane);
        }
        return waiting.pollFirst();
    }

    /** The next call in line. */
    synchronized @Nullable Exchange next() {
        return waiting.pollFirst();
    }

    synchronized void ended(Lane lane) {
        idle.remove(lane);
    }

    synchronized void giveUp(Exchange exchange) {
        waiting.remove(exchange);
    }

    synchronized int open() {
        return idle.size() + busy.size() + opening;
    }

    /** Refuses everything from now on. */
    void close() {
        List<Lane> unused;
        List<Lane> used;
        List<Exchange> unserved;
        synchronized (this) {
            closed = true;
            unused = List.copyOf(idle);
            used = List.copyOf(busy);
            unserved = List.copyOf(waiting);
            idle.clear();
            waiting.clear();
        }
        unused.forEach(Lane::cut);
        used.forEach(Lane::cut);
        unserved.forEach(each -> each.fail("the client is closed"));
    }
}
