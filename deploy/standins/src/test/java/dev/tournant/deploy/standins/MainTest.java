package dev.tournant.deploy.standins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tournant.deploy.standins.core.Standin;
import dev.tournant.deploy.standins.doordash.DoorDashSettings;
import dev.tournant.deploy.standins.potluck.PotluckSettings;
import dev.tournant.deploy.standins.square.SquareSettings;
import dev.tournant.deploy.standins.toast.ToastSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {
    /** Parted by spaces. */
    private static Arguments line(String line) {
        return Arguments.of(line.isEmpty() ? new String[0] : line.split(" "));
    }

    @Test
    void readsTheArgumentsOfSquare() {
        SquareSettings settings = Main.squareSettings(
                line("--port 9000 --sellers 3 --edits-per-second 2.5 --seed 9 --items 40 --data kept"));

        assertThat(settings.port()).isEqualTo(9000);
        assertThat(settings.sellers()).isEqualTo(3);
        assertThat(settings.editsPerSecond()).isEqualTo(2.5);
        assertThat(settings.seed()).isEqualTo(9);
        assertThat(settings.items()).isEqualTo(40);
        assertThat(settings.data()).isEqualTo(Path.of("kept"));
        assertThat(Main.squareSettings(line(""))).isEqualTo(SquareSettings.defaults());
    }

    @Test
    void readsTheArgumentsOfToast() {
        ToastSettings settings = Main.toastSettings(line("--port 9001 --restaurants 3 --items 40 --edits-per-second 2.5"
                + " --seed 9 --publish-lag-ms 20 --webhook-time-scale 0.1"));

        assertThat(settings.port()).isEqualTo(9001);
        assertThat(settings.restaurants()).isEqualTo(3);
        assertThat(settings.items()).isEqualTo(40);
        assertThat(settings.editsPerSecond()).isEqualTo(2.5);
        assertThat(settings.seed()).isEqualTo(9);
        assertThat(settings.publishLag()).hasMillis(20);
        assertThat(settings.webhooks().retryAfter().get(0)).hasSeconds(30);
        assertThat(Main.toastSettings(line(""))).isEqualTo(ToastSettings.defaults());
    }

    @Test
    void readsTheArgumentsOfDoorDash() {
        DoorDashSettings settings = Main.doorDashSettings(line("--port 9002 --stores 5 --seed 4 --job-phase-ms 20"
                + " --processing-window-ms 900 --requests-per-minute 60"));

        assertThat(settings.port()).isEqualTo(9002);
        assertThat(settings.stores()).isEqualTo(5);
        assertThat(settings.seed()).isEqualTo(4);
        assertThat(settings.jobPhase()).hasMillis(20);
        assertThat(settings.processingWindow()).hasMillis(900);
        assertThat(settings.requestsMax()).isEqualTo(60);
        assertThat(settings.requestsWindow()).hasMinutes(1);
        assertThat(Main.doorDashSettings(line(""))).isEqualTo(DoorDashSettings.defaults());
    }

    @Test
    void readsTheArgumentsOfPotluck() {
        PotluckSettings settings =
                Main.potluckSettings(line("--port 9003 --locations 3 --items 40 --edits-per-second 2.5"
                        + " --seed 9 --token-life-ms 2000 --requests-per-second 7"));

        assertThat(settings.port()).isEqualTo(9003);
        assertThat(settings.locations()).isEqualTo(3);
        assertThat(settings.items()).isEqualTo(40);
        assertThat(settings.editsPerSecond()).isEqualTo(2.5);
        assertThat(settings.seed()).isEqualTo(9);
        assertThat(settings.tokenLife()).hasSeconds(2);
        assertThat(settings.requestsPerSecondMax()).isEqualTo(7);
        assertThat(Main.potluckSettings(line(""))).isEqualTo(PotluckSettings.defaults());
    }

    @ParameterizedTest
    @CsvSource({
        "--sellers 1, sellers",
        "--partner square --sellers 1, sellers",
        "--partner toast --restaurants 1, restaurants",
        "--partner doordash --stores 1, stores",
        "--partner potluck --locations 1, locations"
    })
    void startsTheStandinOfAPartner(String line, String whatItHas) throws Exception {
        try (Standin standin = Main.start(line(line))) {
            URI state = standin.url().resolve("/control/state");
            String told = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(state).build(), HttpResponse.BodyHandlers.ofString())
                    .body();

            assertThat(told).contains("\"" + whatItHas + "\":[{");
        }
    }

    @Test
    void namesTheArgumentThatIsWrong() {
        Map<String, String> wrong = Map.of(
                "--partner uber", "uber",
                "--partner potluck --locations 0", "locations",
                "--partner doordash --stores 0", "stores",
                "--partner toast --data kept", "--data",
                "--pork 1", "--pork",
                "--port", "--port",
                "--port high", "--port",
                "--sellers 0", "sellers",
                "--edits-per-second many", "--edits-per-second");

        wrong.forEach((line, name) -> assertThatIllegalArgumentException()
                .isThrownBy(() -> Main.start(line(line)))
                .withMessageContaining(name));
    }
}
