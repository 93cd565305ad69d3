package dev.tournant.deploy.local;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A process that is stopped where it is, and that goes on when this JVM is gone.
 *
 * <p>A stopped child cannot see that its pipe from the parent has closed. So a shell waits at a pipe of its own, and
 * when that closes, by {@link #end} or by the end of this JVM, it sends SIGCONT; in the second case the child then
 * halts as every orphan does.
 */
final class Pause {
    private final long pid;
    private final Process guard;

    private Pause(long pid, Process guard) {
        this.pid = pid;
        this.guard = guard;
    }

    /** Sends SIGSTOP; the kernel stops the process within moments. */
    static Pause of(long pid) {
        Pause pause = new Pause(pid, shell("cat >/dev/null; kill -CONT " + pid));
        Process stop = shell("kill -STOP " + pid);
        awaitEnd(stop);
        if (stop.exitValue() != 0) {
            pause.end();
            throw new IllegalStateException("Process " + pid + " could not be paused: it is gone");
        }
        return pause;
    }

    /** Sends SIGCONT, unless the process is gone by now. */
    void end() {
        try {
            guard.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot resume process " + pid, e);
        }
        // Its exit code says nothing: the signal fails only for a process that is gone, which needs none.
        awaitEnd(guard);
    }

    private static Process shell(String command) {
        try {
            return new ProcessBuilder("sh", "-c", command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitEnd(Process process) {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while signalling", e);
        }
    }
}
