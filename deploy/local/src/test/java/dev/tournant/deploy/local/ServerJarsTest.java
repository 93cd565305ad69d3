package dev.tournant.deploy.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerJarsTest {
    @Test
    void areOfTheReleasesThatTheRootPomNames() {
        assertThat(ServerJars.of("cassandra").jar("cassandra-all"))
                .hasFileName("cassandra-all-" + System.getProperty("tournant.test.cassandra.version") + ".jar");
        assertThat(ServerJars.of("kafka").jar("kafka_2.13"))
                .hasFileName("kafka_2.13-" + System.getProperty("tournant.test.kafka.version") + ".jar");
    }

    @Test
    void stayOffTheClassPathOfTournant() {
        assertThat(System.getProperty("java.class.path")).doesNotContain("cassandra-all-", "kafka_2.13-", "log4j");
    }

    @Test
    void sayHowToFetchThemWhenTheyAreMissing(@TempDir Path empty) {
        assertThatThrownBy(() -> ServerJars.in(empty, "kafka"))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(empty.toString())
                .hasMessageContaining("mvn -Dfast -DskipTests install -pl deploy/local -am");
    }

    @Test
    void areLookedForWhereTheCallerSays() {
        assertThat(ServerJars.repository("/a", "/b")).isEqualTo(Path.of("/a"));
        assertThat(ServerJars.repository("", "/b")).isEqualTo(Path.of("/b"));
        assertThat(ServerJars.repository(null, null)).endsWith(Path.of(".m2", "repository"));
    }
}
