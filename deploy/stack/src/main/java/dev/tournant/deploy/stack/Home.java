package dev.tournant.deploy.stack;

import dev.tournant.deploy.local.FreePorts;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The directory of a stack, for one stack at a time: what its servers keep, its secrets, its logs, and the ports it had. */
final class Home implements AutoCloseable {
    private static final int HTTP_FIRST = 8080;

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path path;
    private final FileChannel lock;
    private final Properties ports;
    private final Set<Integer> given = new HashSet<>();

    private Home(Path path, FileChannel lock, Properties ports) {
        this.path = path;
        this.lock = lock;
        this.ports = ports;
    }

    /**
     * Opens a directory; it is made if it is not there.
     *
     * @throws IllegalStateException when another stack is using it, or when it cannot be used
     */
    static Home open(Path data) {
        Path path = data.toAbsolutePath().normalize();
        try {
            // Keys and tokens are in there.
            Files.createDirectories(path, OWNER_ONLY);
            FileChannel lock = lock(path);
            return new Home(path, lock, read(path.resolve("ports.properties")));
        } catch (IOException e) {
            throw new IllegalStateException("the data directory " + path + " cannot be used: " + e, e);
        }
    }

    private static FileChannel lock(Path path) throws IOException {
        FileChannel channel =
                FileChannel.open(path.resolve("in-use.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new IllegalStateException(
                    "another deploy/run is running on " + path + "; stop it, or choose another directory with --data");
        }
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException inThisJvm) {
            return null;
        }
    }

    private static Properties read(Path file) throws IOException {
        Properties ports = new Properties();
        if (Files.exists(file)) {
            try (Reader in = Files.newBufferedReader(file)) {
                ports.load(in);
            }
        }
        return ports;
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    Path logs() {
        return path.resolve("logs");
    }

    /** The port that this name had last time if it is free, else a fresh one. */
    int port(String name) throws IOException {
        int last = last(name);
        return keep(name, isFree(last) ? last : FreePorts.pick());
    }

    /** As {@link #port}, and a fresh one is the first free one from 8080 on. */
    int httpPort(String name) throws IOException {
        int port = last(name);
        if (!isFree(port)) {
            port = HTTP_FIRST;
            while (!isFree(port)) {
                port++;
            }
        }
        return keep(name, port);
    }

    /** The given port. */
    int httpPort(String name, int asked) throws IOException {
        checkFree(asked);
        return keep(name, asked);
    }

    /** Throws {@link IllegalStateException} when something listens there. */
    void checkFree(int port) {
        if (!isFree(port)) {
            throw new IllegalStateException("port " + port
                    + " is taken; end what listens there (`ss -ltnp` names it), or choose another with --http-port");
        }
    }

    private int last(String name) {
        String last = ports.getProperty(name, "0");
        return last.matches("\\d{4,5}") ? Integer.parseInt(last) : 0;
    }

    private boolean isFree(int port) {
        return port != 0 && !given.contains(port) && FreePorts.isFree(port);
    }

    private int keep(String name, int port) throws IOException {
        given.add(port);
        ports.setProperty(name, Integer.toString(port));
        try (Writer out = Files.newBufferedWriter(path.resolve("ports.properties"))) {
            ports.store(out, "The ports of the last run; they are used again when they are free.");
        }
        return port;
    }

    /** A secret of this data directory, made at random the first time. */
    String secret(String name) throws IOException {
        Path file = path.resolve(name);
        if (Files.exists(file)) {
            return Files.readString(file).strip();
        }
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        String secret = HexFormat.of().formatHex(random);
        write(name, secret);
        return secret;
    }

    /** Writes a file that only its owner may read. */
    Path write(String name, String text) throws IOException {
        Path file = path.resolve(name);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, text);
    }

    /** Lets another stack use the directory. */
    @Override
    public void close() throws IOException {
        lock.close();
    }
}
