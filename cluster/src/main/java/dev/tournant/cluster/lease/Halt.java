package dev.tournant.cluster.lease;

/** Ends this process at once: without shutdown hooks, and without waiting for whoever holds the log. */
@FunctionalInterface
interface Halt {
    /** EX_TEMPFAIL: whoever runs the node is to start it again. */
    int EXIT_CODE = 75;

    /** Stderr may be a pipe that nobody reads. */
    long LOG_MS_MAX = 200;

    /** Never returns; a fake in a test throws. */
    void now(String why);

    /** Says so in one line on stderr, and halts the JVM. */
    Halt JVM = why -> {
        Thread line = new Thread(
                () -> System.err.println("This node halts: its lease is over, " + why
                        + ". Nothing unwritten was acknowledged; start it again (exit code " + EXIT_CODE + ")."),
                "tournant-last-line");
        line.setDaemon(true);
        line.start();
        try {
            line.join(LOG_MS_MAX);
        } catch (InterruptedException e) {
            // Whoever interrupts wants this to end as well.
            Thread.currentThread().interrupt();
        } finally {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    };
}
