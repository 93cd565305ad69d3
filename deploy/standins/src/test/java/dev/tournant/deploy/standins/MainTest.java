package dev.tournant.deploy.standins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tournant.deploy.standins.square.SquareSettings;
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
    void namesTheArgumentThatIsWrong() {
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
