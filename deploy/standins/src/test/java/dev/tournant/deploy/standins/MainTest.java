package dev.tournant.deploy.standins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tournant.deploy.standins.square.SquareSettings;
import dev.tournant.deploy.standins.toast.ToastSettings;
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

    @Test
    void readsWhatToastAloneHas() {
        ToastSettings settings = Main.toastSettings(
                "--partner", "toast", "--sellers", "3", "--publish-lag-ms", "20", "--webhook-time-scale", "0.1");

        assertThat(settings.restaurants()).isEqualTo(3);
        assertThat(settings.publishLag()).hasMillis(20);
        assertThat(settings.webhooks().retryAfter().get(0)).hasSeconds(30);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Main.toastSettings("--partner", "toast", "--data", "x"))
                .withMessageContaining("--data");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Main.settings("--partner", "bread"))
                .withMessageContaining("bread");
    }
}
