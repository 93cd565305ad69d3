package dev.tournant.deploy.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
    @TempDir
    private Path parent;

    @Test
    void givesTheSamePortsAndSecretsAgain() throws Exception {
        Path data = parent.resolve("data");
        int port;
        int http;
        String secret;
        try (Home home = Home.open(data)) {
            port = home.port("square");
            http = home.httpPort("node-1-http");
            secret = home.secret("api-key");
        }
        try (Home home = Home.open(data)) {
            assertThat(home.port("square")).isEqualTo(port);
            // Another process may have taken it meanwhile: it is not from the range that only we pick from.
            assertThat(home.httpPort("node-1-http")).isGreaterThanOrEqualTo(http);
            assertThat(home.secret("api-key")).isEqualTo(secret).hasSize(48);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("api-key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void takesAnotherPortWhenTheOneOfLastTimeIsTaken() throws Exception {
        int port;
        try (Home home = Home.open(parent)) {
            port = home.port("square");
        }
        try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                Home home = Home.open(parent)) {
            assertThat(home.port("square")).isNotEqualTo(other.getLocalPort());
        }
    }

    @Test
    void namesThePortThatWasAskedForAndIsTaken() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Home home = Home.open(parent)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> home.checkFree(other.getLocalPort()))
                    .withMessageContaining("port " + other.getLocalPort() + " is taken")
                    .withMessageContaining("--http-port");
        }
    }

    @Test
    void isForOneStackAtATime() throws Exception {
        try (Home home = Home.open(parent)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> Home.open(parent))
                    .withMessageContaining("another deploy/run is running on "
                            + home.resolve(".").normalize());
        }
        try (Home home = Home.open(parent)) {
            assertThat(home.logs()).isEqualTo(parent.resolve("logs"));
        }
    }
}
