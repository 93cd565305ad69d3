package dev.tournant.deploy.standins.square;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Json;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory with one file a seller, for one stand-in at a time. A file is replaced as a whole. The file
 * {@code stopped-in-order} is there between an orderly end and the next start.
 */
final class Archive {
    private static final String STOPPED_IN_ORDER = "stopped-in-order";

    private final Path directory;
    private final FileChannel lock;
    private final int sellers;
    private final boolean stoppedInOrder;

    private Archive(Path directory, FileChannel lock, int sellers, boolean stoppedInOrder) {
        this.directory = directory;
        this.lock = lock;
        this.sellers = sellers;
        this.stoppedInOrder = stoppedInOrder;
    }

    /**
     * Opens a directory; it is made if it is not there.
     *
     * @throws IllegalStateException when it cannot be used; the message says why
     */
    static Archive open(Path directory) {
        try {
            Files.createDirectories(directory);
            int sellers = count(directory);
            FileChannel lock = lock(directory);
            return new Archive(directory, lock, sellers, Files.deleteIfExists(directory.resolve(STOPPED_IN_ORDER)));
        } catch (IOException e) {
            throw new IllegalStateException("the stand-in cannot use the directory " + directory + ": " + e, e);
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve("in-use.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new IllegalStateException(
                    "another stand-in is running on " + directory + "; stop it, or give another directory");
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

    private static int count(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("seller-\\d{1,5}\\.json"))
                    .mapToInt(name -> 1 + Integer.parseInt(name.replaceAll("\\D", "")))
                    .max()
                    .orElse(0);
        }
    }

    /** How many sellers it had when it was opened. */
    int sellers() {
        return sellers;
    }

    /** False after a start that was ended by a crash: what was changed last may not be here. */
    boolean stoppedInOrder() {
        return stoppedInOrder;
    }

    /** @throws IllegalStateException when the file is there but is no JSON object */
    Optional<ObjectNode> read(int nth) {
        Path file = file(nth);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Json.readObject(Files.readAllBytes(file)).orElseThrow(() -> unusable(nth, "it is no JSON object")));
        } catch (IOException e) {
            throw unusable(nth, e.toString());
        }
    }

    IllegalStateException unusable(int nth, @Nullable String why) {
        return new IllegalStateException(file(nth) + " is not a seller saved by this stand-in: " + why
                + ". Put back what was there; or move it away, and the seller starts anew from its seed");
    }

    void write(int nth, ObjectNode state) throws IOException {
        Path fresh = directory.resolve("seller-" + nth + ".fresh");
        Files.write(fresh, Json.write(state));
        Files.move(fresh, file(nth), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The end; {@code inOrder} when all has been written. */
    void close(boolean inOrder) throws IOException {
        if (inOrder) {
            Files.write(directory.resolve(STOPPED_IN_ORDER), new byte[0]);
        }
        lock.close();
    }

    private Path file(int nth) {
        return directory.resolve("seller-" + nth + ".json");
    }
}
