package dev.tournant.deploy.local;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A JVM that this JVM started, and that ends with it.
 *
 * <p>The real main class runs under {@link Child}. Output goes to a log file; the log of the run before is kept beside
 * it with {@code .1} at the end. Safe for use by many threads.
 */
public final class ChildProcess implements AutoCloseable {
    private static final int LOG_TAIL_BYTES_MAX = 64 * 1024;
    private static final int LOG_LINES_SHOWN = 30;
    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);
    private static final long POLL_MILLIS = 100;

    /**
     * A terminal sends Ctrl-C and its own end to all processes at once: children leave both to their parent, which ends
     * them in order. What a shell ignores stays ignored in the JVM that takes its place.
     */
    private static final List<String> SHELTERED = List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh");

    private final String name;
    private final Process process;
    private final Path log;
    private @Nullable Pause pause;

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** A child named {@code name} in messages. */
    public static Builder named(String name) {
        return new Builder(name);
    }

    public String name() {
        return name;
    }

    public Path log() {
        return log;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Completes with the exit code; 128 + signal number where a signal ended the child. */
    public CompletionStage<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Ends the child by SIGKILL, as a crash would, and waits for it to be gone. */
    public void kill9() {
        process.destroyForcibly();
        if (!exitedWithin(KILL_TIMEOUT)) {
            throw new IllegalStateException(name + " (pid " + pid() + ") is still there after SIGKILL");
        }
        endPause();
    }

    /** Stops the child where it is, by SIGSTOP, as a long garbage collection or a frozen machine would. */
    public synchronized void pause() {
        if (pause == null && isAlive()) {
            pause = Pause.of(pid());
        }
    }

    /** Lets a paused child go on, by SIGCONT. */
    public synchronized void resume() {
        endPause();
    }

    /**
     * Asks the child to end by SIGTERM, and ends it by SIGKILL when it is still there after {@code timeout}.
     *
     * @return whether the child ended by itself in time
     */
    public boolean terminate(Duration timeout) {
        endPause();
        // Process.destroy would close the pipe as well, and the child would halt instead of ending in good order.
        process.toHandle().destroy();
        boolean inTime = exitedWithin(timeout);
        if (!inTime) {
            kill9();
        }
        return inTime;
    }

    /** {@link #terminate} with ten seconds. */
    @Override
    public void close() {
        terminate(CLOSE_TIMEOUT);
    }

    /** At most {@code lines} lines from the end of the log, out of its last 64 KiB. */
    public List<String> lastLogLines(int lines) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(0, file.length() - LOG_TAIL_BYTES_MAX);
            byte[] tail = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(tail);
            List<String> all = new String(tail, StandardCharsets.UTF_8).lines().collect(Collectors.toList());
            return List.copyOf(all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns when {@code ready} says so; it is asked about forty times a second, and may block for a second or two.
     *
     * @throws CannotStart when the child ends first, or is not ready within {@code timeout}; it is then killed. The
     *     message ends with the last lines of its log
     */
    public void awaitReady(BooleanSupplier ready, Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        while (!ready.getAsBoolean()) {
            if (exitedWithin(Duration.ofMillis(POLL_MILLIS))) {
                throw new CannotStart(name + " ended with exit code " + process.exitValue() + " while it was starting."
                        + lastWords());
            }
            if (System.nanoTime() - end > 0) {
                kill9();
                throw new CannotStart(name + " did not answer within " + timeout.toSeconds()
                        + " s and was killed. Give it a longer start time-out if this machine is slow." + lastWords());
            }
        }
    }

    private String lastWords() {
        return " The last lines of " + log + ":\n  " + String.join("\n  ", lastLogLines(LOG_LINES_SHOWN));
    }

    private boolean exitedWithin(Duration time) {
        try {
            return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            // The caller is being stopped: what it started must not stay.
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + name + ", which was killed", e);
        }
    }

    private synchronized void endPause() {
        Pause last = pause;
        pause = null;
        if (last != null) {
            last.end();
        }
    }

    @Override
    public String toString() {
        return name + "[pid " + pid() + (isAlive() ? "" : ", ended") + "]";
    }

    /** What to start. Class path, main class and log file must be given. */
    public static final class Builder {
        private final String name;
        private final List<Path> classpath = new ArrayList<>();
        private final List<String> jvmFlags = new ArrayList<>();
        private final List<String> args = new ArrayList<>();
        private final Map<String, String> env = new LinkedHashMap<>();
        private @Nullable String mainClass;
        private @Nullable Path directory;
        private @Nullable Path log;

        private Builder(String name) {
            if (name.isBlank()) {
                throw new IllegalArgumentException("A child process needs a name");
            }
            this.name = name;
        }

        /** Jars and directories of classes, in order; the classes of this module come after them. */
        public Builder classpath(List<Path> entries) {
            classpath.addAll(entries);
            return this;
        }

        /** The class path of this JVM. */
        public Builder ownClasspath() {
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
                classpath.add(Path.of(entry).toAbsolutePath());
            }
            return this;
        }

        public Builder mainClass(String className) {
            this.mainClass = className;
            return this;
        }

        public Builder jvmFlags(List<String> flags) {
            jvmFlags.addAll(flags);
            return this;
        }

        public Builder jvmFlags(String... flags) {
            return jvmFlags(List.of(flags));
        }

        public Builder args(String... more) {
            args.addAll(List.of(more));
            return this;
        }

        /** Adds to, or replaces in, the environment of this JVM. */
        public Builder env(String key, String value) {
            env.put(key, value);
            return this;
        }

        /** The working directory; that of this JVM when not given. */
        public Builder directory(Path path) {
            this.directory = path;
            return this;
        }

        /** Where standard output and standard error go; parent directories are made. */
        public Builder log(Path file) {
            this.log = file;
            return this;
        }

        /**
         * Starts the child; it may not be ready yet, see {@link ChildProcess#awaitReady}.
         *
         * @throws CannotStart when the operating system refuses
         */
        public ChildProcess start() {
            Path logFile = given(log, "a log file");
            List<String> command = command(given(mainClass, "a main class"));
            try {
                keepLastLog(logFile);
                ProcessBuilder builder = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(logFile.toFile())
                        .redirectInput(ProcessBuilder.Redirect.PIPE);
                if (directory != null) {
                    builder.directory(directory.toFile());
                }
                builder.environment().putAll(env);
                return new ChildProcess(name, builder.start(), logFile);
            } catch (IOException e) {
                throw new CannotStart("Cannot start " + name + ": " + e.getMessage(), e);
            }
        }

        private List<String> command(String main) {
            List<String> command = new ArrayList<>(SHELTERED);
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(jvmFlags);
            // On two CPUs the common pool has one thread, and each callback of an ask would start one of its own.
            command.add("-Djava.util.concurrent.ForkJoinPool.common.parallelism="
                    + Math.max(2, Runtime.getRuntime().availableProcessors()));
            command.add("-cp");
            command.add(classpathWithChild());
            command.add(Child.class.getName());
            command.add(main);
            command.addAll(args);
            return command;
        }

        private String classpathWithChild() {
            List<Path> entries = new ArrayList<>(classpath);
            Path own = home(Child.class);
            if (!entries.contains(own)) {
                entries.add(own);
            }
            return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        }

        private static void keepLastLog(Path log) throws IOException {
            Files.createDirectories(log.toAbsolutePath().getParent());
            if (Files.exists(log)) {
                Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
        }

        private static Path home(Class<?> type) {
            try {
                return Path.of(
                        type.getProtectionDomain().getCodeSource().getLocation().toURI());
            } catch (URISyntaxException e) {
                throw new IllegalStateException(e);
            }
        }

        private <T> T given(@Nullable T value, String what) {
            if (value == null) {
                throw new IllegalStateException(name + " was given no " + what.substring(2));
            }
            return value;
        }
    }
}
