package dev.tournant.deploy.standins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tournant.deploy.standins.doordash.DoorDashSettings;
import dev.tournant.deploy.standins.square.SquareSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MainTest {
    @Test
    void readsItsArguments() {
        SquareSettings settings = Main.settings(
                "--port",
                "9000",
                "--sellers",
                "3",
                "--edits-per-second",
                "2.5",
                "--seed",
                "9",
                "--items",
                "40",
                "--data",
                "kept");

        assertThat(settings.port()).isEqualTo(9000);
        assertThat(settings.sellers()).isEqualTo(3);
        assertThat(settings.editsPerSecond()).isEqualTo(2.5);
        assertThat(settings.seed()).isEqualTo(9);
        assertThat(settings.items()).isEqualTo(40);
        assertThat(settings.data()).isEqualTo(java.nio.file.Path.of("kept"));
        assertThat(Main.settings().data()).isNull();
    }

    @Test
    void readsTheArgumentsOfDoorDash() {
        String[] args = {
            "--partner",
            "doordash",
            "--port",
            "9001",
            "--stores",
            "5",
            "--seed",
            "4",
            "--job-phase-ms",
            "20",
            "--processing-window-ms",
            "900",
            "--requests-per-minute",
            "60"
        };
        DoorDashSettings settings = Main.doorDashSettings(args);

        assertThat(Main.partner(args)).isEqualTo("doordash");
        assertThat(Main.partner()).isEqualTo("square");
        assertThat(settings.port()).isEqualTo(9001);
        assertThat(settings.stores()).isEqualTo(5);
        assertThat(settings.seed()).isEqualTo(4);
        assertThat(settings.jobPhase()).isEqualTo(Duration.ofMillis(20));
        assertThat(settings.processingWindow()).isEqualTo(Duration.ofMillis(900));
        assertThat(settings.requestsMax()).isEqualTo(60);
        assertThat(settings.requestsWindow()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void namesTheArgumentThatIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Main.partner("--partner", "uber"))
                .withMessageContaining("uber");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Main.doorDashSettings("--sellers", "1"))
                .withMessageContaining("--sellers");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Main.doorDashSettings("--stores", "0"))
                .withMessageContaining("stores");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Main.settings("--pork", "1"))
                .withMessageContaining("--pork");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Main.settings("--port"))
                .withMessageContaining("--port");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Main.settings("--sellers", "0"))
                .withMessageContaining("sellers");
    }
}
