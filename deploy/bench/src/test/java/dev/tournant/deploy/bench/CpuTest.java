package dev.tournant.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CpuTest {
    @Test
    void countsWhatEachProcessUsedInBetween() {
        Cpu before = new Cpu(Map.of("node", Duration.ofMillis(1_500), "kafka", Duration.ofMillis(200)));
        Cpu after = new Cpu(Map.of(
                "node", Duration.ofMillis(4_000), "kafka", Duration.ofMillis(700), "streams", Duration.ofMillis(10)));
        Cpu used = after.since(before);
        assertThat(used.seconds("node")).isCloseTo(2.5, within(1e-9));
        assertThat(used.seconds("streams")).isCloseTo(0.01, within(1e-9));
        assertThat(used.seconds("nobody")).isZero();
        assertThat(used.seconds()).isCloseTo(3.01, within(1e-9));
        assertThat(used.microsEach(1_000)).isCloseTo(3_010, within(1e-6));
        assertThat(used.microsEach(0)).isZero();
    }

    @Test
    void readsWhatThisProcessHasUsed() {
        long pid = ProcessHandle.current().pid();
        Cpu before = Cpu.now(Map.of("me", pid));
        assertThat(before.seconds()).isPositive();
        assertThat(Cpu.now(Map.of("me", pid)).since(before).seconds()).isGreaterThanOrEqualTo(0);
        assertThat(Cpu.threads(pid)).isPositive();
    }

    @Test
    void saysWhichProcessHasEnded() {
        assertThatThrownBy(() -> Cpu.now(Map.of("node", Long.MAX_VALUE)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("node has ended");
        assertThat(Cpu.threads(Long.MAX_VALUE)).isZero();
    }
}
