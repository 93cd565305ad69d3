package dev.tournant.http.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one partner, and who waits for one, the most urgent first. Guarded by itself; calls nothing while it is
 * locked.
 *
 * <p>Invariants: every open connection is idle or busy, at most {@code max} are open, and a call waits only while all of
 * them are busy. A connection is counted off exactly once: when it ends while idle, or when it is given back.
 */
final class Connections {
    private final int max;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final Set<Connection> busy = new HashSet<>();
    private final Queue<Attempt> waiting = new PriorityQueue<>();
    private int opening;
    private boolean closed;

    Connections(int max) {
        this.max = max;
    }

    /** What a caller has to do next. */
    enum Step {
        /** Use the connection that was found. */
        USE,
        /** Open a new connection, and tell with {@link #opened}. */
        OPEN,
        /** Nothing: the call waits in line. */
        WAIT,
        /** Nothing: all is closed. */
        CLOSED
    }

    record Found(Step step, @Nullable Connection connection) {}

    synchronized Found find(Attempt attempt) {
        if (closed) {
            return new Found(Step.CLOSED, null);
        }
        Connection connection = idle.pollFirst();
        while (connection != null && connection.isOver()) {
            connection = idle.pollFirst();
        }
        if (connection != null) {
            busy.add(connection);
            return new Found(Step.USE, connection);
        }
        if (open() < max) {
            opening++;
            return new Found(Step.OPEN, null);
        }
        waiting.add(attempt);
        return new Found(Step.WAIT, null);
    }

    /** Says that a connection was opened; false if all was closed meanwhile. */
    synchronized boolean opened(Connection connection) {
        opening--;
        if (!closed) {
            busy.add(connection);
        }
        return !closed;
    }

    /** Takes a busy connection back; the next call in line, if any, is to be run. */
    synchronized @Nullable Attempt giveBack(Connection connection, boolean reusable) {
        busy.remove(connection);
        if (reusable && !closed && !connection.isOver()) {
            idle.addFirst(connection);
        }
        return waiting.poll();
    }

    /** The next call in line. */
    synchronized @Nullable Attempt next() {
        return waiting.poll();
    }

    synchronized void ended(Connection connection) {
        idle.remove(connection);
    }

    synchronized void giveUp(Attempt attempt) {
        waiting.remove(attempt);
    }

    synchronized int open() {
        return idle.size() + busy.size() + opening;
    }

    /** Refuses everything from now on. */
    void close() {
        List<Connection> unused;
        List<Connection> used;
        List<Attempt> unserved;
        synchronized (this) {
            closed = true;
            unused = List.copyOf(idle);
            used = List.copyOf(busy);
            unserved = List.copyOf(waiting);
            idle.clear();
            waiting.clear();
        }
        unused.forEach(Connection::cut);
        used.forEach(Connection::cut);
        unserved.forEach(each -> each.close());
    }
}
