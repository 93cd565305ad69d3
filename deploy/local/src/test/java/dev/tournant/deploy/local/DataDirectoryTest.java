package dev.tournant.deploy.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    private static final Map<String, Integer> ANY = Map.of("native", 0);

    @TempDir
    Path path;

    @Test
    void remembersItsPorts() {
        int first = opened().ports("server", ANY).get("native");

        assertThat(opened().ports("server", ANY)).containsEntry("native", first);
    }

    @Test
    void takesAnotherPortWhenItsOwnIsTaken() throws IOException {
        int first = opened().ports("server", ANY).get("native");
        try (ServerSocket taken = listening(first)) {
            assertThat(opened().ports("server", ANY)).doesNotContainEntry("native", taken.getLocalPort());
        }
    }

    @Test
    void refusesAFixedPortThatIsTaken() throws IOException {
        try (ServerSocket taken = listening(FreePorts.pick())) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> opened().ports("server", Map.of("native", port)))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("Port " + port + " on 127.0.0.1, the native port of server, is taken");
        }
    }

    @Test
    void refusesADiskThatIsNearlyFull() {
        assertThatThrownBy(() -> DataDirectory.open(path, "server", Integer.MAX_VALUE))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("wants 2147483647 MiB free");
    }

    @Test
    void refusesADirectoryInUse() throws IOException {
        Path file = opened().lockFile();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThatThrownBy(this::opened).isInstanceOf(CannotStart.class).hasMessageContaining("Another server");
        }
    }

    @Test
    void neverPicksOnePortTwice() {
        List<Integer> picked = FreePorts.pick(200);

        assertThat(new HashSet<>(picked)).hasSize(200).allMatch(FreePorts::isFree);
    }

    private DataDirectory opened() {
        return DataDirectory.open(path, "server", 0);
    }

    private static ServerSocket listening(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }
}
