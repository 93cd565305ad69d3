package dev.tournant.deploy.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnCredentialsTest {
    private static final String OURS = "tournant.credentials { \"toast\" { client-id = \"c\" } }\n"
            + "tournant.http.hook-credentials { toast = toast }\n";

    @TempDir
    private Path folder;

    private OwnCredentials own(String text) throws IOException {
        Path file = folder.resolve("my \"own\" secrets.conf");
        Files.writeString(file, text);
        return OwnCredentials.of(file.toString());
    }

    @Test
    void standBesideThoseOfTheStandins() throws Exception {
        OwnCredentials own = own("tournant.credentials { corner-main { access-token = \"t1\" } }\n"
                + "tournant.http.hook-credentials { corner-pos = corner-main }\ntournant.other = ${?NOWHERE}\n");
        Path merged = Files.writeString(folder.resolve("merged.conf"), own.with(OURS));
        Config all = ConfigFactory.parseFile(merged.toFile()).resolve();
        assertThat(all.getString("tournant.credentials.corner-main.access-token"))
                .isEqualTo("t1");
        assertThat(all.getString("tournant.credentials.toast.client-id")).isEqualTo("c");
        assertThat(all.getConfig("tournant.http.hook-credentials").root()).containsOnlyKeys("corner-pos", "toast");
    }

    @Test
    void ofANameThatAStandinHasAreRefused() throws Exception {
        OwnCredentials own = own("tournant.credentials.toast.client-id = mine");
        own.check();
        assertThatIllegalStateException()
                .isThrownBy(() -> own.with(OURS))
                .withMessageContaining("secrets.conf")
                .withMessageContaining("tournant.credentials of the names toast")
                .withMessageContaining("take other names");
    }

    @Test
    void thatCannotBeReadAreToldAtOnce() throws Exception {
        assertThatIllegalStateException()
                .isThrownBy(() -> OwnCredentials.of(folder.resolve("none.conf").toString())
                        .check())
                .withMessageContaining("none.conf");
        OwnCredentials broken = own("tournant.credentials {");
        assertThatIllegalStateException().isThrownBy(broken::check);
        OwnCredentials text = own("tournant.credentials = text");
        assertThatIllegalStateException().isThrownBy(text::check).withMessageContaining("TOURNANT_CREDENTIALS_FILE");
    }

    @Test
    void needNotBe() {
        OwnCredentials.of(null).check();
        assertThat(OwnCredentials.of(" ").with(OURS)).isEqualTo(OURS);
    }
}
