package dev.tournant.deploy.faults.proxy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which TCP ports a process has at its end of connections to a port, as Linux tells it in {@code /proc}. */
public final class Sockets {
    private static final int LOCAL_ADDRESS = 1;
    private static final int REMOTE_ADDRESS = 2;
    private static final int INODE = 9;
    private static final String SOCKET = "socket:[";

    private Sockets() {}

    /**
     * The ports at the process's end.
     *
     * @throws IOException where the process is gone or is not ours
     */
    public static Set<Integer> localPorts(long pid, int remotePort) throws IOException {
        Set<String> inodes = inodes(Path.of("/proc", Long.toString(pid), "fd"));
        Set<Integer> ports = new HashSet<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            Path file = Path.of(table);
            if (Files.exists(file)) {
                Files.readAllLines(file).stream().skip(1).forEach(line -> {
                    String[] words = line.strip().split("\\s+", -1);
                    if (inodes.contains(words[INODE]) && port(words[REMOTE_ADDRESS]) == remotePort) {
                        ports.add(port(words[LOCAL_ADDRESS]));
                    }
                });
            }
        }
        return ports;
    }

    private static Set<String> inodes(Path descriptors) throws IOException {
        Set<String> inodes = new HashSet<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(descriptors)) {
            for (Path each : all) {
                String target = target(each);
                if (target.startsWith(SOCKET)) {
                    inodes.add(target.substring(SOCKET.length(), target.length() - 1));
                }
            }
        }
        return inodes;
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }

    /** @param address as {@code 0100007F:1F90} */
    static int port(String address) {
        return Integer.parseInt(address.substring(address.indexOf(':') + 1), 16);
    }
}
