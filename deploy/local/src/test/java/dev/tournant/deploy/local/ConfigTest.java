package dev.tournant.deploy.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigTest {
    private final ServerLimits limits = ServerLimits.ofHeapMiB(512);

    @Test
    void refusesAHeapTooSmallToStartIn() {
        assertThatThrownBy(() -> limits.withHeapMiB(64)).hasMessage("heapMiB must be at least 128, and is 64");
    }

    @Test
    void refusesTimesThatAreNotPositive() {
        assertThatThrownBy(() -> limits.withStartTimeout(Duration.ZERO)).hasMessageContaining("startTimeout");
        assertThatThrownBy(() -> limits.withStopTimeout(Duration.ofSeconds(-1))).hasMessageContaining("stopTimeout");
    }

    @Test
    void refusesANegativeAmountOfDisk() {
        assertThatThrownBy(() -> limits.withDiskFreeMiBMin(-1)).hasMessageContaining("diskFreeMiBMin");
    }

    @Test
    void refusesPortsThatNoUserMayHave() {
        assertThatThrownBy(() -> CassandraConfig.defaults().withPorts(80, 0)).hasMessageContaining("nativePort");
        assertThatThrownBy(() -> KafkaConfig.defaults().withPorts(0, 70_000)).hasMessageContaining("controllerPort");
    }

    @Test
    void refusesOnePortForTwoPurposes() {
        assertThatThrownBy(() -> CassandraConfig.defaults().withPorts(9042, 9042))
                .hasMessage("nativePort and storagePort must differ, and are both 9042");
    }

    @Test
    void refusesSettingsThatBelongToTheStack() {
        assertThatThrownBy(() -> CassandraConfig.defaults().withYaml(Map.of("storage_port", "7000")))
                .hasMessageContaining("[storage_port]");
        assertThatThrownBy(() -> KafkaConfig.defaults().withProperties(Map.of("node.id", "2")))
                .hasMessageContaining("[node.id]");
    }

    @Test
    void letsASettingReplaceTheOneOfTheStack() {
        Map<String, Integer> ports = Map.of("native", 1, "storage", 2);

        String yaml = Cassandra.yaml(Path.of("/it's"), ports, Map.of("concurrent_reads", "32"));

        assertThat(yaml)
                .contains("concurrent_reads: 32")
                .doesNotContain("concurrent_reads: 8")
                .contains("commitlog_directory: '/it''s/commitlog'");
    }

    @Test
    void refusesAnyOtherJdk() {
        assertThatThrownBy(() -> Jdk.check(21))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("JDK 21")
                .hasMessageContaining("Set JAVA_HOME to a JDK 17");
    }
}
