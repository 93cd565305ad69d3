package dev.tournant.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListingTest {
    @TempDir
    Path folder;

    @Test
    void listsWhatIsBuiltInAndWhatIsInAFolder() {
        Path home = Shell.manifest(folder);
        Shell.Done done = Shell.run("adapter", "list", "--plugins", home);
        assertThat(done.exit()).isZero();
        assertThat(done.err()).isEmpty();
        assertThat(done.out().lines())
                .anyMatch(line -> line.startsWith("PARTNER"))
                .anyMatch(line ->
                        line.matches("square +dev[.]tournant[.].*SquareAdapter +locations,catalog,inventory .*"))
                .anyMatch(line ->
                        line.matches("stall +stall.yaml +menu +read-catalogue,read-stock,webhooks,incremental"));
    }

    @Test
    void namesWhatIsBrokenAndFails() throws IOException {
        Path home = Shell.manifest(folder);
        Files.writeString(home.resolve("bad.yaml"), "manifest: 1\npartner: 'not a name'\n");
        Files.writeString(home.resolve("bad.jar"), "no jar");
        Shell.Done done = Shell.run("adapter", "list", "--plugins", home);
        assertThat(done.exit()).isEqualTo(1);
        assertThat(done.out()).contains("square", "stall");
        assertThat(done.err()).contains("broken: bad.yaml: bad.yaml:", "broken: bad.jar: ");
    }

    @Test
    void failsForAFolderThatIsNotThereOrAnEnvironmentThatNobodyHas() {
        assertThat(Shell.run("adapter", "list", "--plugins", folder.resolve("nowhere"))
                        .exit())
                .isEqualTo(1);
        Shell.Done done = Shell.run("adapter", "list", "--plugins", Shell.manifest(folder), "--environment", "moon");
        assertThat(done.exit()).isEqualTo(1);
        assertThat(done.err()).contains("stall.yaml", "moon");
    }
}
