package dev.tournant.deploy.faults.proxy;

/** Lets bytes pass or holds them up; nothing is dropped, as TCP would send again what was. Safe for many threads. */
final class Gate {
    private boolean closed;

    synchronized void close() {
        closed = true;
    }

    synchronized void open() {
        closed = false;
        notifyAll();
    }

    /** Returns when the gate is open. */
    synchronized void pass() throws InterruptedException {
        while (closed) {
            wait();
        }
    }
}
