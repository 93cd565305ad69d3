package dev.tournant.deploy.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A process that is stopped where it is, and that goes on when this JVM is gone.
 *
 * <p>A stopped child cannot see that its pipe from the parent has closed. So a shell waits at a pipe of its own, and
 * when that closes, by {@link #end} or by the end of this JVM, it sends SIGCONT; in the second case the child then
 * halts as every orphan does.
 */
final class Pause {
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(2);

    private final long pid;
    private final Process guard;

    private Pause(long pid, Process guard) {
        this.pid = pid;
        this.guard = guard;
    }

    /** Sends SIGSTOP, and waits until all threads have stopped: on a busy machine they go on for some moments. */
    static Pause of(long pid) {
        Pause pause = new Pause(pid, shell("cat >/dev/null; kill -CONT " + pid));
        Process stop = shell("kill -STOP " + pid);
        awaitEnd(stop);
        if (stop.exitValue() != 0) {
            pause.end();
            throw new IllegalStateException("Process " + pid + " could not be paused: it is gone");
        }
        long end = System.nanoTime() + STOPS_WITHIN.toNanos();
        while (!isStopped(pid) && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        return pause;
    }

    /** As Linux shows it: the state of each thread stands behind its name, which is in parentheses. */
    private static boolean isStopped(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return threads.map(thread -> thread.resolve("stat")).allMatch(Pause::isThreadStopped);
        } catch (IOException e) {
            // Gone, or no Linux: there is nothing to wait for.
            return true;
        }
    }

    private static boolean isThreadStopped(Path stat) {
        try {
            String line = Files.readString(stat, StandardCharsets.ISO_8859_1);
            return line.startsWith("T", line.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return true;
        }
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
