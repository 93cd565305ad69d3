package dev.tournant.deploy.local;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Where one server keeps its data, its log, and the ports it had: a server that comes back is found where it was.
 *
 * <p>The child holds {@link #lockFile()} while it lives, so that two servers never write the same files.
 */
record DataDirectory(Path path) {
    private static final long MIB = 1024L * 1024;

    DataDirectory {
        path = path.toAbsolutePath().normalize();
    }

    /** Makes the directory, and checks that it may be used. */
    static DataDirectory open(Path path, String server, int diskFreeMiBMin) {
        DataDirectory data = new DataDirectory(path);
        try {
            Files.createDirectories(data.path);
            data.checkSpace(server, diskFreeMiBMin);
            data.checkUnused(server);
        } catch (IOException e) {
            throw new CannotStart(server + " cannot use " + data.path + ": " + e.getMessage(), e);
        }
        return data;
    }

    Path lockFile() {
        return path.resolve("in-use.lock");
    }

    /**
     * The ports of this run. A port that was asked for is taken as it is; one given as 0 is the one of the last run
     * when it is still free, else a fresh one. The result is remembered.
     *
     * @throws CannotStart when a port that was asked for is taken
     */
    Map<String, Integer> ports(String server, Map<String, Integer> asked) {
        Properties last = read();
        Map<String, Integer> ports = new LinkedHashMap<>();
        asked.forEach((name, port) -> ports.put(name, port == 0 ? again(last, name) : free(server, name, port)));
        ports.forEach((name, port) -> last.setProperty(name, port.toString()));
        try (Writer out = Files.newBufferedWriter(portsFile())) {
            last.store(out, "The ports of the last run; they are used again when they are free.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ports;
    }

    private static int again(Properties last, String name) {
        String port = last.getProperty(name, "");
        return port.matches("\\d{4,5}") && FreePorts.isFree(Integer.parseInt(port))
                ? Integer.parseInt(port)
                : FreePorts.pick();
    }

    private static int free(String server, String name, int port) {
        if (!FreePorts.isFree(port)) {
            throw new CannotStart("Port " + port + " on 127.0.0.1, the " + name + " port of " + server
                    + ", is taken. End the process that listens on it (`ss -ltnp` names it), or configure another port,"
                    + " or 0 for any free one.");
        }
        return port;
    }

    private Properties read() {
        Properties last = new Properties();
        if (Files.exists(portsFile())) {
            try (Reader in = Files.newBufferedReader(portsFile())) {
                last.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return last;
    }

    private Path portsFile() {
        return path.resolve("ports.properties");
    }

    private void checkSpace(String server, int diskFreeMiBMin) throws IOException {
        long freeMiB = Files.getFileStore(path).getUsableSpace() / MIB;
        if (freeMiB < diskFreeMiBMin) {
            throw new CannotStart(server + " wants " + diskFreeMiBMin + " MiB free on the disk of " + path
                    + ", and there are " + freeMiB + ". Free some space, choose a directory on another disk, or"
                    + " configure a smaller minimum.");
        }
    }

    private void checkUnused(String server) throws IOException {
        try (FileChannel channel = FileChannel.open(lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw new CannotStart(
                        "Another " + server + " is running on " + path + ". Stop it, or choose another directory.");
            }
        } catch (OverlappingFileLockException e) {
            throw new CannotStart("Another " + server + " is starting on " + path + " in this JVM.", e);
        }
    }
}
