package dev.tournant.deploy.faults.proxy;

/** Threads that do not keep the JVM. */
final class Threads {
    private Threads() {}

    static Thread daemon(String name, Runnable what) {
        Thread thread = new Thread(what, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
