package dev.tournant.deploy.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The main class of every child JVM: {@code Child real.Main args...}.
 *
 * <p>Standard input is a pipe from the parent that never carries a byte. When the parent is gone, however it went, the
 * kernel closes the pipe and this JVM halts at once; a shutdown hook in the parent would not run on {@code kill -9}.
 * The real main sees an empty standard input.
 */
public final class Child {
    /** Exit code of a child whose parent is gone. */
    public static final int EXIT_ORPHANED = 86;
    /** Exit code of a child whose data directory another process is using. */
    public static final int EXIT_LOCKED = 87;

    /** System property: a file to lock for as long as this JVM lives. */
    static final String LOCK = "tournant.child.lock";

    /** Kept reachable: a collected channel would give the lock back. */
    private static @Nullable FileLock held;

    private Child() {}

    public static void main(String[] args) throws Exception {
        haltWithoutParent(System.in);
        System.setIn(InputStream.nullInputStream());
        if (!lock(System.err)) {
            Runtime.getRuntime().halt(EXIT_LOCKED);
        }
        try {
            Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object)
                    Arrays.copyOfRange(args, 1, args.length));
        } catch (InvocationTargetException e) {
            e.getTargetException().printStackTrace();
            System.exit(1);
        }
    }

    private static void haltWithoutParent(InputStream pipe) {
        Thread watch = new Thread(
                () -> {
                    awaitEnd(pipe);
                    Runtime.getRuntime().halt(EXIT_ORPHANED);
                },
                "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private static void awaitEnd(InputStream pipe) {
        try {
            pipe.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // A pipe that cannot be read has no parent at its other end either.
            System.err.println("The pipe from the parent broke: " + e);
        }
    }

    private static boolean lock(PrintStream log) throws IOException {
        String file = System.getProperty(LOCK);
        if (file == null) {
            return true;
        }
        held = FileChannel.open(Path.of(file), StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                .tryLock();
        if (held == null) {
            log.println("Another process holds " + file + ": it is using the same data directory.");
        }
        return held != null;
    }
}
